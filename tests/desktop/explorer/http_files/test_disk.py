"""Tests of files of requests on the disk."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.http_files.disk import bytes_of, from_bytes, read_file
from desktop.explorer.http_files.faults import CannotWrite


@given(st.binary() | st.text().map(str.encode) | st.text().map(lambda text: b"\xef\xbb\xbf" + text.encode()))
def test_every_byte_comes_back(data: bytes) -> None:
    assert bytes_of(from_bytes(data)) == data


@pytest.mark.parametrize("data", ["GET http://h/é\r\n".encode(), "GET http://h/é\r\n".encode("latin-1")])
def test_reading(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.http"
    path.write_bytes(data)
    (one,) = read_file(path).requests
    assert one.request is not None
    assert one.request.url == "http://h/é"


def test_a_character_that_the_encoding_has_not() -> None:
    file = from_bytes("GET http://h/é".encode("latin-1"))
    with pytest.raises(CannotWrite, match="The file is in Latin-1, which has no “€”") as caught:
        bytes_of(file.with_part(0, "GET http://h/€"))
    assert caught.value.sentence == str(caught.value)
    with pytest.raises(CannotWrite, match="UTF-8, which has no U\\+D800"):
        bytes_of(from_bytes(b"").with_inserted(0, "GET http://h/\ud800"))
