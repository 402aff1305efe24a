"""Tests of writing requests into `.http` files."""

from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from desktop.explorer.http_files.faults import as_kept
from desktop.explorer.http_files.http_file import parse
from desktop.explorer.http_files.write import CannotWrite, new_part, rewritten, same
from desktop.explorer.model.auth import ApiKey, Basic, Bearer, Inherit, NoAuth
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Header, Request
from tests.desktop.explorer.http_files.requests import REQUESTS, WILD
from tests.desktop.explorer.http_files.texts import FILES, part

FILE = """\
### Create  ##
# A comment.
// @name = created
# @timeout 5 s
# @unknown x
\tPOST  http://h HTTP/1.1
Content-Type:application/json\r
# a note
Authorization: Basic me  secret
# X-Off:1
A: 1,
  2

{
  "a": 1,\r
  "b": 2
}


> {% client.log(1); %}
left as it is
"""


def lines_changed(new: str) -> list[str]:
    """The lines of FILE that are other ones now, after a minus, and those in their place, after a plus."""
    old, made = FILE.splitlines(keepends=True), new.splitlines(keepends=True)
    start = next((n for n, (a, b) in enumerate(zip(old, made, strict=False)) if a != b), min(len(old), len(made)))
    end = next((n for n, (a, b) in enumerate(zip(old[:start:-1], made[:start:-1], strict=False)) if a != b), None)
    same_end = end if end is not None else min(len(old), len(made)) - start - 1
    gone, come = old[start : len(old) - same_end], made[start : len(made) - same_end]
    if gone and come and gone[-1] == come[-1]:
        gone, come = gone[:-1], come[:-1]
    return [*(f"-{line}" for line in gone), *(f"+{line}" for line in come)]


def request() -> Request:
    """The request of FILE."""
    found = part(FILE).request
    assert found is not None
    return found


REQUEST = request()
CONTENT_TYPE, OFF, LONG = REQUEST.headers


def test_the_request_of_the_file() -> None:
    assert REQUEST.auth == Basic("me", "secret")
    assert REQUEST.options == Options(timeout=5)
    assert (CONTENT_TYPE.name, OFF.enabled, LONG.value) == ("Content-Type", False, "1, 2")


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({}, []),
        ({"kind": BodyKind.TEXT}, []),
        ({"method": "PUT"}, ["-\tPOST  http://h HTTP/1.1\n", "+\tPUT  http://h HTTP/1.1\n"]),
        ({"url": "http://i"}, ["-\tPOST  http://h HTTP/1.1\n", "+\tPOST  http://i HTTP/1.1\n"]),
        (
            {"headers": (Header("Content-Type", "text/plain"), OFF, LONG)},
            ["-Content-Type:application/json\r\n", "+Content-Type:text/plain\r\n"],
        ),
        ({"headers": (CONTENT_TYPE, OFF, LONG, Header("B", "3"))}, ["+B: 3\n"]),
        ({"headers": (CONTENT_TYPE, Header("B", "3"), OFF, LONG)}, ["+B: 3\r\n"]),
        ({"headers": (CONTENT_TYPE, OFF)}, ["-A: 1,\n", "-  2\n"]),
        ({"headers": (CONTENT_TYPE, OFF, replace(LONG, enabled=False))}, ["-A: 1,\n", "-  2\n", "+# A: 1, 2\n"]),
        ({"headers": (CONTENT_TYPE, replace(OFF, enabled=True), LONG)}, ["-# X-Off:1\n", "+X-Off:1\n"]),
        ({"auth": Bearer("{{t}}")}, ["-Authorization: Basic me  secret\n", "+Authorization: Bearer {{t}}\n"]),
        ({"auth": Inherit()}, ["-Authorization: Basic me  secret\n"]),
        ({"options": Options(timeout=6)}, ["-# @timeout 5 s\n", "+# @timeout 6\n"]),
        ({"options": Options()}, ["-# @timeout 5 s\n"]),
        ({"options": Options(timeout=5, follow=False)}, ["+# @no-redirect\n"]),
        ({"path_values": (("id", "5"),), "ticked_off": ((1, "a=b"),)}, ["+# @query-off 1 a=b\n", "+# @path id 5\n"]),
        ({"body": '{\n  "a": 1,\n  "b": 3\n}'}, ['-  "b": 2\n', '+  "b": 3\n']),
        ({"body": '{\n  "a": 2,\n  "b": 2\n}'}, ['-  "a": 1,\r\n', '+  "a": 2,\r\n']),
        ({"body": '{\n  "a": 1,\n  "x": 0,\n  "b": 2\n}'}, ['+  "x": 0,\r\n']),
        ({"body": ""}, ["-{\n", '-  "a": 1,\r\n', '-  "b": 2\n', "-}\n", "-\n"]),
        ({"kind": BodyKind.GRAPHQL}, ["-\tPOST  http://h HTTP/1.1\n", "+\tGRAPHQL  http://h HTTP/1.1\n"]),
    ],
)
def test_only_the_lines_of_what_changed_are_other_ones(changes: dict[str, object], lines: list[str]) -> None:
    new = replace(REQUEST, **changes)  # type: ignore[arg-type] # values for fields of several types
    text = rewritten(part(FILE), new)
    assert lines_changed(text) == lines
    found = part(text).request
    assert found is not None
    assert same(found, new)


