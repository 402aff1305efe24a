"""Finds the file in a folder that a request path means, and lets no path lead out of the folder."""

import mimetypes
import os
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from servers.guard import Refusal

DYNAMIC = ".zzz"
"""How the paths of dynamic pages end; no file can be had by such a path."""

_ABSOLUTE = re.compile(r"\Ahttps?://[^/]*", re.IGNORECASE)
_MISSING = "There is no such file on this server."
# Windows has short names besides, by which hidden files could be had.
_FORBIDDEN = re.compile(r"[\x00\\:]|~[0-9]" if os.name == "nt" else r"[\x00\\:]")
_DEVICE = re.compile(
    r"(con|conin\$|conout\$|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?\Z", re.IGNORECASE | re.DOTALL
)
_TEXT = {"application/javascript", "application/json", "application/xml", "image/svg+xml"}

_types = mimetypes.MimeTypes()
# The system's tables differ: these are what browsers need, the same everywhere (RFC 9239 for JavaScript).
for _suffix, _type in {
    ".css": "text/css",
    ".htm": "text/html",
    ".html": "text/html",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
}.items():
    _types.add_type(_type, _suffix)


class Place(NamedTuple):
    """Where a file or folder is: the real path of the served folder, its own, and the request path that names it."""

    root: Path
    real: Path
    path: str


@lru_cache(maxsize=1024)
def decode_path(raw_target: str) -> str:
    """The path of a request target, percent-decoded once, also of the absolute form (RFC 9112, section 3.2.2).

    Raises Refusal for another form and for bad UTF-8.
    """
    raw_path = _ABSOLUTE.sub("", raw_target.partition("?")[0].partition("#")[0]) or "/"
    if not raw_path.startswith("/"):
        raise Refusal(400, "The request target must be a path that starts with a slash.")
    try:
        return unquote_to_bytes(raw_path).decode("utf-8")
    except UnicodeError:  # of raw bytes, too, should a parser let them through
        raise missing() from None


def find(root: Path, path: str) -> Place:
    """The place in the folder ``root`` that a decoded path names; it is real: links are resolved.

    Raises Refusal 404 for what does not exist, is hidden (a name with a leading dot, but for ``.well-known``), leads
    out of ``root`` by dot segments or links, or has a name that some system reads as something else.
    """
    segments = names_in(path)
    if segments is None:
        raise missing()
    try:
        real_root = root.resolve(strict=True)
        real = real_root.joinpath(*segments).resolve(strict=True)
    except (OSError, RuntimeError):
        raise missing() from None
    if not real.is_relative_to(real_root) or (path.endswith("/") and not real.is_dir()):
        raise missing()
    return Place(real_root, real, path)


def locate(root: Path, path: str) -> Path:
    """The real path of the file or folder in ``root`` that a decoded path names. Raises Refusal 404 as ``find``."""
    return find(root, path).real


def names_in(path: str) -> list[str] | None:
    """The names that a decoded path consists of; None where one is hidden or could mean something else somewhere."""
    names = [name for name in path.split("/") if name]
    return names if all(is_plain(name) for name in names) else None


def missing() -> Refusal:
    """The answer to a request for what is not there, or not for everybody."""
    return Refusal(404, _MISSING)


def not_allowed(method: str, allowed: Sequence[str]) -> Refusal:
    """The answer to a method that the resource does not have; it has those that are ``allowed``."""
    methods = ", ".join(allowed)
    return Refusal(405, f"{method} is not possible here, only {methods}.", {"Allow": methods})


def media_type(path: Path) -> str:
    """The Content-Type for a file by its name, with the charset for text (RFC 9110, section 8.3)."""
    guessed, encoding = _types.guess_type(path.name)
    if guessed is None or encoding is not None:
        return "application/octet-stream"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") or guessed in _TEXT else guessed


def is_inside(descriptor: int, found: Path) -> bool:
    """Whether an opened file still is the one that ``locate`` found, should a link have been put in its way since."""
    try:
        return os.path.samestat(os.fstat(descriptor), found.lstat()) and found.resolve(strict=True) == found
    except (OSError, RuntimeError):
        return False


def is_plain(segment: str) -> bool:
    """Whether a name may be served: not hidden, and a file on every system."""
    if segment.startswith(".") and segment != ".well-known":
        return False
    return not (_FORBIDDEN.search(segment) or _DEVICE.match(segment) or segment.endswith((" ", ".")))
