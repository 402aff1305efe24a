"""Tests of byte ranges against a naive reading of RFC 9110, section 14."""

import asyncio
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servers.http.files.ranges import ByteRange, Unsatisfiable, read_range
from tests.conftest import run_on
from tests.servers.http.files.harness import file_server
from tests.servers.wire import Reply, ask

DATA = bytes(range(100))
FILES = {"empty.bin": b"", "byte.bin": b"x", "data.bin": DATA, "text.txt": DATA * 10, "big.bin": DATA * 3000}
NUMBERS = st.sampled_from(["", "0", "00", "1", "5", "9", "10", "007", "99", "100", "18446744073709551616", "9" * 5000])


def _naive(field: str, data: bytes) -> tuple[int, bytes]:
    """Status and bytes, by grammar and prose of section 14.1.2; several ranges may be ignored, so they are."""
    unit, equals, listed = field.partition("=")
    specs = [spec.strip(" \t") for spec in listed.split(",")]
    specs = [spec for spec in specs if spec]
    if unit.lower() != "bytes" or not equals or len(specs) != 1:
        return 200, data
    match = re.fullmatch("([0-9]*)-([0-9]*)", specs[0])
    if match is None or match[0] == "-":
        return 200, data
    first, last = match[1].lstrip("0") or match[1][:1], match[2].lstrip("0") or match[2][:1]
    huge = 10**30
    if not first:
        count = int(last) if len(last) < 30 else huge
        if count == 0:
            return 416, b""
        return (206, data[-count:]) if data else (200, data)
    start, stop = (int(one) if one and len(one) < 30 else huge for one in (first, last))
    if last and stop < start:
        return 200, data
    return (206, data[start : stop + 1]) if start < len(data) else (416, b"")


def _read(field: str, data: bytes) -> tuple[int, bytes]:
    try:
        part = read_range([field], len(data))
    except Unsatisfiable:
        return 416, b""
    if part is None:
        return 200, data
    assert part.content_range(len(data)) == f"bytes {part.first}-{part.last}/{len(data)}"
    assert part.length == part.last - part.first + 1 > 0
    return 206, data[part.first : part.last + 1]


def _specs() -> st.SearchStrategy[str]:
    spec = st.builds("{}-{}".format, NUMBERS, NUMBERS)
    blanks = st.sampled_from(["", " ", "\t", ",", " , ", "x", "-"])
    listed = st.lists(spec | blanks, max_size=3).map("".join)
    return st.builds("{}={}".format, st.sampled_from(["bytes", "Bytes", "items", "", "bytes "]), listed)


@given(_specs() | st.text() | st.text(alphabet="bytes=-, 0123456789"), st.sampled_from([b"", b"x", DATA[:10], DATA]))
def test_any_field_is_read_as_the_standard_says(field: str, data: bytes) -> None:
    assert _read(field, data) == _naive(field, data)


@given(st.integers(0, 120), st.integers(0, 120), st.integers(0, 100))
def test_every_pair_of_positions(first: int, last: int, size: int) -> None:
    field = f"bytes={first}-{last}"
    assert _read(field, DATA[:size]) == _naive(field, DATA[:size])


@pytest.mark.parametrize("values", [[], ["bytes=0-1", "bytes=0-1"], ["bytes=0-1,5-6"], ["bytes=0-1, -5"]])
def test_several_ranges_and_none_are_the_whole(values: list[str]) -> None:
    assert read_range(values, 100) is None


async def _replies(root: Path, fields: list[str]) -> list[tuple[str, bytes, Reply]]:
    """The answer for each field and each of some files: nothing, a byte, what is kept in memory and what is not."""
    async with file_server(root) as server:
        return [
            (field, data, await ask(server.port, "GET", f"/{name}", f"Range: {field}"))
            for name, data in FILES.items()
            for field in fields
        ]


@given(st.lists(_specs() | st.text(alphabet="bytes=-, 0123456789"), min_size=10, max_size=10))
@settings(max_examples=10)
def test_any_field_is_answered_as_the_standard_says(
    tmp_path_factory: pytest.TempPathFactory, fields: list[str]
) -> None:
    root = tmp_path_factory.mktemp("ranges")
    for name, data in FILES.items():
        (root / name).write_bytes(data)
    for field, data, reply in run_on(asyncio.new_event_loop, _replies(root, fields), 60):
        status, body = _naive(field.strip(" \t"), data)
        assert reply.status == status
        assert status == 416 or reply.body == body
        assert reply.headers["content-length"] == str(len(reply.body))
        sent = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", reply.headers.get("content-range", ""))
        if status == 206:
            assert sent is not None
            assert (int(sent[2]) - int(sent[1]) + 1, int(sent[3])) == (len(body), len(data))
            assert data[int(sent[1]) : int(sent[2]) + 1] == body
        elif status == 416:
            assert reply.headers["content-range"] == f"bytes */{len(data)}"
        else:
            assert "content-range" not in reply.headers


def test_sizes_beyond_four_gigabytes() -> None:
    size = 5 * 1024**3
    assert read_range(["bytes=-1"], size) == ByteRange(size - 1, size - 1)
    assert read_range([f"bytes={size - 2}-"], size) == ByteRange(size - 2, size - 1)
    with pytest.raises(Unsatisfiable):
        read_range([f"bytes={size}-"], size)
