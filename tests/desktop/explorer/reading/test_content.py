"""Tests of showing bytes as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.reading.content import CHARSETS, charset_for, charset_of, readable, text_of


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("", "utf-8"),
        ("text/plain; Charset=ISO-8859-1", "iso8859-1"),
        ('text/plain; charset="utf-16"; x=y', "utf-16"),
        ("text/plain; charset=hex", "utf-8"),
        ("text/plain; charset=punycode", "utf-8"),
        ("text/plain; charset=unicode-escape", "utf-8"),
        ("text/plain; charset=\0", "utf-8"),
        ("text/plain; charset=no-such", "utf-8"),
    ],
)
def test_charset(content_type: str, charset: str) -> None:
    assert charset_of(content_type) == charset


def test_undecodable_bytes_show_as_escapes() -> None:
    assert text_of(b"\xef\xbb\xbfa\xff\xc3\xa9", "") == "a\\xffé"
    assert text_of(b"\xe9", "text/plain; charset=latin-1") == "é"


@given(st.binary(), st.sampled_from(["utf-16", "shift_jis", "ascii", "utf-7", "cp1252", "gb18030", "idna"]))
def test_any_bytes_have_a_text(data: bytes, charset: str) -> None:
    assert isinstance(readable(text_of(data, f"text/plain; charset={charset}")), str)


def test_characters_that_fool_a_reader_are_escaped() -> None:
    assert readable("a\tb\r\nc\x1b\u202e\x00\u2029é") == "a\tb\r\nc\\x1b\\u202e\\x00\\u2029é"
    assert readable("\u061c\ufdd0\ufeff\ufffa\ud800 👩\u200d🚀") == "\\u061c\\ufdd0\\ufeff\\ufffa\\ud800 👩\u200d🚀"


@pytest.mark.parametrize(
    ("content_type", "start", "charset"),
    [
        ("", b"abc", "utf-8"),
        ("text/plain; charset=latin-1", "\ufeffé".encode(), "utf-8"),
        ("", "\ufeffé".encode("utf-16-le"), "utf-16"),
        ("text/xml", b'<?xml version="1.0" encoding="ISO-8859-2"?>', "iso8859-2"),
        ("text/html", b"<html><head><meta charset='shift_jis'>", "shift_jis"),
        ("text/html; charset=utf-8", b"<meta charset=latin-1>", "utf-8"),
        ("text/html", b"<meta charset=nonsense>", "utf-8"),
    ],
)
def test_a_text_may_tell_its_charset(content_type: str, start: bytes, charset: str) -> None:
    assert charset_for(content_type, start) == charset


@pytest.mark.parametrize("charset", CHARSETS)
def test_every_charset_that_is_offered_can_be_read(charset: str) -> None:
    assert charset_of(f"text/plain; charset={charset}") == charset
