"""Tests of reading `.http` files."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.explorer.http_file import HttpFile, parse
from desktop.explorer.request import Header, Request
from tests.desktop.explorer.replies import part

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
    assert created.request == Request("POST", "{{host}}/players", headers, '{\n  "name": "Nathan Dyer"\n}')
    assert created.version == "1.1"
    assert created.comments == ("A comment.", "expect 201", "not a header")
    assert (created.name, created.expected, created.about) == ("created", 201, "A comment. not a header")
    assert read.request == Request("GET", "{{player}}", (), "")
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


LINES = st.sampled_from(
    [
        "",
        " ",
        "###",
        "### a",
        "# b",
        "// @name c",
        "@d = e",
        "GET http://h",
        " ?f",
        "G: 1",
        "< ./i",
        "< {%",
        "> {%",
        "%}",
    ]
)


@given(st.text() | st.builds("\n".join, st.lists(LINES | st.text())) | st.builds("\r\n".join, st.lists(LINES)))
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