def test_moved_headers_take_their_lines_along() -> None:
    text = rewritten(
        part("GET http://h\nA:1\n# about B\nB  : 2\n//C:3\n"),
        Request("GET", "http://h", (Header("C", "3", False), Header("A", "1"), Header("B", "2"))),
    )
    assert text == "GET http://h\n//C:3\nA:1\n# about B\nB  : 2\n"


def test_auth_that_no_header_can_say_is_a_tag() -> None:
    text = rewritten(part(FILE), replace(REQUEST, auth=ApiKey("X", "{{k}}")))
    assert "# @auth api-key header X {{k}}\n\tPOST" in text
    assert "Authorization" not in text
    assert "# @auth none\n\tPOST" in rewritten(part(text), replace(REQUEST, auth=NoAuth()))
    assert "# @auth basic me secret\n\tPOST" in rewritten(part(text), REQUEST)


@pytest.mark.parametrize(("auth", "tag"), [(Inherit(), "inherit"), (NoAuth(), "none"), (Basic("a", "b"), "basic a b")])
def test_a_header_that_is_only_a_header_stays_one(auth: Inherit | NoAuth | Basic, tag: str) -> None:
    new = Request("GET", "http://h", (Header("Authorization", "Bearer x"),), "", BodyKind.NONE, auth)
    text = new_part(new, "")
    assert text == f"###\n# @auth {tag}\nGET http://h\nAuthorization: Bearer x\n"
    assert part(text).request == new
    assert rewritten(part("GET http://h\nAuthorization: Bearer y"), new).startswith(f"# @auth {tag}\nGET ")


@pytest.mark.parametrize(
    ("old", "method", "kind", "new"),
    [
        ("GRAPHQL h", "POST", BodyKind.TEXT, "POST h"),
        ("GRAPHQL h", "PUT", BodyKind.GRAPHQL, "PUT h\nX-Request-Type: GraphQL"),
        ("POST h\nX-Request-Type: graphql", "PUT", BodyKind.GRAPHQL, "PUT h\nX-Request-Type: graphql"),
        ("POST h\nX-Request-Type: graphql", "POST", BodyKind.TEXT, "POST h"),
        ("POST h", "POST", BodyKind.GRAPHQL, "GRAPHQL h"),
        ("PUT h\nA: 1", "PUT", BodyKind.GRAPHQL, "PUT h\nX-Request-Type: GraphQL\nA: 1"),
    ],
)
def test_graphql(old: str, method: str, kind: BodyKind, new: str) -> None:
    before = part(f"{old}\n\na\n")
    assert before.request is not None
    assert rewritten(before, replace(before.request, method=method, kind=kind)) == f"{new}\n\na\n"


