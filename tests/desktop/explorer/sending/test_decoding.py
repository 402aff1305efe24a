"""Tests of undoing content codings piece by piece."""

import gzip
import zlib

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.sending import decoding
from desktop.explorer.sending.decoding import Decoder, codings_of

TEXT = b"Wilfred Bony " * 50


def gzipped(data: bytes) -> bytes:
    """The same bytes at any time: they are part of the names of tests."""
    return gzip.compress(data, mtime=0)


def raw_deflate(data: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflater.compress(data) + deflater.flush()


def undone(coding: str, *pieces: bytes) -> tuple[bytes, str]:
    """What a body in pieces is without its codings, and the fault."""
    decoder = Decoder((("content-encoding", coding),))
    made = b"".join(b"".join(decoder.undo(piece)) for piece in pieces)
    return made + b"".join(decoder.finish()), decoder.fault


CASES = [
    ("GZIP", gzipped(TEXT)),
    ("x-gzip", gzipped(TEXT[:100]) + gzipped(TEXT[100:])),
    ("deflate", zlib.compress(TEXT)),
    ("deflate", raw_deflate(TEXT)),
    ("br", brotli.compress(TEXT)),
    ("zstd", zstd.compress(TEXT)),
    ("zstd", zstd.compress(TEXT[:100]) + zstd.compress(b"") + zstd.compress(TEXT[100:])),
    ("deflate, gzip", gzipped(zlib.compress(TEXT))),
    ("identity, br,zstd, identity", zstd.compress(brotli.compress(TEXT))),
]


@pytest.mark.parametrize(("coding", "body"), CASES)
def test_codings_are_undone(coding: str, body: bytes) -> None:
    assert undone(coding, body) == (TEXT, "")
    assert undone(coding, *(body[at : at + 1] for at in range(len(body)))) == (TEXT, "")


def test_codings_are_one_list() -> None:
    headers = (("Content-Encoding", "deflate, identity"), ("X", "gzip"), ("content-encoding", " GZip ,"))
    assert codings_of(headers) == ["deflate", "gzip"]


# A frame whose header asks for a window of 128 MB (RFC 8878, section 3.1.1.1), and an empty last block.
WIDE = b"\x28\xb5\x2f\xfd\0\x88\x01\0\0"


@pytest.mark.parametrize(
    ("coding", "body", "words", "data"),
    [
        ("foo", b"abc", "“foo” is not known", b"abc"),
        ("\x1b", b"abc", "“\\x1b” is not known", b"abc"),
        ("zstd", WIDE, "needs more memory than the 8 MB that RFC 9659 allows; it is shown", b""),
        ("foo, gzip", gzipped(TEXT), "“foo” is not known", TEXT),
        ("gzip", b"not gzip", "gzip data is damaged; it is shown as it came", b""),
        ("br", b"\xff\xff\xff\xffnot brotli", "br data is damaged", b""),
        ("zstd", b"not zstd", "zstd data is damaged", b""),
        ("gzip", gzipped(TEXT) + b"rest", "damaged; what came before", TEXT),
        ("gzip", gzipped(TEXT)[:-4], "ends too early", TEXT),
        ("br", brotli.compress(TEXT)[:-1], "ends too early", None),
        ("zstd", zstd.compress(TEXT)[:-1], "ends too early", None),
        ("gzip, gzip, gzip, gzip, gzip", b"abc", "5 content codings", b""),
    ],
)
def test_faults_are_said(coding: str, body: bytes, words: str, data: bytes | None) -> None:
    made, fault = undone(coding, body)
    assert words in fault
    assert data is None or made == data
    assert TEXT.startswith(made) or made == body


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip", "br", "zstd", "deflate"])
def test_a_bomb_is_capped(coding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "ALWAYS", 2**20)
    plain = bytes(2**23)
    pack = {"br": brotli.compress, "zstd": zstd.compress, "deflate": zlib.compress}.get(coding, gzip.compress)
    bomb = gzip.compress(pack(plain)) if "," in coding else pack(plain)
    made, fault = undone(coding, bomb)
    assert 2**19 < len(made) <= max(2**20, 200 * len(bomb))
    assert "looks like an attack" in fault


def test_layers_that_swell_inside_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "ALWAYS", 2**20)
    inner = b"".join(gzip.compress(b"") for _ in range(2**16))
    made, fault = undone("gzip, gzip", gzip.compress(inner))
    assert (made, "looks like an attack" in fault) == (b"", True)


def test_nothing_came() -> None:
    assert undone("gzip") == (b"", "")
    assert undone("foo") == (b"", "")


def test_an_event_is_there_as_soon_as_it_has_come() -> None:
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    decoder = Decoder((("Content-Encoding", "gzip"),))
    for event in (b"data: 1\n\n", b"data: 2\n\n"):
        assert b"".join(decoder.undo(packer.compress(event) + packer.flush(zlib.Z_SYNC_FLUSH))) == event


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "zstd", "br, gzip", "zstd, deflate"]))
def test_any_bytes_end_in_bytes_or_a_fault(data: bytes, coding: str) -> None:
    made, fault = undone(coding, data[:100], data[100:])
    assert isinstance(made, bytes)
    assert isinstance(fault, str)
