"""What a change of a collection is made of: steps that each say, once done, what takes them back."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from desktop.explorer.http_files.faults import CannotWrite
from desktop.explorer.http_files.http_file import HttpFile
from desktop.explorer.workspace.failures import changing_fault
from desktop.explorer.workspace.files import bare, rewrite
from desktop.explorer.workspace.names import Refused
from desktop.explorer.workspace.origin import Origin
from desktop.explorer.workspace.scan import Entry
from desktop.explorer.workspace.trash import Trash, exists, put_back
from servers.logs import visible


@dataclass(frozen=True, slots=True)
class Place:
    """Something in the tree: a folder or file, or with ``part`` (from 0) a request in a file, listed as ``entry``."""

    path: Path
    part: int | None = None
    entry: Entry | None = field(default=None, compare=False)


class Step(Protocol):
    """One thing to do on the disk."""

    def run(self) -> "Step":
        """Do it, and return what takes it back. Raises Refused or OSError; nothing has been changed then."""


@dataclass(frozen=True, slots=True)
class Edit:
    """In a file, the texts ``old`` of successive parts from number ``at`` give way to ``new``."""

    path: Path
    at: int
    old: tuple[str, ...]
    new: tuple[str, ...]

    def run(self) -> Step:
        at = self.at

        def change(file: HttpFile) -> Sequence[str]:
            nonlocal at
            texts = [part.text for part in file.parts]
            at = self._place(texts)
            texts[at : at + len(self.old)] = self.new
            return texts

        rewrite(self.path, change)
        return Edit(self.path, at, self.new, self.old)

    def _place(self, texts: Sequence[str]) -> int:
        """Where ``old`` stands now: at its place or, if others have moved it, the nearest. Raises Refused."""
        length = len(self.old)
        if not length:
            return min(self.at, len(texts))
        wanted, there = [bare(text) for text in self.old], [bare(text) for text in texts]
        found = [at for at in range(len(texts)) if there[at : at + length] == wanted]
        if not found:
            name = visible(self.path.name)
            raise Refused(f"“{name}” has been changed meanwhile, just where this would change it. It stays as it is.")
        return min(found, key=lambda at: abs(at - self.at))


@dataclass(frozen=True, slots=True)
class Rename:
    """A file or folder gets another path."""

    source: Path
    target: Path

    def run(self) -> Step:
        _check_there(self.source)
        if exists(self.target) and not self.target.samefile(self.source):  # the same but for upper and lower case
            _check_free(self.target)
        shutil.move(self.source, self.target)
        return Rename(self.target, self.source)


@dataclass(frozen=True, slots=True)
class Create:
    """A new file with that content, or with None a new folder."""

    path: Path
    content: bytes | None
    trash: Trash

    def run(self) -> Step:
        _check_free(self.path)
        if self.content is None:
            self.path.mkdir()
        else:
            with self.path.open("xb") as file:
                file.write(self.content)
        return Discard(self.path, self.trash)


@dataclass(frozen=True, slots=True)
class Copy:
    """A file or folder gets a copy; links in it stay links."""

    source: Path
    target: Path
    trash: Trash

    def run(self) -> Step:
        _check_there(self.source)
        _check_free(self.target)
        if self.source.is_dir():
            shutil.copytree(self.source, self.target, symlinks=True)
        else:
            shutil.copy2(self.source, self.target)
        return Discard(self.target, self.trash)


@dataclass(frozen=True, slots=True)
class Discard:
    """A file or folder goes to the trash."""

    path: Path
    trash: Trash

    def run(self) -> Step:
        _check_there(self.path)
        return Restore(self.path, self.trash.take(self.path), self.trash)


@dataclass(frozen=True, slots=True)
class Restore:
    """A file or folder comes back from the trash."""

    path: Path
    place: Path
    trash: Trash

    def run(self) -> Step:
        if not exists(self.place):
            raise Refused(f"“{visible(self.path.name)}” is not in the trash any more.")
        _check_free(self.path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        put_back(self.place, self.path)
        return Discard(self.path, self.trash)


@dataclass(frozen=True, slots=True)
class Keep:
    """The text of a request that is about to be deleted goes to the trash; it stays there when it comes back."""

    name: str
    text: str
    trash: Trash
    is_kept: bool = False

    def run(self) -> Step:
        if not self.is_kept:
            self.trash.keep_text(self.name, self.text)
        return replace(self, is_kept=not self.is_kept)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of collections, not done yet; ``what`` names it, such as “rename of “a””.

    ``renamed`` are old and new paths of files and folders, ``moved`` where requests are before and after it, ``before``
    and ``after`` what it is about.
    """

    what: str
    steps: tuple[Step, ...]
    renamed: tuple[tuple[Path, Path], ...] = ()
    moved: tuple[tuple[Origin, Origin], ...] = ()
    before: tuple[Place, ...] = ()
    after: tuple[Place, ...] = ()

    def run(self) -> "Change":
        """Do all of it or nothing, and return what takes it back. Raises Refused."""
        undone: list[Step] = []
        try:
            for step in self.steps:
                undone.insert(0, step.run())
        except (OSError, CannotWrite, Refused) as error:
            for step in undone:
                with suppress(OSError, CannotWrite, Refused):
                    step.run()
            raise Refused(changing_fault(error, self.what) if isinstance(error, OSError) else str(error)) from error
        renamed = tuple((new, old) for old, new in self.renamed)
        moved = tuple((new, old) for old, new in self.moved)
        return Change(self.what, tuple(undone), renamed, moved, self.after, self.before)

    def touches(self, path: Path) -> bool:
        """Whether a file is among what this changes, or below it."""
        touched = {place.path for place in (*self.before, *self.after)}.union(*self.renamed)
        return not touched.isdisjoint({path, *path.parents})


def _check_there(path: Path) -> None:
    if not exists(path):
        raise Refused(f"“{visible(path.name)}” is not there any more.")


def _check_free(path: Path) -> None:
    if exists(path):
        raise Refused(f"“{visible(path.name)}” is there already.")
