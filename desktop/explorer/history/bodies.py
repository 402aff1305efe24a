"""The folder of the bodies that are too long for the database: each is a file, and nobody changes it."""

import os
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4
from weakref import WeakValueDictionary

from desktop.explorer.sending.blob import Blob

_PIECE = 1024 * 1024
_NEW = ".new"
_UNFINISHED = 3600.0
"""Seconds after which a file that nobody finished is that of a process that died."""


class Bodies:
    """Files have names of their own making; a new one is ``prepared`` first, and then ``kept`` under its name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: WeakValueDictionary[str, Blob] = WeakValueDictionary()

    def prepare(self, body: Blob | bytes) -> str:
        """Write a file that is not valid yet, without copying where the body is one already. Raises OSError."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = uuid4().hex
        target = self._folder / f"{name}{_NEW}"
        if not _linked(body, target):
            try:
                _write(body, target)
            except BaseException:
                target.unlink(missing_ok=True)  # a disk that is full needs its room
                raise
        return name

    def keep(self, name: str) -> None:
        """Make a prepared file valid. Raises OSError."""
        (self._folder / f"{name}{_NEW}").rename(self._folder / name)

    def drop(self, names: Iterable[str]) -> None:
        """Remove files, prepared ones as well. One that is being shown stays until the next start."""
        for name in names:
            if name not in self._open:
                for path in (self._folder / name, self._folder / f"{name}{_NEW}"):
                    with suppress(OSError):
                        path.unlink()

    def open(self, name: str) -> Blob:
        """The body in a file, which is not read for that. Raises OSError."""
        blob = Blob.open(self._folder / name)
        self._open[name] = blob
        return blob

    def sweep(self, known: Collection[str]) -> None:
        """Remove the files that no entry has, such as those of a process that was killed."""
        with suppress(FileNotFoundError):
            for path in list(self._folder.iterdir()):
                if path.name not in known and not _is_being_made(path):
                    self.drop([path.name])


def _write(body: Blob | bytes, target: Path) -> None:
    size = len(body) if isinstance(body, bytes) else body.size
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for start in range(0, size, _PIECE):
            piece = body[start : start + _PIECE] if isinstance(body, bytes) else body.read(start, _PIECE)
            file.write(piece)


def _linked(body: Blob | bytes, target: Path) -> bool:
    """Give the file of a body, if it is all in one, a second name."""
    if isinstance(body, bytes) or body.path is None:
        return False
    try:
        if body.path.stat().st_size != body.size:
            return False
        os.link(body.path, target)
    except OSError:  # another disk, or a file system without links
        return False
    return True


def _is_being_made(path: Path) -> bool:
    """Whether another process may be about to finish it; a link changes the time of the file's metadata."""
    with suppress(OSError):
        return path.suffix == _NEW and path.stat().st_ctime > time.time() - _UNFINISHED
    return False
