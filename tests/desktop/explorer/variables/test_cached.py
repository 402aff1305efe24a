"""Tests of small files that are read when they have changed."""

import os
from pathlib import Path

import pytest

from desktop.explorer.variables.cached import LONGEST, Cached, read_small


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a"


def test_a_file_is_read_once_for_each_change(path: Path) -> None:
    reads: list[Path] = []

    def read(one: Path) -> str:
        reads.append(one)
        return one.read_text() if one.exists() else ""

    cached = Cached(read)
    assert cached.get(path) == cached.get(path) == ""
    path.write_text("1")
    assert cached.get(path) == cached.get(path) == "1"
    assert len(reads) == 2


def test_another_file_of_the_same_time_and_size_is_read(path: Path) -> None:
    cached = Cached(Path.read_text)
    path.write_text("1")
    seen = path.stat()
    assert cached.get(path) == "1"
    other = path.with_name("b")
    other.write_text("2")
    os.utime(other, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    other.replace(path)
    assert cached.get(path) == "2"


def test_other_permissions_are_a_change(path: Path) -> None:
    reads: list[Path] = []
    cached = Cached(reads.append)
    path.write_text("1")
    cached.get(path)
    path.chmod(0o600)
    path.chmod(0o644)
    cached.get(path)
    assert len(reads) == 2


def test_what_has_no_end_is_not_read(path: Path) -> None:
    os.mkfifo(path)
    for one in (path, Path("/dev/zero"), path.parent):
        with pytest.raises(OSError, match="not a file"):
            read_small(one)


def test_what_is_too_long_is_not_read(path: Path) -> None:
    path.write_bytes(b"x" * LONGEST)
    assert len(read_small(path)) == LONGEST
    path.write_bytes(b"x" * (LONGEST + 1))
    with pytest.raises(OSError, match="longer"):
        read_small(path)
