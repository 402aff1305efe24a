"""Tests of the typed request, its variables, and what is made of it for the wire."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.model.prepared import InvalidRequest
from desktop.explorer.model.request import Header, Request, guess_content_type

URL = "http://localhost:5000/players"


def test_a_get_has_the_headers_it_needs() -> None:
    prepared = Request("GET", URL).prepare()
    assert prepared.headers == (
        ("Host", "localhost:5000"),
        ("Accept", "*/*"),
        ("Accept-Encoding", "gzip, deflate, br, zstd"),
        ("User-Agent", "Portside"),
    )
    assert prepared.body == b""


def test_the_users_headers_keep_order_case_and_repetition() -> None:
    rows = (
        Header("X-a", "1"),
        Header("accept", "text/html"),
        Header("x-A", "2"),
        Header("off", "x", enabled=False),
        Header("", ""),
        Header("X-Empty", ""),
    )
    names = [name for name, _ in Request("GET", URL, rows).prepare().headers]
    assert names == ["Host", "X-a", "accept", "x-A", "X-Empty", "Accept-Encoding", "User-Agent"]


def test_a_given_host_replaces_the_automatic_one() -> None:
    rows = (Header("X", "1"), Header("host", "other"), Header("Host", "again"))
    headers = Request("GET", URL, rows).prepare().headers
    assert headers[:3] == (("X", "1"), ("host", "other"), ("Host", "again"))


@pytest.mark.parametrize(
    ("method", "body", "length"), [("GET", "", None), ("GET", "é", "2"), ("POST", "", "0"), ("DELETE", b"", None)]
)
def test_content_length(method: str, body: str | bytes, length: str | None) -> None:
    assert dict(Request(method, URL, (), body).prepare().headers).get("Content-Length") == length


def test_credentials_of_the_url_become_basic_authorization() -> None:
    request = Request("GET", "http://Aladdin:open sesame@localhost/")
    assert ("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==") in request.prepare().headers


def test_chunked_has_no_length() -> None:
    prepared = Request("POST", URL, (Header("Transfer-Encoding", "chunked"),), "x").prepare()
    assert prepared.chunked
    assert "Content-Length" not in dict(prepared.headers)


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (Request("", URL), "method"),
        (Request("GE T", URL), "method"),
        (Request("GÉT", URL), "method"),
        (Request("GET\r\nX: 1", URL), "method"),
        (Request("CONNECT", URL), "method"),
        (Request("GET", "ftp://x"), "url"),
        (Request("GET", URL, (Header("", "x"),)), "headers"),
        (Request("GET", URL, (Header("a b", "x"),)), "headers"),
        (Request("GET", URL, (Header("a:", "x"),)), "headers"),
        (Request("GET", URL, (Header("a", "x\r\ny: z"),)), "headers"),
        (Request("GET", URL, (Header("a", "\0"),)), "headers"),
        (Request("GET", URL, (Header("a", "\ud800"),)), "headers"),
        (Request("POST", URL, (Header("Content-Length", "1"),), "ab"), "headers"),
        (Request("POST", URL, (Header("Transfer-Encoding", "gzip"),), "ab"), "headers"),
        (
            Request("POST", URL, (Header("Transfer-Encoding", "chunked"), Header("content-length", "1")), "a"),
            "headers",
        ),
        (Request("POST", URL, (), "\ud800"), "body"),
    ],
)
def test_a_fault_names_its_field(request_: Request, field: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        request_.prepare()
    assert caught.value.field == field
    assert caught.value.sentence.endswith((".", "by itself."))


def test_a_row_that_is_off_is_not_checked() -> None:
    Request("GET", URL, (Header("a b", "\n", enabled=False),)).prepare()


def test_any_token_is_a_method_and_keeps_its_case() -> None:
    assert Request(" m-Search ", URL).prepare().method == "m-Search"


def test_resolve_replaces_everywhere_and_leaves_the_rest() -> None:
    typed = Request(
        "{{verb}}", "{{ host }}/{{id}}", (Header("X-{{id}}", "{{id}}"), Header("{{off}}", "", False)), "{{id}}{{no}}{"
    )
    filled = typed.resolve({"verb": "PUT", "host": "h:1", "id": "{{host}}"})
    assert filled == Request(
        "PUT", "h:1/{{host}}", (Header("X-{{host}}", "{{host}}"), Header("{{off}}", "", False)), "{{host}}{{no}}{"
    )
    assert typed.unresolved == ("verb", "host", "id", "no")
    assert filled.unresolved == ("host", "no")
    assert typed.url == "{{ host }}/{{id}}"


@pytest.mark.parametrize("name", ["a", "a b", "r.response.body.$.items[0]['x y']", "%a", "$randomInt 1 2"])
def test_whatever_stands_between_braces_is_a_variable(name: str) -> None:
    typed = Request("GET", f"{{{{ {name}}}}}", (), "{{}} {{ }} {{\na}} {{{a}}")
    assert typed.unresolved == (name,) if name == "a" else (name, "a")
    assert typed.resolve({name: "1"}).url == "1"


def test_bytes_are_no_place_for_variables() -> None:
    request = Request("POST", URL, (), b"{{id}}")
    assert request.resolve({"id": "1"}).body == b"{{id}}"
    assert request.unresolved == ()


@given(st.text(), st.text(), st.text(), st.text())
def test_whatever_is_typed_is_sent_or_explained(method: str, url: str, name: str, value: str) -> None:
    request = Request(method, f"localhost/{url}", (Header(name, value),), value)
    with suppress(InvalidRequest):
        assert not {char for line in request.prepare().headers for char in "".join(line)} & set("\r\n\0")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("", ""),
        (' \n{"a": 1}', "application/json"),
        ("[", "application/json"),
        ('"text"', "application/json"),
        ("<a/>", "application/xml"),
        ("Wilfred", "text/plain; charset=utf-8"),
        ("  ", "text/plain; charset=utf-8"),
    ],
)
def test_content_type_is_guessed(body: str, content_type: str) -> None:
    assert guess_content_type(body) == content_type
