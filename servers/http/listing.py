"""The page that lists what is in a folder, sorted as its reader wants."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from urllib.parse import quote

from servers.http.pages import page
from servers.http.site import is_plain
from servers.logs import visible

MOST = 10_000
"""Entries that are shown."""

# What may be replaced comes before the files: the server reads a form as it arrives.
_FORM = """<form class="panel" method="post" enctype="multipart/form-data" action="./" aria-labelledby="add">
<h2 id="add">Add files to this folder</h2>
<label class="check"><input type="checkbox" name="overwrite"> Replace files of the same name</label>
<input type="file" name="file" multiple required aria-label="Files to add">
<button>Upload</button>
</form>
"""
_UNITS = ("bytes", "kB", "MB", "GB", "TB")
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """What is in a folder; ``size`` in bytes, ``changed`` in seconds since 1970 (UTC)."""

    name: str
    is_folder: bool
    size: int
    changed: float


_KEYS: dict[str, Callable[[Entry], float]] = {
    "name": lambda entry: not entry.is_folder,
    "size": lambda entry: entry.size,
    "changed": lambda entry: entry.changed,
}
SORTS = (*_KEYS, *(f"-{key}" for key in _KEYS))
"""What ``sort`` may be: by what, and with a minus downwards."""


def listing_page(root: Path, folder: Path, path: str, sort: str, *, uploads: bool = False) -> str:
    """The page for a folder below ``root``, named by the decoded ``path``; takes a while where it has many files.

    What the server would not serve is not listed: hidden files, pipes and the like, links to nowhere and out of
    ``root``. With ``uploads`` it has a form to add files. Raises OSError.
    """
    sort = sort if sort in SORTS else "name"
    entries = _entries(root.resolve(strict=True), folder)
    _order(entries, _KEYS[sort.removeprefix("-")], is_reverse=sort.startswith("-"))
    up = '<p><a href="../">Up to the parent folder</a></p>\n' if path != "/" else ""
    content = _table(entries, sort) if entries else '<p class="panel">This folder is empty.</p>'
    return page(f"Folder {visible(path)}", f"{up}{_FORM if uploads else ''}{content}\n")


def _order(entries: list[Entry], key: Callable[[Entry], float], *, is_reverse: bool) -> None:
    """Sort by a key, and by name where it is the same.

    No other thread runs while Python sorts: twice by one value each takes a fifth of the time of once by both.
    """
    entries.sort(key=_name, reverse=is_reverse)
    entries.sort(key=key, reverse=is_reverse)


def _name(entry: Entry) -> str:
    return f"{entry.name.casefold()}\0{entry.name}"


def _table(entries: list[Entry], sort: str) -> str:
    rows = "\n".join(map(_row, entries[:MOST]))
    table = f"<table>\n<thead><tr>{_heads(sort)}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    return f'<p class="quiet">{_count_text(entries)}</p>\n{table}'


def _count_text(entries: list[Entry]) -> str:
    folders = sum(entry.is_folder for entry in entries)
    counts = ((folders, "folder"), (len(entries) - folders, "file"))
    text = ", ".join(f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in counts if count)
    return f"{text}; {len(entries) - MOST:,} more are not shown." if len(entries) > MOST else text


def _entries(root: Path, folder: Path) -> list[Entry]:
    with os.scandir(folder) as names:
        return [entry for one in names if (entry := _entry(one, root)) is not None]


def _entry(one: "os.DirEntry[str]", root: Path) -> Entry | None:
    if not is_plain(one.name) or not _is_utf8(one.name):
        return None
    try:
        if one.is_symlink() and not Path(one.path).resolve(strict=True).is_relative_to(root):
            return None
        about = one.stat()
    except (OSError, RuntimeError):
        return None
    is_folder = S_ISDIR(about.st_mode)
    if not (is_folder or S_ISREG(about.st_mode)):
        return None
    return Entry(one.name, is_folder, 0 if is_folder else about.st_size, about.st_mtime)


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:  # bytes that are no UTF-8, which no request path can name here
        return False
    return True


def _heads(sort: str) -> str:
    return "".join(_head(key, sort) for key in _KEYS)


def _head(key: str, sort: str) -> str:
    """The head of a column, which sorts by it, or the other way round."""
    order = {key: "ascending", f"-{key}": "descending"}.get(sort)
    mark = f' <span aria-hidden="true">{"▲" if order == "ascending" else "▼"}</span>' if order else ""
    said = f' aria-sort="{order}"' if order else ""
    other = f"-{key}" if sort == key else key
    return f'<th scope="col"{said}><a href="?sort={other}">{key.capitalize()}</a>{mark}</th>'


def _row(entry: Entry) -> str:
    slash, kind = ("/", "") if entry.is_folder else ("", ' class="file"')
    link = f'<a href="./{quote(entry.name, safe="")}{slash}"{kind}>{escape(visible(entry.name))}{slash}</a>'
    size = "" if entry.is_folder else _size_text(entry.size)
    changed = time.strftime("%Y-%m-%d %H:%M", time.localtime(entry.changed))
    return f"<tr><td>{link}</td><td>{size}</td><td>{changed}</td></tr>"


def _size_text(size: int) -> str:
    number, unit = float(size), 0
    while number >= _THOUSAND and unit < len(_UNITS) - 1:
        number, unit = number / _THOUSAND, unit + 1
    return f"{size:,} bytes" if unit == 0 else f"{number:,.1f} {_UNITS[unit]}"
