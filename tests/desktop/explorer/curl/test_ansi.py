"""Escapes as bash and printf have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.curl.ansi import as_bytes, as_text, unescaped


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (r"a\nb\t\\\'", "a\nb\t\\'"),
        (r"\x41\101\u00e9\U0001F600", "AAé😀"),
        (r"\ud83d\ude00", "😀"),
        (r"\xc3\xa9", "é"),
        (r"\ca", "\x01"),
        (r"\q", r"\q"),
    ],
)
def test_escapes(text: str, meant: str) -> None:
    assert unescaped(text) == meant


def test_bytes_that_are_not_text() -> None:
    assert as_bytes(unescaped(r"a\xff\000")) == b"a\xff\0"


@given(st.binary())
def test_bytes_survive(data: bytes) -> None:
    assert as_bytes(as_text(data)) == data
