"""Tests of taking a body as it comes."""

import errno
import gzip
import random
from pathlib import Path

import pytest

from desktop.explorer.sending.blob import MEMORY, Blob
from desktop.explorer.sending.fault import Fault
from desktop.explorer.sending.inflow import Inflow
from tests.conftest import Run

GZIP = (("Content-Encoding", "gzip"),)


def test_without_codings_there_is_one_body(run: Run) -> None:
    async def scenario() -> None:
        inflow = Inflow(None)
        inflow.expect((("Content-Encoding", "identity"),))
        await inflow.add(b"abc")
        await inflow.close()
        assert inflow.decoded is inflow.body
        assert (inflow.body.read(), inflow.fault) == (b"abc", "")

    run(scenario())


def test_a_large_body_is_unpacked_beside(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        plain = random.Random(1).randbytes(MEMORY) * 2
        packed = gzip.compress(plain, 1)
        inflow = Inflow(tmp_path)
        inflow.expect(GZIP)
        for start in range(0, len(packed), 300_000):
            await inflow.add(packed[start : start + 300_000])
        await inflow.close()
        assert (inflow.body.read(), inflow.decoded.read()) == (packed, plain)
        assert inflow.decoded.path is not None
        assert inflow.decoded.path.read_bytes() == plain

    run(scenario())


def test_what_cannot_be_undone_is_shown_as_it_came(run: Run) -> None:
    async def scenario() -> None:
        inflow = Inflow(None)
        inflow.expect(GZIP)
        await inflow.add(b"not gzip")
        await inflow.close()
        assert inflow.decoded is inflow.body
        assert "damaged" in inflow.fault

    run(scenario())


def test_a_full_disk_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(self: Blob, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async def scenario() -> None:
        inflow = Inflow(None)
        inflow.expect(GZIP)
        monkeypatch.setattr(inflow._unpacked, "append", full.__get__(inflow._unpacked))
        await inflow.add(gzip.compress(b"abc"))
        assert "the disk is full" in inflow.fault
        monkeypatch.setattr(Blob, "append", full)
        with pytest.raises(Fault, match="The body cannot be kept: the disk is full"):
            await inflow.add(b"abc")

    run(scenario())


def test_a_folder_that_cannot_be_made_is_a_sentence(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        (tmp_path / "file").touch()
        inflow = Inflow(tmp_path / "file" / "folder")
        with pytest.raises(Fault, match="Not a directory"):
            await inflow.add(bytes(MEMORY + 1))
        await inflow.close()
        assert inflow.body.size == MEMORY

    run(scenario())
