"""Tests of the body as a child process reads it."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.reading.source import Reader, source_of
from desktop.explorer.sending.blob import MEMORY, Blob
from tests.conftest import Run


def read_all(blob: Blob, length: int) -> bytes:
    with Reader(source_of(blob)) as reader:
        return b"".join(iter(lambda: reader.read(length), b""))


@given(st.binary(max_size=100), st.integers(1, 40), st.integers(0, 120))
def test_a_body_in_memory(data: bytes, length: int, start: int) -> None:
    assert read_all(Blob(data), length) == data
    with Reader(source_of(Blob(data))) as reader:
        reader.seek(start)
        assert reader.read(length) == data[start : start + length]
        assert reader.tell() == start + len(data[start : start + length])


async def grown() -> tuple[Blob, bytes]:
    blob, whole = Blob(), bytearray()
    for number in range(50):
        piece = bytes([number]) * (MEMORY // 38 + number)
        whole += piece
        await blob.append(piece)
    return blob, bytes(whole)


def test_a_body_whose_file_is_behind(run: Run) -> None:
    blob, whole = run(grown())
    assert blob.path is not None
    assert blob.path.stat().st_size < blob.size, "choose other sizes"
    assert read_all(blob, 100_003) == whole
