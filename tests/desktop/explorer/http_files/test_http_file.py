"""Tests of reading `.http` files."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.explorer.http_files.http_file import HttpFile, parse
from desktop.explorer.model.auth import ApiKey, Basic, Bearer, Inherit, NoAuth
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.request import Header, Request
from tests.desktop.explorer.http_files.texts import FILES, part

FILE = """\
# What all of it is for.
@host = http://localhost:5000
@player={{host}}/players/1

### Create a player
// A comment.
# expect 201
# @name created
POST {{host}}/players HTTP/1.1
Content-Type: application/json
# not a header
X-Empty:

{
  "name": "Nathan Dyer"
}


### Read it
GET {{player}}
###
@host = http://other
"""


def test_a_whole_file() -> None:
    file = parse(FILE)
    assert [one.line for one in file.parts] == [1, 5, 19, 21]
    assert [one.title for one in file.parts] == ["", "Create a player", "Read it", ""]
    assert file.variables == {"host": "http://other", "player": "{{host}}/players/1"}
    created, read = file.requests
    headers = (Header("Content-Type", "application/json"), Header("X-Empty", ""))
    body = '{\n  "name": "Nathan Dyer"\n}'
    assert created.request == Request("POST", "{{host}}/players", headers, body, BodyKind.JSON)
    assert created.version == "1.1"
    assert created.comments == ("A comment.", "expect 201", "not a header")
    assert (created.name, created.expected, created.about) == ("created", 201, "A comment. not a header")
    assert read.request == Request("GET", "{{player}}", (), "", BodyKind.NONE)
    assert (read.name, read.expected, read.about) == ("Read it", None, "")
    assert file.parts[0].about == "What all of it is for."


@pytest.mark.parametrize(
    ("text", "method", "url"),
    [
        ("http://h/a", "GET", "http://h/a"),
        ("/a?b", "GET", "/a?b"),
        ("  get\thttp://h ", "GET", "http://h"),
        ("M-SEARCH *", "M-SEARCH", "*"),
        ("WEBSOCKET ws://h", "WEBSOCKET", "ws://h"),
        ("GET http://h/a b HTTP/2.0", "GET", "http://h/a b"),
        ("note that HTTP/1.1", "GET", "note that"),
        ("POST http://h\n  /path\n\t?a=b\n    &c=d HTTP/1.1\nX: 1", "POST", "http://h/path?a=b&c=d"),
        ("http://h\n?a=b\n&c=d", "GET", "http://h?a=b&c=d"),
        ("\ufeffPUT http://h", "PUT", "http://h"),
    ],
)
def test_request_lines(text: str, method: str, url: str) -> None:
    request = part(text).request
    assert request is not None
    assert (request.method, request.url) == (method, url)


def test_a_header_may_go_on_over_lines_and_a_line_without_colon_is_one_too() -> None:
    request = part("GET http://h\nA: 1,\n  2\nB:\n  3\nno header\n").request
    assert request is not None
    assert request.headers == (Header("A", "1, 2"), Header("B", "3"), Header("no header", ""))


@pytest.mark.parametrize(
    ("line", "tag"),
    [("# @name login", ("name", "login")), ("// @name = login", ("name", "login")), ("#@no-log", ("no-log", ""))],
)
def test_tags(line: str, tag: tuple[str, str]) -> None:
    assert part(f"### title\n{line}\nGET http://h").tags == (tag,)


def test_the_body_is_kept_as_it_stands() -> None:
    request = part("POST http://h\r\n\r\n\r\n  a # b\r\n// c\r\n\r\n@d = e \r\n \r\n").request
    assert request is not None
    assert request.body == "\n  a # b\n// c\n\n@d = e "


@pytest.mark.parametrize(
    ("line", "files"),
    [
        ("< ./a b.json ", ("./a b.json",)),
        ("<@ ./a", ("./a",)),
        ("<@latin1 ./a", ("./a",)),
        ("<a/>", ()),
        ("<", ()),
    ],
)
def test_files_in_the_body_are_noted(line: str, files: tuple[str, ...]) -> None:
    noted = part(f"POST http://h\n\n--x\n{line}\n--x--")
    assert noted.files == files
    assert noted.request is not None
    assert noted.request.body == f"--x\n{line}\n--x--"


def test_handlers_are_kept_and_not_part_of_the_body() -> None:
    scripted = part(
        "< {%\n  request.variables.set('a', 1)\n%}\n< ./before.js\nPOST http://h\n\nbody\n\n"
        "> {%\nclient.log(1);\n%}\nnot body\n> ./after.js\n>>! ./save.json\n<> ./old.json\n"
    )
    assert scripted.request == Request("POST", "http://h", (), "body")
    assert scripted.handlers == (
        "< {%\n  request.variables.set('a', 1)\n%}",
        "< ./before.js",
        "> {%\nclient.log(1);\n%}",
        "> ./after.js",
        ">>! ./save.json",
        "<> ./old.json",
    )
    assert part("GET http://h\n> {% never ends\n").handlers == ("> {% never ends",)


@pytest.mark.parametrize(
    ("comment", "expected"),
    [("expect 404", 404), ("Expect  200 OK", 200), ("expect 4040", None), ("expected 404", None), ("expect 999", None)],
)
def test_the_expected_status(comment: str, expected: int | None) -> None:
    assert part(f"# {comment}\nGET http://h").expected == expected


def test_an_empty_file_has_no_parts() -> None:
    assert parse("") == HttpFile(())
    assert parse("# only a comment\n").requests == ()


@given(st.text() | FILES)
@example("a\n###\n\n### b\r\n\x0b\u2028###c\r###")
def test_any_text_can_be_read_and_is_kept_to_the_character(text: str) -> None:
    file = parse(text)
    assert file.text == text
    lines = text.split("\n")
    for one in file.parts:
        assert one.text.startswith(lines[one.line - 1])
    for one in file.requests:
        assert one.request is not None
        one.request.resolve(file.variables)


def test_a_header_that_is_ticked_off_is_a_comment() -> None:
    found = part("# Before: 1\nGET http://h\n# A: 1\nB: 2\n//C-{{d}}:\n# a note: no header\n# see://h\n  more\n")
    assert found.request is not None
    rows = (Header("A", "1", False), Header("B", "2 more"), Header("C-{{d}}", "", False))
    assert found.request.headers == rows
    assert found.comments == ("Before: 1", "a note: no header", "see://h")


def test_auth_is_not_among_the_headers_unless_a_tag_says_it() -> None:
    text = "GET http://h\nAuthorization: Basic a b\nAuthorization: Bearer c\n"
    found = part(text).request
    assert found is not None
    assert (found.auth, found.headers) == (Basic("a", "b"), (Header("Authorization", "Bearer c"),))
    tagged = part(f"# @auth api-key query key {{{{k}}}}\n{text}").request
    assert tagged is not None
    assert isinstance(tagged.auth, ApiKey)
    assert len(tagged.headers) == 2


@pytest.mark.parametrize(
    ("text", "method", "headers"),
    [
        ("GRAPHQL http://h", "POST", ()),
        ("GRAPHQL http://h\nX-Request-Type: GraphQL", "POST", (Header("X-Request-Type", "GraphQL"),)),
        ("PUT http://h\nx-request-type: graphql\nA: 1", "PUT", (Header("A", "1"),)),
    ],
)
def test_graphql(text: str, method: str, headers: tuple[Header, ...]) -> None:
    assert part(f"{text}\n\n").request == Request(method, "http://h", headers, "", BodyKind.GRAPHQL)


@pytest.mark.parametrize(
    "kept",
    [
        "HTTP/1.1 200 OK\nA: 1\n\n{}\n> not a handler",
        "\nHTTP/2.0 200 - OK",
        "HTTP/2 204",
        "/*\n# about the next\n*/\n",
        "\n/*\n*/\n\n/*\n*/",
        "{{\n  exports.a = 1;\n}}",
        "{{@response\n}}",
    ],
)
def test_what_stands_below_a_request_is_not_sent(kept: str) -> None:
    found = part(f"POST http://h\n\nbody\n\n{kept}")
    assert found.request is not None
    assert found.request.body == "body"
    assert found.handlers == ((kept,) if kept.startswith("{{") else ())
    without = part(f"POST http://h\n\n{kept}").request
    assert without is not None
    assert without.body == ""


@pytest.mark.parametrize(
    "body",
    [
        "a\nHTTP/1.1 200 OK",
        "HTTP/1.1 is a version",
        "{{payload}}",
        "{{\n",
        "/* a */\nb",
        "a\n/*\n*/",
        "/*\n*/\nb",
        "*/",
    ],
)
def test_what_only_looks_like_it_is_sent(body: str) -> None:
    request = part(f"POST http://h\n\n{body}").request
    assert request is not None
    assert request.body == body.rstrip()


def test_comments_and_scripts_above_a_request() -> None:
    found = part("/* about\n * GET http://no\n*/\n/* one */ \n{{\n  a = 1;\n}}\nGET http://h")
    assert found.request == Request("GET", "http://h", (), "", BodyKind.NONE)
    assert found.comments == ("about", "* GET http://no", "one")
    assert found.handlers == ("{{\n  a = 1;\n}}",)
    assert part("/* never ends").request == Request("GET", "/* never ends", (), "", BodyKind.NONE)


def test_blank_lines_that_belong_to_the_body() -> None:
    for blank, body in (("0", "a"), ("1", "a\n"), ("2", "a\n\n"), ("9", "a\n\n\n"), ("x", "a")):
        request = part(f"# @blank-lines {blank}\nPOST http://h\n\na\n\n\n\n").request
        assert request is not None
        assert request.body == body


def test_prompts_and_notes() -> None:
    found = part("# @prompt user Who are you\n# @prompt pin\n# @prompt\n# @note Really?\nGET http://h")
    assert (found.prompts, found.note) == ((("user", "Who are you"), ("pin", "")), "Really?")
    assert part("// @note\nGET http://h").note == ""
    assert (part("GET http://h").prompts, part("GET http://h").note) == ((), None)


def test_web_sockets_are_told_apart() -> None:
    socket = part("WEBSOCKET ws://h\n\na\n=== wait-for-server\nb")
    assert socket.is_websocket
    assert not part("GET ws://h").is_websocket
    assert not part("# nothing").is_websocket


@pytest.mark.parametrize(("line", "title"), [("###", ""), ("### C#", "C#"), ("#### a ###", "a"), ("###a b  ", "a b")])
def test_titles(line: str, title: str) -> None:
    assert part(f"{line}\nGET http://h").title == title


def test_the_auth_of_a_file_stands_above_its_requests() -> None:
    assert parse("# @auth bearer x\n###\nGET http://h").auth == Bearer("x")
    assert parse("# @auth none\nGET http://h").auth == Inherit()
    assert parse("GET http://h\n###\n# @auth none").auth == Inherit()
    request = parse("# @auth bearer x\n###\n# @auth none\nGET http://h").requests[0].request
    assert request is not None
    assert request.auth == NoAuth()


def test_a_long_file_of_scripts_that_never_end_takes_no_time() -> None:
    assert len(parse("GET http://h\n" + "{{\n" * 10_000).requests) == 1
    assert len(parse("GET http://h\n\n" + "{{\n" * 10_000 + "/*\n*/\n\n" * 10_000).requests) == 1
