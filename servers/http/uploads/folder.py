"""The folder that files are added to: it stays the one that was found, and no link is followed in it."""

import errno
import os
import secrets
import stat
import time
from contextlib import suppress

from servers.http.folders import NO_LINK, WALKS, open_folder
from servers.http.site import Place, is_inside

PREFIX = ".portside-upload-"
"""How the names of unfinished files begin; such names are hidden from clients."""

FORGOTTEN = 24 * 3600.0
"""Seconds after which an unfinished file is one that a killed process has left."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK | getattr(os, "O_BINARY", 0)
_NO_HARD_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}


class Folder:
    """A served folder, open until it is closed. All methods raise OSError."""

    def __init__(self, place: Place) -> None:
        self._real = place.real
        self._descriptor = open_folder(place.root, place.real) if WALKS else None

    def close(self) -> None:
        """Close it."""
        if self._descriptor is not None:
            os.close(self._descriptor)

    def create(self) -> tuple[str, int]:
        """The name of a new unfinished file, and a descriptor to write it."""
        name = f"{PREFIX}{secrets.token_hex(8)}"
        descriptor = self._new(name)
        if WALKS or is_inside(descriptor, self._real / name):
            return name, descriptor
        os.close(descriptor)
        self.remove(name)
        raise FileNotFoundError(errno.ENOENT, "the folder has become another one")

    def has(self, name: str) -> bool:
        """Whether there is anything of that name, also a link to nowhere."""
        return self._status(name) is not None

    def is_file(self, name: str) -> bool:
        """Whether there is a plain file of that name, and no link to one."""
        status = self._status(name)
        return status is not None and stat.S_ISREG(status.st_mode)

    def add(self, unfinished: str, name: str) -> None:
        """Give a finished file its name. Raises FileExistsError, and changes nothing then."""
        try:
            os.link(
                self._at(unfinished), self._at(name),
                src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor, follow_symlinks=not WALKS,
            )  # fmt: skip
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
            self._add_unlinked(unfinished, name)
        else:
            self.remove(unfinished)

    def replace(self, unfinished: str, name: str) -> None:
        """Give a finished file its name, and the permissions of the one that is replaced, if there is one."""
        status = self._status(name)
        if status is not None:
            os.chmod(self._at(unfinished), status.st_mode & 0o777, dir_fd=self._descriptor)
        self._rename(unfinished, name)

    def remove(self, name: str) -> None:
        """Remove a file."""
        os.unlink(self._at(name), dir_fd=self._descriptor)

    def sweep(self) -> None:
        """Remove what killed processes have left here."""
        oldest = time.time() - FORGOTTEN
        for name in self._names():
            if name.startswith(PREFIX):
                status = self._status(name)
                if status is not None and stat.S_ISREG(status.st_mode) and status.st_mtime < oldest:
                    self.remove(name)

    def _names(self) -> list[str]:
        if self._descriptor is None:
            return os.listdir(self._real)
        readable = os.open(".", os.O_RDONLY | os.O_DIRECTORY, dir_fd=self._descriptor)
        try:
            return os.listdir(readable)
        finally:
            os.close(readable)

    def _add_unlinked(self, unfinished: str, name: str) -> None:
        """The same where files have no second names: an empty one takes the name first."""
        os.close(self._new(name))
        try:
            self._rename(unfinished, name)
        except OSError:
            self.remove(name)
            raise

    def _new(self, name: str) -> int:
        return os.open(self._at(name), _NEW, 0o666, dir_fd=self._descriptor)

    def _rename(self, source: str, name: str) -> None:
        os.replace(self._at(source), self._at(name), src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor)

    def _status(self, name: str) -> os.stat_result | None:
        with suppress(FileNotFoundError):
            return os.stat(self._at(name), dir_fd=self._descriptor, follow_symlinks=False)
        return None

    def _at(self, name: str) -> str:
        return name if WALKS else str(self._real / name)
