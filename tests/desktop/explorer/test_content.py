"""Tests of undoing content codings and of showing bytes as text."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.content import INFLATED_CAP, charset_of, decode, is_json, readable, text_of

TEXT = b"Wilfred Bony " * 50


def raw_deflate(data: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflater.compress(data) + deflater.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("GZIP", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("deflate, gzip", gzip.compress(zlib.compress(TEXT))),
    ],
)
def test_codings_are_undone(coding: str, body: bytes) -> None:
    decoded = decode(body, (("content-encoding", coding),))
    assert (decoded.data, decoded.fault) == (TEXT, None)


def test_repeated_fields_are_one_list() -> None:
    headers = (("Content-Encoding", "deflate"), ("content-encoding", "gzip"))
    assert decode(gzip.compress(zlib.compress(TEXT)), headers).data == TEXT


@pytest.mark.parametrize(
    ("coding", "body", "words", "data"),
    [
        ("br", b"abc", "“br” is not known", b"abc"),
        ("gzip", b"not gzip", "damaged; it is shown as it came", b"not gzip"),
        ("gzip", gzip.compress(TEXT) + b"rest", "damaged; what came before", TEXT),
        ("gzip", gzip.compress(TEXT)[:-4], "ends too early", TEXT),
        ("gzip, gzip, gzip, gzip, gzip", b"abc", "5 content codings", b"abc"),
    ],
)
def test_faults_are_said_and_nothing_is_lost(coding: str, body: bytes, words: str, data: bytes) -> None:
    decoded = decode(body, (("Content-Encoding", coding),))
    assert words in (decoded.fault or "")
    assert decoded.data == data


def test_a_bomb_is_capped() -> None:
    bomb = gzip.compress(bytes(INFLATED_CAP))
    exact = decode(bomb, (("Content-Encoding", "gzip"),))
    assert (len(exact.data), exact.fault) == (INFLATED_CAP, None)
    over = decode(bomb + gzip.compress(b"x"), (("Content-Encoding", "gzip"),))
    assert len(over.data) == INFLATED_CAP
    assert "first 64 MB" in (over.fault or "")


def test_an_empty_body_has_nothing_to_undo() -> None:
    assert decode(b"", (("Content-Encoding", "gzip"),)).fault is None


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


@pytest.mark.parametrize(
    ("content_type", "text", "json"),
    [
        ("application/json", "", True),
        ("application/problem+json; charset=utf-8", "", True),
        ("text/json", "", True),
        ("text/plain", "[1]", False),
        ("", " {", True),
        ("", "x", False),
    ],
)
def test_what_counts_as_json(content_type: str, text: str, json: bool) -> None:
    assert is_json(content_type, text) is json
