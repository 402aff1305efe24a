"""Looks at a folder that is to be served: whether it can be, how much of the computer it is, and its pages."""

import os
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from servers.guard import Refusal

MOST_PAGES = 12
_MOST_NAMES = 5_000
"""How many names are looked at, in a folder of any size."""

_INDEX = "index.html"
_ENDINGS = (".html", ".htm", ".xhtml")
_FORBIDDEN = "Portside may not read this folder. Allow it, or choose another."
_FAULTS: dict[type[Exception], str] = {
    FileNotFoundError: "This folder is not there any more. Until it is back, every request is answered with 404.",
    NotADirectoryError: "This is a file now, no folder. Choose a folder.",
    PermissionError: _FORBIDDEN,
}


class Look(NamedTuple):
    """``fault`` is why nothing can be served; ``exposed`` what is served besides a site, as a part of a sentence.

    ``pages`` are names of HTML files at its top, besides the ``index.html`` that it may have.
    """

    fault: str = ""
    exposed: str = ""
    has_index: bool = False
    pages: tuple[str, ...] = ()


def look_at(folder: Path) -> Look:
    """What there is to know about a folder. May take long where it is far away."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in islice(entries, _MOST_NAMES)]
    except (OSError, ValueError) as error:
        return Look(_FAULTS.get(type(error)) or f"This folder cannot be read: {error}.")
    if not os.access(folder, os.X_OK):
        return Look(_FORBIDDEN)
    pages = (name for name in sorted(names, key=str.casefold) if name.lower().endswith(_ENDINGS) and name != _INDEX)
    served = tuple(islice((name for name in pages if _is_served(folder, name)), MOST_PAGES))
    return Look("", _exposed(folder.resolve()), _is_served(folder, _INDEX), served)


def is_no_folder(path: Path) -> bool:
    """Whether something is there that is not a folder."""
    return os.path.exists(path) and not os.path.isdir(path)


def _is_served(folder: Path, name: str) -> bool:
    from servers.http.site import find  # it reads the system's table of media types: not while the window opens

    try:
        return find(folder, f"/{name}").real.is_file()
    except (Refusal, OSError):
        return False


def _exposed(real: Path) -> str:
    if real == real.parent:
        return "every file on this computer that you may read and that is not hidden: this is the file system’s root"
    try:
        home = Path.home().resolve()
    except (OSError, RuntimeError):
        return ""
    return "everything in your home folder that is not hidden" if real in (home, *home.parents) else ""
