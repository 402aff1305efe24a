"""Whether git would take the private environment file of a folder, and how it is kept from that."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from desktop.explorer.variables.cached import read_small
from desktop.explorer.variables.environments import PRIVATE
from servers.disk import write_atomically

_IGNORE = ".gitignore"


def is_exposed(folder: Path) -> bool:
    """Whether the folder is in a git work tree, and no `.gitignore` up to its root has the private file."""
    folders = (folder, *folder.parents)
    root = next((number for number, one in enumerate(folders) if (one / ".git").exists()), None)
    if root is None:
        return False
    ignored = False
    for above in reversed(folders[: root + 1]):
        path = PurePosixPath((folder / PRIVATE).relative_to(above).as_posix())
        for pattern in _patterns(above / _IGNORE):
            if _has(pattern.removeprefix("!"), path):
                ignored = not pattern.startswith("!")
    return not ignored


def ignore(folder: Path) -> None:
    """Add the private file to the `.gitignore` of a folder. Raises OSError."""
    path = folder / _IGNORE
    before = read_small(path) if path.exists() else b""
    gap = b"" if before.endswith(b"\n") or not before else b"\n"
    write_atomically(path, before + gap + PRIVATE.encode() + b"\n")


def _patterns(path: Path) -> Iterator[str]:
    try:
        lines = read_small(path).decode("utf-8", "replace").splitlines()
    except OSError:
        return
    yield from (line.rstrip() for line in lines if line.strip() and not line.startswith("#"))


def _has(pattern: str, path: PurePosixPath) -> bool:
    """Whether a pattern has a file, or a folder that it is in; one without a slash has its name anywhere."""
    anywhere = "/" not in pattern.rstrip("/") or pattern.startswith("**/")
    wanted = pattern.removeprefix("**/").strip("/")
    places = [path, *path.parents][:-1]
    if pattern.endswith("/"):
        places.remove(path)
    return any(fnmatchcase(one.name if anywhere else one.as_posix(), wanted) for one in places)
