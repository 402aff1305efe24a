"""Finds the file in a folder that a request path means, and lets no path lead out of the folder."""

import mimetypes
import os
import re
from pathlib import Path
from urllib.parse import unquote_to_bytes

from servers.guard import Refusal

_ABSOLUTE = re.compile(r"\Ahttps?://[^/]*", re.IGNORECASE)
_MISSING = "There is no such file on this server."
_FORBIDDEN = re.compile(r"[\x00\\:]")
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


def decode_path(raw_target: str) -> str:
    """The path of a request target, percent-decoded once, also of the absolute form (RFC 9112, section 3.2.2).

    Raises Refusal for another form and for bad UTF-8.
    """
    raw_path = _ABSOLUTE.sub("", raw_target.partition("?")[0].partition("#")[0]) or "/"
    if not raw_path.startswith("/"):
        raise Refusal(400, "The request target must be a path that starts with a slash.")
    try:
        return unquote_to_bytes(raw_path).decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(404, _MISSING) from None


def locate(root: Path, path: str) -> Path:
    """The file or folder under ``root`` for a decoded path; the result is real: links are resolved.

    Raises Refusal 404 for what does not exist, is hidden (a name with a leading dot, but for ``.well-known``), leads
    out of ``root`` by dot segments or links, or has a name that some system reads as something else.
    """
    segments = [segment for segment in path.split("/") if segment]
    if not all(_is_plain(segment) for segment in segments):
        raise Refusal(404, _MISSING)
    try:
        real_root = root.resolve(strict=True)
        found = real_root.joinpath(*segments).resolve(strict=True)
    except (OSError, RuntimeError):
        raise Refusal(404, _MISSING) from None
    if not found.is_relative_to(real_root) or (path.endswith("/") and not found.is_dir()):
        raise Refusal(404, _MISSING)
    return found


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


def _is_plain(segment: str) -> bool:
    if segment.startswith(".") and segment != ".well-known":
        return False
    return not (_FORBIDDEN.search(segment) or _DEVICE.match(segment) or segment.endswith((" ", ".")))
