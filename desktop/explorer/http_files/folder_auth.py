"""The auth that a request inherits: from its file, else from the nearest folder that says something."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from desktop.explorer.http_files.auth_words import as_words
from desktop.explorer.http_files.disk import read_file
from desktop.explorer.http_files.edits import Edits
from desktop.explorer.http_files.http_file import HttpFile, parse
from desktop.explorer.http_files.layout import Row, laid_out
from desktop.explorer.http_files.lines import tag_line
from desktop.explorer.http_files.tags import AUTH
from desktop.explorer.model.auth import Auth, Inherit, NoAuth

FOLDER_FILE = "_folder.http"
"""The file that speaks for its folder and those below."""


def inherited(folder: Path, root: Path, file: HttpFile | None) -> Auth:
    """What stands in the place of Inherit: as the file says, else ``folder``, else those above it up to ``root``."""
    said = (auth for auth in _statements(folder, root, file) if not isinstance(auth, Inherit))
    return next(said, NoAuth())


def folder_text(auth: Auth, old_text: str) -> str:
    """The text of a ``_folder.http``, or of any file, that says this for all of its requests; Inherit says nothing."""
    first = next(iter(parse(old_text).parts), None)
    if first is None or first.request is not None:
        start = f"# @{AUTH} {as_words(auth)}\n" if not isinstance(auth, Inherit) else ""
        return parse(old_text).with_inserted(0, start).text if start else old_text
    found = laid_out(first.text)
    edits = Edits(first.text, parse(old_text).newline)
    rows = [Row(value, lines) for (name, value), lines in found.tags if name == AUTH]
    words = () if isinstance(auth, Inherit) else (as_words(auth),)
    at = 1 if found.title is not None else 0
    edits.rows(rows, words, at, partial(tag_line, AUTH))
    return edits.text() + old_text[len(first.text) :]


def _statements(folder: Path, root: Path, file: HttpFile | None) -> Iterator[Auth]:
    if file is not None:
        yield file.auth
    for one in (folder, *folder.parents):
        yield _of_folder(one)
        if one == root or not one.is_relative_to(root):
            return


def _of_folder(folder: Path) -> Auth:
    try:
        return read_file(folder / FOLDER_FILE).auth
    except OSError:
        return Inherit()
