"""The URLs of one operation: expanded, and with the query that other options add."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from desktop.explorer.curl.ansi import as_bytes
from desktop.explorer.curl.arguments import Operation
from desktop.explorer.curl.data import data_of, encoded
from desktop.explorer.curl.files import Files
from desktop.explorer.curl.globs import expanded

_PARTS = re.compile(r"((?:[A-Za-z][A-Za-z0-9+.-]*://)?(?:\{\{[^{}]*\}\}|[^/?#])*)([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
_DOTS = re.compile(r"/\.\.?(?=/|\Z)")
_NOT_UTF8 = re.compile("[\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Destination:
    """A URL, and the file that goes there; empty where there is none."""

    url: str
    upload: str = ""


def destinations(operation: Operation, files: Files) -> Iterator[Destination]:
    """Where the operation leads, in order; each --upload-file belongs to the URL in its place."""
    uploads = [path for _, path in operation.uploads]
    added = "&".join(filter(None, _added(operation, files)))
    for number, (_, url) in enumerate(operation.urls):
        upload = uploads[number] if number < len(uploads) else ""
        for one in [url] if operation.on("globoff") else expanded(url, files.warnings):
            yield Destination(_complete(operation, one, upload, added, files.warnings), upload)


def _added(operation: Operation, files: Files) -> Iterator[str]:
    for _, value in operation.query:
        yield value[1:] if value.startswith("+") else encoded(value, files)
    if operation.on("get") and operation.data:
        data = data_of(operation.data, files)
        if data.path:
            text = files.text(data.path)
            yield text or ""
        yield data.text


def _complete(operation: Operation, url: str, upload: str, added: str, warnings: list[str]) -> str:
    found = _PARTS.fullmatch(url)
    if found is None:
        return url
    before, path, query, fragment = (part or "" for part in found.groups())
    if not operation.on("path-as-is") and _DOTS.search(path):
        path = _without_dots(path)
    if upload and upload not in ("-", ".") and not path.rpartition("/")[2]:
        name = PurePosixPath(upload.replace("\\", "/")).name
        path = f"{path or '/'}{quote(name, safe='')}"
    if added:
        query += "" if query.endswith(("?", "&")) else "&" if query else "?"
        query += _NOT_UTF8.sub(_percent, added)
    path, query = _with_target(operation.texts.get("request-target", ""), path, query, warnings)
    return f"{before}{path}{query}{fragment}"


def _with_target(target: str, path: str, query: str, warnings: list[str]) -> tuple[str, str]:
    if target.startswith("/"):
        path, mark, rest = target.partition("?")
        return path, f"{mark}{rest}"
    if target:
        warnings.append(f"“{target}” cannot be asked for: here a request target begins with a slash.")
    return path, query


def _without_dots(path: str) -> str:
    """The path without its segments ``.`` and ``..`` (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")
    for number, segment in enumerate(segments):
        if segment == ".." and len(kept) > 1:
            kept.pop()
        if segment not in (".", ".."):
            kept.append(segment)
        elif number == len(segments) - 1:
            kept.append("")
    return "/".join(kept)


def _percent(found: re.Match[str]) -> str:
    return quote(as_bytes(found[0]))
