"""What is in a served folder: which files there are, and what is different when one of them was changed."""

import os
import stat
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from servers.http.site import is_plain

MOST_FILES = 20_000
"""Files and folders of a site that are looked at."""

_IGNORED = {"node_modules", "bower_components", "__pycache__"}
_LEFTOVERS = ("~", ".tmp", ".swp", ".part", "___")
"""Endings of what editors and browsers write beside a file for a moment."""

_Signature = tuple[int, int, int]
_Identity = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a folder by their URL paths (RFC 3986, percent-encoded), and the real folders that they are in.

    ``identity`` tells the folder from another one; ``is_whole`` is False where there were more than MOST_FILES.
    ``digest`` is the same as long as nothing changes; to another process it means nothing.
    """

    identity: _Identity
    files: Mapping[str, _Signature]
    folders: frozenset[str]
    is_whole: bool
    digest: int

    def changed_since(self, older: "Tree") -> set[str] | None:
        """The paths that came, went or were changed; None where it is another folder altogether."""
        if self.identity != older.identity:
            return None
        return {path for path, _ in self.files.items() ^ older.files.items()}


def identity(root: Path) -> _Identity:
    """What is different when there is another folder, or none, at this path."""
    try:
        status = os.stat(root)
    except OSError:
        return (str(root), 0, 0)
    return (str(root), status.st_dev, status.st_ino)


def scan(root: Path, *, stopping: Callable[[], bool] = lambda: False) -> Tree:
    """Look at all files of a folder that are served, which may take a while; of a folder that is missing, at none.

    Links are followed inside of the folder. When it is ``stopping``, the tree is the beginning of the whole.
    """
    looking = _Looking(os.path.realpath(root))
    about = identity(root)
    while looking.waiting and not stopping() and not looking.is_full:
        looking.look()
    digest = hash((about, frozenset(looking.files.items())))
    return Tree(about, looking.files, frozenset(looking.folders | looking.beside), not looking.is_full, digest)


class _Looking:
    """A walk through folders, those near the root first."""

    def __init__(self, root: str) -> None:
        self.files: dict[str, _Signature] = {}
        self.folders: set[str] = {root} if os.path.isdir(root) else set()
        self.beside: set[str] = set()  # folders of which only the files count that a link leads to
        self.waiting = deque((folder, "/") for folder in self.folders)
        self._inside = os.path.join(root, "")

    @property
    def is_full(self) -> bool:
        return len(self.files) + len(self.folders) > MOST_FILES

    def look(self) -> None:
        """Look at the entries of one folder."""
        folder, path = self.waiting.popleft()
        for entry in _entries(folder):
            if not self.is_full:
                self._add(entry, path)

    def _add(self, entry: "os.DirEntry[str]", parent: str) -> None:
        try:
            path = parent + quote(entry.name)
            is_link = entry.is_symlink()
            real = os.path.realpath(entry.path) if is_link else entry.path
            if is_link and not real.startswith(self._inside):
                return
            status = entry.stat()
        except (OSError, UnicodeEncodeError):  # gone again, a link to nowhere, or a name that no request path can have
            return
        if stat.S_ISDIR(status.st_mode):
            self._add_folder(real, f"{path}/")
        elif stat.S_ISREG(status.st_mode):
            self.files[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
            if is_link:
                self.beside.add(os.path.dirname(real))

    def _add_folder(self, real: str, path: str) -> None:
        if real not in self.folders:
            self.folders.add(real)
            self.waiting.append((real, path))


def _entries(folder: str) -> Iterator["os.DirEntry[str]"]:
    """What is in a folder and may be served."""
    try:
        with os.scandir(folder) as entries:
            yield from (entry for entry in entries if _counts(entry.name))
    except OSError:
        return


def _counts(name: str) -> bool:
    """Whether a change of what has this name is one of the site."""
    return is_plain(name) and name not in _IGNORED and not name.endswith(_LEFTOVERS)
