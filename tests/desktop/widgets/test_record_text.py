"""Records in full, as text."""

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.record_text import close_line, close_meaning, close_text, describe, on_the_wire, text_of
from tests.desktop.server_panels.samples import GET, TEXT, UPGRADE


def test_an_exchange_in_full() -> None:
    assert describe(GET) == (
        "GET /a.zzz HTTP/1.1\nHost: localhost\n\nHTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\n\n<p>Ahoy</p>"
    )


def test_a_failed_exchange_says_so() -> None:
    broken = GET._replace(error="The client went away.")
    assert describe(broken).endswith("\n\nThe client went away.")
    assert "went away" not in on_the_wire(broken)


def test_what_never_was_a_request_is_shown_as_it_came() -> None:
    malformed = UPGRADE._replace(
        method="", target="", request_headers=(), request_body=b"\x16\x03hello", request_size=7, status=400,
        reason="Bad Request", response_headers=(), response_size=0,
    )  # fmt: skip
    assert on_the_wire(malformed) == "\\x16\\x03hello\n\nHTTP/1.1 400 Bad Request"
    assert on_the_wire(malformed._replace(status=0)) == "\\x16\\x03hello"


def test_a_cut_body_says_how_long_it_was() -> None:
    cut = GET._replace(response_body="é".encode() * 3 + b"\xc3", response_size=5000)
    assert describe(cut).endswith("ééé\n… 5,000 bytes in all, of which 7 are kept")


@pytest.mark.parametrize(
    ("data", "size", "text"),
    [
        ("grüß".encode(), 6, "grüß"),
        (b"a\xff\nb", 4, "a\\xff\nb"),
        ("é".encode()[:1], 2, ""),
        ("é".encode()[:1], 1, "\\xc3"),
        ("\u202e".encode(), 3, "\\u202e"),
    ],
)
def test_a_message_as_text(data: bytes, size: int, text: str) -> None:
    assert text_of(TEXT._replace(data=data, size=size)) == text


@pytest.mark.parametrize(
    ("data", "line", "text"),
    [
        (b"", "no code", "The frame has no code. Programs are told 1005 in its place (RFC 6455, section 7.1.5)."),
        (b"\x03\xe8", "1000 normal closure", "Code: 1000, normal closure\nNo reason was given."),
        (b"\x03\xe9bye", "1001 going away: bye", "Code: 1001, going away\nReason: bye"),
    ],
)
def test_close_frames(data: bytes, line: str, text: str) -> None:
    assert (close_line(data), close_text(data)) == (line, text)


def test_close_codes_of_others() -> None:
    assert [close_meaning(code) for code in (2999, 3000, 3999, 4000, 4999, 5000)] == [
        "a code that RFC 6455 does not know",
        "a code of a library",
        "a code of a library",
        "a code of the application",
        "a code of the application",
        "a code that RFC 6455 does not know",
    ]


@given(st.binary(max_size=200), st.text(max_size=50))
def test_nothing_from_the_wire_can_fool_the_reader(body: bytes, target: str) -> None:
    hostile = GET._replace(target=target, response_body=body, response_size=len(body))
    message = TEXT._replace(data=body, size=len(body))
    text = describe(hostile) + text_of(message) + close_text(body)
    assert not {category(character) for character in text.replace("\n", "")} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
