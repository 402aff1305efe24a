"""Tests of keeping bytes: every window of them is right, in memory and on the disk, and the file goes away."""

import errno
import gc
import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.explorer.sending import blob
from desktop.explorer.sending.blob import MEMORY, Blob, clear
from tests.conftest import Run, run_on


def test_a_short_body_stays_in_memory(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        one = Blob(b"ab", tmp_path)
        await one.append(b"cde")
        await one.flush()
        assert (one.size, one.path, one.read(), one.read(1, 3), one.read(9), one.read(4, 9)) == (
            (5, None, b"abcde", b"bcd", b"", b"e")
        )

    run(scenario())
    assert not list(tmp_path.iterdir())


def test_a_long_body_lies_in_a_file_that_goes_with_it(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        one = Blob(folder=tmp_path)
        piece = bytes(range(256)) * 4096
        for _ in range(6):
            await one.append(piece)
        await one.append(b"end")
        await one.append(b"!")
        whole = piece * 6 + b"end!"
        assert (one.size, one.read()) == (len(whole), whole)
        assert one.path is not None
        assert one.path.stat().st_size < one.size
        assert one.read(MEMORY - 2, len(piece)) == whole[MEMORY - 2 : MEMORY - 2 + len(piece)]
        await one.flush()
        assert one.path.read_bytes() == whole
        assert (one.read(len(whole) - 4), one.read(len(whole))) == (b"end!", b"")

    run(scenario())
    gc.collect()
    assert not list(tmp_path.iterdir())


def test_files_of_programs_that_were_killed_are_deleted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "portside-999999999-x.body").touch()
    (tmp_path / "portside-x.body").touch()
    (tmp_path / "other.body").touch()

    async def scenario() -> None:
        one = Blob(folder=tmp_path)
        await one.append(bytes(MEMORY) + b"more")
        clear(tmp_path)
        assert one.path is not None
        assert set(os.listdir(tmp_path)) == {one.path.name, "other.body"}

    run(scenario())
    clear(tmp_path / "none")


def test_a_folder_that_cannot_be_made_loses_nothing_that_memory_holds(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gone").touch()

    async def scenario() -> None:
        one = Blob(folder=tmp_path / "gone")
        with pytest.raises(FileExistsError):
            await one.append(bytes(MEMORY) + b"more")
        assert (one.size, one.path, one.read()) == (MEMORY, None, bytes(MEMORY))

    run(scenario())


class FullDisk(io.RawIOBase):
    """A file that takes a little and then no more."""

    def __init__(self) -> None:
        self.left = 1000

    def seek(self, offset: int, whence: int = 0) -> int:
        return offset

    def write(self, data: object) -> int:
        if not self.left:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken, self.left = self.left, 0
        return taken


def test_a_full_disk_keeps_what_lies_on_it(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        one = Blob(folder=tmp_path)
        await one.append(bytes(MEMORY + 1))
        monkeypatch.setattr(one, "_file", FullDisk())
        with pytest.raises(OSError, match="No space"):
            await one.append(bytes(2**20 + 1))
        assert (one.size, one.read()) == (MEMORY + 1, bytes(MEMORY + 1))

    run(scenario())


@settings(max_examples=30)
@given(st.lists(st.binary(max_size=40), max_size=12), st.integers(0, 99), st.none() | st.integers(0, 99))
def test_any_window_is_right(pieces: list[bytes], start: int, length: int | None) -> None:
    import asyncio

    async def scenario() -> None:
        one = Blob()
        for piece in pieces:
            await one.append(piece)
        whole = b"".join(pieces)
        end = None if length is None else start + length
        assert (one.read(start, length), one.size) == (whole[start:end], len(whole))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blob, "MEMORY", 20)
        patch.setattr(blob, "_TAIL", 7)
        run_on(asyncio.new_event_loop, scenario(), 30)
