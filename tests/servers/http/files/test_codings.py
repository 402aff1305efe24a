"""Tests of content codings: what clients ask for, and that what they get can be read."""

import gzip
from collections.abc import Callable

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from servers.http.files.codings import CODINGS, choose, compress, is_compressible, weights

OFFERS = (*CODINGS, "identity")
READERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": zstd.decompress,
}


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip", "gzip"),
        ("GZip", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate, zstd", "zstd"),
        ("gzip;q=1, br;q=0.9", "gzip"),
        ("br;q=0, gzip;q=0.001", "gzip"),
        ("identity, gzip;q=0.5", "identity"),
        ("identity;q=0.5, gzip", "gzip"),
        ("identity;q=0", None),
        ("identity;q=0, deflate", None),
        ("identity;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0", None),
        ("*;q=0, identity", "identity"),
        ("*;q=0, gzip", "gzip"),
        ("*;q=0.5, gzip", "gzip"),
        ("br;q=0, *", "zstd"),
        ("deflate, compress", "identity"),
        ("gzip;q=2, br;q=x, zstd;q=", "identity"),
        ("gzip;q=0.1234", "identity"),
        (" gzip ; q=0.5 ,\tbr;Q=0.6", "br"),
        (",,gzip,", "gzip"),
        ("gzip;level=9", "gzip"),
        ("no such thing", "identity"),
    ],
)
def test_what_a_client_likes_best(accept: str | None, expected: str | None) -> None:
    assert choose(accept, OFFERS) == expected


@given(st.text() | st.text(alphabet="gzipbr*identity;q=01., "))
def test_any_field_leads_to_an_offer_or_to_none(accept: str) -> None:
    assert choose(accept, OFFERS) in (*OFFERS, None)
    assert all(0 <= weight <= 1 for weight in weights(accept).values())


def test_no_offer_is_none() -> None:
    assert choose("gzip", ()) is None


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("data", [b"", b"x", b"text " * 5000])
def test_what_is_compressed_can_be_read(coding: str, data: bytes) -> None:
    packed = compress(data, coding)
    assert READERS[coding](packed) == data
    assert compress(data, coding) == packed


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("text/html; charset=utf-8", True),
        ("text/csv", True),
        ("application/json; charset=utf-8", True),
        ("application/problem+json", True),
        ("image/svg+xml; charset=utf-8", True),
        ("application/wasm", True),
        ("image/png", False),
        ("video/mp4", False),
        ("application/zip", False),
        ("application/octet-stream", False),
    ],
)
def test_what_becomes_smaller(content_type: str, expected: bool) -> None:
    assert is_compressible(content_type) is expected
