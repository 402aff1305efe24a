"""Changes of files and folders: new, renamed, moved, copied, deleted. Each is planned here and run later."""

from collections.abc import Sequence
from pathlib import Path

from desktop.explorer.workspace.names import Refused, checked_file_name, checked_name, free_name, split
from desktop.explorer.workspace.requests import DELETION, quoted
from desktop.explorer.workspace.steps import Change, Copy, Create, Discard, Place, Rename
from desktop.explorer.workspace.trash import Trash, exists

NEW_FILE = "requests.http"
NEW_FOLDER = "New folder"


def new_folder(parent: Path, trash: Trash, name: str = "") -> Change:
    """A folder in another one, by default of the first name that is free. Raises Refused, as all of these do."""
    return _new(parent / (checked_name(name) if name else _free(parent, NEW_FOLDER)), None, trash)


def new_file(parent: Path, trash: Trash, name: str = "", text: str = "") -> Change:
    """A file of requests in a folder, by default of the first name that is free; ``text`` is what it begins with."""
    path = parent / (checked_file_name(name) if name else _free(parent, NEW_FILE))
    return _new(path, text.encode("utf-8", "surrogateescape"), trash)


def rename(path: Path, name: str) -> Change:
    """Another name for a folder, or for a file of requests, which keeps its suffix."""
    suffix = "" if path.is_dir() else split(path.name)[1]
    target = path.with_name(checked_file_name(name, suffix) if suffix else checked_name(name))
    if target == path:
        return Change(f"rename of {quoted(path.name)}", ())
    if exists(target) and not target.samefile(path):
        raise Refused(f"{quoted(target.name)} is there already.")
    return _moves("rename", [(path, target)])


def move(paths: Sequence[Path], folder: Path) -> Change:
    """Files and folders go into another folder."""
    pairs = [(path, folder / path.name) for path in _outermost(paths) if path.parent != folder]
    for path, target in pairs:
        if folder.is_relative_to(path):
            raise Refused(f"{quoted(path.name)} cannot be moved into itself.")
        if exists(target):
            raise Refused(f"{quoted(path.name)} is in {quoted(folder.name)} already.")
    return _moves("move", pairs)


def copy(paths: Sequence[Path], folder: Path, trash: Trash) -> Change:
    """Copies of files and folders go into a folder, under a new name where theirs is taken."""
    paths = _outermost(paths)
    if any(folder.is_relative_to(path) for path in paths):
        raise Refused("A folder cannot be copied into itself.")
    pairs = [(path, folder / _free(folder, path.name)) for path in paths]
    steps = tuple(Copy(path, target, trash) for path, target in pairs)
    return Change(f"copy of {named(paths)}", steps, before=_places(paths), after=_places([new for _, new in pairs]))


def duplicate(path: Path, trash: Trash) -> Change:
    """A copy of a file or folder beside it."""
    target = path.with_name(_free(path.parent, path.name))
    return Change(
        f"copy of {quoted(path.name)}", (Copy(path, target, trash),), before=(Place(path),), after=(Place(target),)
    )


def delete(paths: Sequence[Path], trash: Trash) -> Change:
    """Files and folders go to the trash."""
    paths = _outermost(paths)
    after = tuple(dict.fromkeys(Place(path.parent) for path in paths))
    steps = tuple(Discard(path, trash) for path in paths)
    return Change(f"{DELETION}{named(paths)}", steps, before=_places(paths), after=after)


def named(paths: Sequence[Path]) -> str:
    """Files and folders in a sentence."""
    return quoted(paths[0].name) if len(paths) == 1 else f"{len(paths)} files and folders"


def _new(path: Path, content: bytes | None, trash: Trash) -> Change:
    if exists(path):
        raise Refused(f"{quoted(path.name)} is there already.")
    step = Create(path, content, trash)
    return Change(f"creation of {quoted(path.name)}", (step,), before=(Place(path.parent),), after=(Place(path),))


def _moves(what: str, pairs: Sequence[tuple[Path, Path]]) -> Change:
    sources, targets = [old for old, _ in pairs], [new for _, new in pairs]
    steps = tuple(Rename(old, new) for old, new in pairs)
    name = f"{what} of {named(sources)}" if sources else what
    return Change(name, steps, tuple(pairs), before=_places(sources), after=_places(targets))


def _places(paths: Sequence[Path]) -> tuple[Place, ...]:
    return tuple(Place(path) for path in paths)


def _outermost(paths: Sequence[Path]) -> list[Path]:
    """Without those that are in another one of them, and go with it."""
    chosen = set(paths)
    return [path for path in dict.fromkeys(paths) if chosen.isdisjoint(path.parents)]


def _free(folder: Path, name: str) -> str:
    return free_name(name, lambda one: exists(folder / one))
