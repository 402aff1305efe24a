"""Lists the folders, files and requests of a collection, and reads again only files that have changed."""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from desktop.explorer.http_files.disk import read_file
from desktop.explorer.http_files.http_file import HttpFile
from desktop.explorer.model.auth import Inherit
from desktop.explorer.workspace.failures import reading_fault
from desktop.explorer.workspace.files import ENVIRONMENTS, FOLDER_FILE, is_collection
from desktop.explorer.workspace.names import natural

MOST_BYTES = 5_000_000
MOST_FOLDERS = 10_000
_DEEPEST = 60
_SKIPPED = frozenset({"node_modules", "bower_components", "__pycache__", "venv", "site-packages"})

Stamp = tuple[int, int, int, int]
"""Times of the last changes of content and of state in nanoseconds, size in bytes, number of a file on its disk."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One request: its ``title`` or else its name, and where it stands.

    ``index`` counts the parts of the file from 0, ``line`` its lines from 1.
    """

    title: str
    method: str
    target: str
    index: int
    line: int


@dataclass(frozen=True, slots=True)
class File:
    """A file with its requests; ``fault`` says why they cannot be listed.

    ``has_auth`` where it says at its top how its requests are signed.
    """

    path: Path
    requests: tuple[Entry, ...] = ()
    fault: str = ""
    has_auth: bool = False


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder with what is in it, folders first; ``has_auth`` where its ``_folder.http`` says how to sign requests."""

    path: Path
    children: tuple["Folder | File", ...] = ()
    fault: str = ""
    has_auth: bool = False


class Scan(NamedTuple):
    """What a scan found: the tree, all folders that it looked into, and the files that have changed since the last.

    A file that this program has written itself is not among the changed ones.
    """

    root: Folder
    folders: frozenset[Path]
    changed: frozenset[Path]


@dataclass(slots=True)
class _Walk:
    """What is gathered during one scan."""

    root: str
    folders: set[Path] = field(default_factory=set)
    files: set[Path] = field(default_factory=set)
    changed: set[Path] = field(default_factory=set)
    seen: set[tuple[int, int]] = field(default_factory=set)
    is_cut: bool = False


class Scanner:
    """Scans folders, one at a time, and remembers every file that it has read; ``parsed`` counts the readings."""

    def __init__(self) -> None:
        self.parsed = 0
        self._known: dict[Path, tuple[Stamp, File]] = {}
        self._own: dict[Path, Stamp] = {}

    def scan(self, root: Path) -> Scan:
        """List a folder. Nothing is raised: what cannot be read has a sentence."""
        walk = _Walk(os.path.realpath(root))
        tree = self._folder(root, walk, 0) or Folder(root)
        if walk.is_cut:
            tree = replace(tree, fault="There are too many folders: not all of them are listed.")
        gone = {path for path in self._known if path.is_relative_to(root)} - walk.files
        for path in gone:
            del self._known[path]
        changed = walk.changed | {path for path in gone if self._own.pop(path, None) != _GONE}
        return Scan(tree, frozenset(walk.folders), frozenset(changed))

    def forget(self, root: Path) -> None:
        """Drop what is known about a folder that is closed."""
        self._known = {path: known for path, known in self._known.items() if not path.is_relative_to(root)}

    def own(self, path: Path) -> None:
        """A file has just been written or removed by this program: that does not count as a change from outside."""
        try:
            self._own[path] = _stamp(path)
        except OSError:
            self._own[path] = _GONE

    def _folder(self, path: Path, walk: _Walk, depth: int) -> Folder | None:
        """List a folder; None where it is listed already, or is below the root and holds other things only."""
        try:
            entries = _entries(path, walk)
        except OSError as error:
            return Folder(path, fault=reading_fault(error))
        if entries is None or depth > _DEEPEST:
            walk.is_cut |= entries is not None or len(walk.folders) >= MOST_FOLDERS
            return None
        folders: list[Folder] = []
        files: list[File] = []
        has_others = False
        for entry in entries:
            below = path / entry.name
            if _is_folder(entry):
                folder = self._folder(below, walk, depth + 1) if _is_wanted(entry, walk) else None
                folders += [folder] if folder is not None else []
                has_others |= folder is None
            elif _is_read(entry.name):
                files.append(self._file(below, walk))
            else:
                has_others = True
        if depth and has_others and not (folders or files):
            return None
        listed = [file for file in files if is_collection(file.path.name)]
        has_auth = any(file.has_auth for file in files if file.path.name == FOLDER_FILE)
        return Folder(path, (*sorted(folders, key=_order), *sorted(listed, key=_order)), has_auth=has_auth)

    def _file(self, path: Path, walk: _Walk) -> File:
        walk.files.add(path)
        try:
            stamp = _stamp(path)
        except OSError as error:
            stamp, file = _GONE, File(path, fault=reading_fault(error))
        else:
            known = self._known.get(path)
            if known is not None and known[0] == stamp:
                return known[1]
            self.parsed += 1
            file = _read(path, stamp)
        self._known[path] = (stamp, file)
        if self._own.pop(path, None) != stamp:
            walk.changed.add(path)
        return file


_GONE: Stamp = (0, 0, 0, 0)


def entries_of(file: HttpFile) -> tuple[Entry, ...]:
    """The requests of a file, as they are listed."""
    return tuple(
        Entry(part.title or part.name, part.request.method, part.request.url, index, part.line)
        for index, part in enumerate(file.parts)
        if part.request is not None
    )


def _entries(path: Path, walk: _Walk) -> list[os.DirEntry[str]] | None:
    """What is in a folder, real folders before links to some; None where that is listed already, or too much."""
    status = path.stat()
    place = (status.st_dev, status.st_ino)
    if place in walk.seen or len(walk.folders) >= MOST_FOLDERS:
        return None
    with os.scandir(path) as entries:
        found = [entry for entry in entries if not entry.name.startswith(".")]
    walk.seen.add(place)
    walk.folders.add(path)
    return sorted(found, key=lambda entry: (entry.is_symlink(), natural(entry.name)))


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False


def _is_wanted(entry: "os.DirEntry[str]", walk: _Walk) -> bool:
    """Whether a folder is to be listed; what a link leads to may stand elsewhere in the same tree."""
    if entry.name in _SKIPPED:
        return False
    if not entry.is_symlink():
        return True
    target, root = Path(os.path.realpath(entry.path)), Path(walk.root)
    return not (target.is_relative_to(root) or root.is_relative_to(target))


def _order(one: Folder | File) -> tuple[list[str | int], str]:
    return natural(one.path.name)


def _is_read(name: str) -> bool:
    return is_collection(name) or name == FOLDER_FILE or name in ENVIRONMENTS


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def _read(path: Path, stamp: Stamp) -> File:
    if path.name in ENVIRONMENTS:
        return File(path)
    if stamp[2] > MOST_BYTES:
        return File(path, fault=f"It is too large to be listed: {stamp[2] / 1e6:,.0f} MB.")
    try:
        file = read_file(path)
    except OSError as error:
        return File(path, fault=reading_fault(error))
    return File(path, entries_of(file), has_auth=not isinstance(file.auth, Inherit))