@pytest.mark.parametrize(
    ("old", "body", "new"),
    [
        ("GET h", "a", "GET h\n\na"),
        ("GET h\r\n\r\n\r\n", "a\nb", "GET h\r\n\r\na\r\nb\r\n\r\n\r\n"),
        ("GET h\n\n> a.js\n", "b", "GET h\n\nb\n\n> a.js\n"),
        ("GET h\n\na", "a\n", "# @blank-lines 1\nGET h\n\na\n\n"),
        ("# @blank-lines 1\nGET h\n\na\n\n\n", "b", "GET h\n\nb\n\n"),
        ("GET h\n\na\nb\nc", "c", "GET h\n\nc"),
        ("GET h\n\na", "a\nb", "GET h\n\na\nb"),
    ],
)
def test_bodies(old: str, body: str, new: str) -> None:
    before = part(old)
    assert before.request is not None
    assert rewritten(before, replace(before.request, body=body, kind=BodyKind.TEXT)) == new


@pytest.mark.parametrize(
    ("old", "title", "new"),
    [
        ("### a\nGET h", "b", "### b\nGET h"),
        ("###a\r\nGET h", " b ", "### b\r\nGET h"),
        ("\ufeffGET h\r\n", "b", "\ufeff### b\r\nGET h\r\n"),
        ("### a\nGET h", "", "###\nGET h"),
        ("### a ##\nGET h", "a", "### a ##\nGET h"),
    ],
)
def test_renaming(old: str, title: str, new: str) -> None:
    before = part(old)
    assert before.request is not None
    assert rewritten(before, before.request, title) == new


def test_a_new_part() -> None:
    made = new_part(
        Request("POST", "{{host}}/a", (Header("A", "1"), Header("B", "", False)), "x\ny"), "New one", "\r\n"
    )
    assert made == "### New one\r\nPOST {{host}}/a\r\nA: 1\r\n# B:\r\n\r\nx\r\ny\r\n"
    assert new_part(Request(), "New") == "### New\nGET\n"


@given(REQUESTS, st.sampled_from(["", "a title", "é"]))
@example(Request("GET", "http://h", (), "a\n \n\n", BodyKind.TEXT), "")
def test_what_can_be_written_is_read_as_it_was(request: Request, title: str) -> None:
    try:
        text = new_part(request, title)
    except CannotWrite:
        assume(False)
    found = part(text)
    assert found.title == title
    assert found.request == as_kept(request)
    assert found.text == text == rewritten(found, request)


@given(WILD)
def test_what_cannot_be_written_is_said(request: Request) -> None:
    try:
        text = new_part(request, "a")
    except CannotWrite:
        return
    found = part(text).request
    assert found is not None
    assert same(found, request)


FIELDS = ("method", "url", "headers", "auth", "options", "ticked_off", "path_values", "body")


@given(FILES, REQUESTS, st.sets(st.sampled_from(FIELDS)), st.data())
def test_every_other_byte_stays(text: str, new: Request, names: set[str], data: st.DataObject) -> None:
    file = parse(text)
    assume(file.requests)
    index = data.draw(st.sampled_from([n for n, one in enumerate(file.parts) if one.request is not None]))
    before = file.parts[index]
    assert before.request is not None
    changed = replace(before.request, **{name: getattr(new, name) for name in names})
    try:
        after = file.with_part(index, rewritten(before, changed))
    except CannotWrite:
        assume(False)
    found = after.parts[index]
    assert found.request is not None
    assert same(found.request, changed)
    others = [[one.text for n, one in enumerate(each.parts) if n != index] for each in (file, after)]
    assert others[0] == others[1]
    kept = [(one.comments, one.variables, one.handlers, one.title, one.version) for one in (before, found)]
    assert kept[0] == kept[1]
