"""Keeps what was found for a path, with the bytes of small files, as long as nothing on the way to it has changed."""

import asyncio
import os
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from servers.http.files.forms import Form
from servers.http.files.opened import Signature, signature
from servers.http.site import Place, names_in

LIMIT = 64 * 1024 * 1024
"""Bytes that are kept, at most."""

SETTLED = 2_100_000_000
"""Nanoseconds after which another change to a file has another time: the coarsest clock of a file system has 2 s."""

LOOK_BESIDE = 1.0
"""Seconds after which it is looked whether a compressed form of a kept file has come to lie beside it."""

_OVERHEAD = 4096


class Seen(NamedTuple):
    """What was on the way to a file: its folders, each of which must still be that one and no link, and files.

    ``content`` is the folder that they are in, where it matters what else is in it.
    """

    folders: tuple[tuple[str, tuple[int, int, int]], ...]
    files: tuple[tuple[str, Signature], ...]
    content: tuple[str, Signature] | None = None

    def holds(self) -> bool:
        """Whether all of it is still there and the same."""
        try:
            for path, known in self.folders:
                status = os.lstat(path)
                if (status.st_dev, status.st_ino, status.st_mode) != known:
                    return False
            for file, was in self.files:
                if signature(os.lstat(file)) != was:
                    return False
        except OSError:
            return False
        return True

    def content_holds(self) -> bool:
        """Whether nothing has been added to the folder or removed from it."""
        try:
            return self.content is None or signature(os.lstat(self.content[0])) == self.content[1]
        except OSError:
            return False

    def matches(self, signatures: Sequence[Signature]) -> bool:
        """Whether the files with these signatures were among them, and would look different after another change."""
        files = {known for _, known in self.files}
        latest = max(max(changed, touched) for *_, changed, touched in signatures)
        return files.issuperset(signatures) and time.time_ns() - latest > SETTLED


def see(root: Path, places: Sequence[Place], *, with_folder: bool) -> Seen | None:
    """Look at the ways from the folder ``root`` to files in one folder, and at what is in that folder if wanted.

    None where there are links on the way, which may come to lead elsewhere unseen, or nothing any more.
    """
    names = names_in(places[0].path) or []
    ways = [root.joinpath(*names[:-1], place.real.name) for place in places]
    is_plain = all(place.real == place.root.joinpath(*names[:-1], place.real.name) for place in places)
    try:
        folders = [(str(way), os.lstat(way)) for way in ways[0].parents[: len(names) - 1]]
        files = [(str(way), signature(os.lstat(way))) for way in ways]
        folder = f"{ways[0].parent}{os.sep}"
        content = (folder, signature(os.lstat(folder))) if with_folder else None
    except OSError:
        return None
    identities = tuple((path, (status.st_dev, status.st_ino, status.st_mode)) for path, status in folders)
    return Seen(identities, tuple(files), content) if is_plain else None


@dataclass(slots=True)
class Found:
    """A file with its forms, as far as they were asked for; ``offers`` are the codings that it can be had in.

    ``seen`` is None for what must be looked up again each time, ``offers`` empty where there is no choice. ``coming``
    are forms that a thread makes.
    """

    seen: Seen | None
    forms: dict[str, Form]
    offers: tuple[str, ...] = ()
    coming: dict[str, "asyncio.Future[bytes | None]"] = field(default_factory=dict)
    _look_beside: float = field(default_factory=lambda: time.monotonic() + LOOK_BESIDE)

    def is_current(self) -> bool:
        """Whether it is still true: the file system is asked."""
        if self.seen is None or not self.seen.holds():
            return False
        now = time.monotonic()
        if now < self._look_beside:
            return True
        self._look_beside = now + LOOK_BESIDE
        if not self.seen.content_holds():
            self.seen = None  # for all who ask: the next look beside is a while away
        return self.seen is not None

    @property
    def weight(self) -> int:
        """About how many bytes of memory it takes."""
        return _OVERHEAD + sum(len(form.body or b"") for form in self.forms.values())


class Memory:
    """What was found for paths, the least recently used of it forgotten when it becomes too much."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._found: OrderedDict[str, tuple[Found, int]] = OrderedDict()
        self._weight = 0

    def get(self, path: str) -> Found | None:
        """What was found for the path, if that is still true."""
        entry = self._found.get(path)
        if entry is None:
            return None
        found = entry[0]
        if not found.is_current():
            self.drop(path)
            return None
        self._found.move_to_end(path)
        return found

    def put(self, path: str, found: Found) -> None:
        """Keep what was found, also once more when it has grown."""
        self.drop(path)
        weight = found.weight + len(path)
        if found.seen is None or weight > self._limit // 4:
            return
        self._found[path] = (found, weight)
        self._weight += weight
        while self._weight > self._limit:
            self._weight -= self._found.popitem(last=False)[1][1]

    def drop(self, path: str) -> None:
        """Forget it."""
        self._weight -= self._found.pop(path, (None, 0))[1]

    @property
    def weight(self) -> int:
        """About how many bytes all of it takes."""
        return self._weight

    def __len__(self) -> int:
        return len(self._found)
