"""Small files that are looked at with every keystroke, and read only when they have changed."""

import errno
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

LONGEST = 1024 * 1024
"""Bytes that a small file may have."""

T = TypeVar("T")
_MOST = 512
_Stamp = tuple[int, int, int, int]


class Cached(Generic[T]):
    """What ``read`` made of each file, for as long as that has not changed; ``read`` copes with a missing one."""

    def __init__(self, read: Callable[[Path], T]) -> None:
        self._read = read
        self._known: dict[Path, tuple[_Stamp | None, T]] = {}

    def get(self, path: Path) -> T:
        """What the file is now."""
        stamp = _stamp(path)
        known = self._known.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        if len(self._known) >= _MOST:
            self._known.clear()
        made = self._read(path)
        self._known[path] = (stamp, made)
        return made


def read_small(path: Path) -> bytes:
    """The bytes of a small file. Raises OSError, also for one that has no end, or is longer than ``LONGEST``."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "It is not a file")
    with path.open("rb") as file:
        data = file.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise OSError(errno.EFBIG, "It is longer than 1 MiB")
    return data


def _stamp(path: Path) -> _Stamp | None:
    """Changed permissions show in the time of the last change of state, a file in place of another in its number."""
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino
