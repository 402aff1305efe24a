"""Decides which file a path stands for: the file itself, a folder's start page, or that of an app."""

import os
from pathlib import Path, PurePosixPath

from servers.guard import Refusal
from servers.http.files.codings import weights
from servers.http.site import Place, find, missing, names_in

INDEX = "index.html"


class FolderFound(Exception):
    """The path names a folder without a start page: its real path and the request path, which ends with a slash."""

    def __init__(self, real: Path, path: str) -> None:
        super().__init__(path)
        self.real = real
        self.path = path


class SlashWanted(Exception):
    """The path names a folder, but does not end with the slash that its links need."""


def look_up(root: Path, path: str) -> Place:
    """The file in the folder ``root`` that a decoded path stands for.

    Raises Refusal 404, FolderFound for a folder without ``index.html``, SlashWanted.
    """
    place = find(root, path)
    if not place.real.is_dir():
        return place
    if not path.endswith("/"):
        raise SlashWanted
    if not os.path.lexists(place.real / INDEX):
        raise FolderFound(place.real, path)
    start = find(root, path + INDEX)
    if start.real.is_dir():
        raise missing()
    return start


def is_for_app(path: str, accept: str | None) -> bool:
    """Whether a path without a file may be a view of a single-page app: no file name, and asked for as a page."""
    names = names_in(path)
    if not names or PurePosixPath(names[-1]).suffix:
        return False
    wanted = weights(accept) if accept is not None else {"*/*": 1.0}
    return wanted.get("text/html", wanted.get("text/*", wanted.get("*/*", 0.0))) > 0


def special_file(root: Path, path: str) -> Place | None:
    """A file in the folder ``root`` that nobody has asked for, if it is there and may be served."""
    try:
        place = find(root, path)
    except Refusal:
        return None
    return place if place.real.is_file() else None
