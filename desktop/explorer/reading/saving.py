"""Saves a body of any size into a file, and proposes the file's name."""

import mimetypes
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from desktop.explorer.reading.content import media_type_of
from desktop.explorer.sending.blob import Blob
from servers.exchange import Headers, header

_PIECE = 1024 * 1024
_LENGTH = 120
_BYTES = 245  # the name of a file can have 255 on most systems
_EXTENDED = re.compile(r"""filename\*\s*=\s*([\w-]+)'[^']*'([^\s;]+)""", re.IGNORECASE)
_PLAIN = re.compile(r"""filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))""", re.IGNORECASE)
_UNFIT = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]'
)
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


class Stopped(Exception):
    """Saving was given up; the file is as it was before."""


def save(blob: Blob, path: Path, progress: Callable[[int], None], stopped: Callable[[], bool]) -> None:
    """Write a body in place of a file, all of it or nothing; ``progress`` takes the bytes so far, on this thread.

    Raises OSError, and Stopped once ``stopped`` says so.
    """
    handle, name = tempfile.mkstemp(prefix=".portside-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            for start in range(0, blob.size, _PIECE):
                if stopped():
                    raise Stopped
                file.write(blob.read(start, _PIECE))
                progress(min(start + _PIECE, blob.size))
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode_of(path))
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def proposed_name(headers: Headers, target: str, content_type: str) -> str:
    """A file name without any folder: by Content-Disposition (RFC 6266), else by the path of the request."""
    if said := cleaned(_disposition(header(headers, "Content-Disposition") or "")):
        return said
    name = cleaned(unquote(target.partition("?")[0].rpartition("/")[2])) or "response"
    if "." in name:
        return name
    return name + (mimetypes.guess_extension(media_type_of(content_type)) or "")


def cleaned(name: str) -> str:
    """A name that every system takes: without folders, control characters and reserved words; perhaps empty."""
    last = re.split(r"[/\\]", name)[-1]
    fit = _UNFIT.sub("_", last).strip(" .")
    if len(fit) > _LENGTH or len(fit.encode()) > _BYTES:
        stem, dot, ending = fit.rpartition(".")
        fit = f"{_start(stem, _LENGTH - 20)}{dot}{ending[:15]}" if stem else _start(fit, _LENGTH)
        fit = fit.strip(" .")
    return f"_{fit}" if _DEVICES.match(fit) else fit


def _start(text: str, length: int) -> str:
    """At most so many characters, that leave room in a name of _BYTES bytes for an ending."""
    return text[:length].encode()[: _BYTES - 65].decode(errors="ignore")


def _disposition(value: str) -> str:
    if match := _EXTENDED.search(value):
        try:
            return unquote_to_bytes(match[2]).decode(match[1], "replace")
        except LookupError:
            pass
    match = _PLAIN.search(value)
    if match is None:
        return ""
    return re.sub(r"\\(.)", r"\1", match[1]) if match[1] is not None else match[2]


def _mode_of(path: Path) -> int:
    """The permissions of the file that is replaced, else those of a new file."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
