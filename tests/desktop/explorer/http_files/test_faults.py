"""Tests of what is said about requests that cannot stand in a file."""

import pytest

from desktop.explorer.http_files.faults import CannotWrite, as_kept, same
from desktop.explorer.http_files.write import new_part
from desktop.explorer.model.auth import Bearer
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Header, Request

MULTIPART = (Header("Content-Type", "multipart/mixed; boundary=b"),)
BESIDE = "Keep the body in a file beside the collection"


def post(body: str | bytes, kind: BodyKind = BodyKind.TEXT, headers: tuple[Header, ...] = ()) -> Request:
    """A request with a body."""
    return Request("POST", "http://h", headers, body, kind)


@pytest.mark.parametrize(
    ("request_", "field", "words"),
    [
        (post("a\n### b\nc"), "body", f"Line 2 of the body, “### b”, would end the request in a .http file. {BESIDE}"),
        (post("> b"), "body", "Line 1 of the body, “> b”"),
        (post("a\n<> b.json"), "body", "Line 2"),
        (post("a\n\nHTTP/1.1 200 OK\n\nb"), "body", "Line 3 of the body, “HTTP/1.1 200 OK”"),
        (post("a\n{{\nb\n}}"), "body", "Line 2"),
        (post("a\n\n/*\nb\n*/"), "body", "Line 3"),
        (post("a\r\nb"), "body", "line breaks"),
        (post(b"\xff"), "body", "not text in UTF-8"),
        (post("< ./a"), "body", "Choose “File”"),
        (post("a", BodyKind.MULTIPART), "body", "needs a header Content-Type"),
        (post("a", BodyKind.TEXT, MULTIPART), "body", "Choose “Multipart”"),
        (Request("GRAPHQL", "http://h"), "method", "it would be read as “POST”"),
        (
            Request("get", "http://h"),
            "method",
            "“get” cannot be the method in a .http file: it would be read as “GET”.",
        ),
        (Request("", ""), "url", "neither a method nor a URL"),
        (Request("GET", "http://h\n###"), "url", "A URL is one line"),
        (Request("GET", "http://h HTTP/1.1"), "url", "“HTTP/1.1” at its end"),
        (Request("GET", "http://h", (Header("A", "1"), Header("#B", "2"))), "headers", "“#B: 2” cannot stand among"),
        (Request("GET", "http://h", (Header("A", "1\n2"),)), "headers", "The value of a header is one line."),
        (Request("GET", "http://h", (Header("a b", "1", False),)), "headers", "ticked off needs such a name"),
        (
            Request("GET", "http://h", (Header("X-Request-Type", "GraphQL"),)),
            "headers",
            "says that the body is GraphQL",
        ),
        (Request("GET", "http://h", options=Options(without=frozenset({"a b"}))), "options", "a space or a comma"),
        (Request("GET", "http://h", ticked_off=((-1, "a"),)), "params", "A row of the query"),
    ],
)
def test_sentences(request_: Request, field: str, words: str) -> None:
    with pytest.raises(CannotWrite) as caught:
        new_part(request_, "a")
    assert words in caught.value.sentence
    assert caught.value.field == field


@pytest.mark.parametrize("title", ["a\nb", "a\n### b", "a #"])
def test_titles_that_cannot_be(title: str) -> None:
    with pytest.raises(CannotWrite, match="A title is one line") as caught:
        new_part(Request("GET", "http://h"), title)
    assert caught.value.field == "title"


def test_what_a_file_keeps() -> None:
    typed = Request(" GET ", " http://h\t", (Header(" A", " 1 "), Header(" ", "")), b"\xc3\xa9", BodyKind.TEXT)
    kept = Request("GET", "http://h", (Header("A", "1"),), "é", BodyKind.TEXT)
    assert as_kept(typed) == kept
    assert same(typed, kept)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (post("{}", BodyKind.JSON), post("{}", BodyKind.TEXT), True),
        (post("", BodyKind.JSON), post(b"", BodyKind.NONE), True),
        (post("a", BodyKind.NONE), post("", BodyKind.NONE), True),
        (post("a", BodyKind.FILE), post("a", BodyKind.TEXT), True),
        (post("< a", BodyKind.FILE), post("< a", BodyKind.TEXT), False),
        (post("a", BodyKind.MULTIPART), post("a", BodyKind.TEXT), False),
        (post("", BodyKind.GRAPHQL), post("", BodyKind.NONE), False),
        (post("a"), post("a\n"), False),
        (post(b"\xff"), post(b"\xff"), True),
        (post(b"\xff"), post("a"), False),
        (Request(auth=Bearer("a")), Request(), False),
    ],
)
def test_what_is_the_same(one: Request, other: Request, alike: bool) -> None:
    assert same(one, other) is alike
