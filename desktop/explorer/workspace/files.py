"""Reads and rewrites `.http` files of the user: to the byte, whole or not at all, one change at a time."""

import os
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop.explorer.http_files.disk import bytes_of, read_file
from desktop.explorer.http_files.http_file import HttpFile, parse
from desktop.explorer.http_files.layout import BOM

SUFFIXES = (".http", ".rest")
FOLDER_FILE = "_folder.http"
"""Speaks for its folder and those below; it is not a collection of requests."""

ENVIRONMENTS = ("http-client.env.json", "http-client.private.env.json")

_changing = threading.Lock()


def is_collection(name: str) -> bool:
    """Whether a file of that name holds requests to be listed."""
    return name.lower().endswith(SUFFIXES) and not name.startswith(".") and name != FOLDER_FILE


def write_file(path: Path, content: bytes) -> None:
    """Replace a file, through a symbolic link and with the permissions that it had; a new one gets the usual ones.

    Raises OSError; the old file is whole then. A file that may not be written stays as it is.
    """
    path = path.resolve()
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask()
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(13, "The file may not be written to", str(path))
    descriptor, temporary = tempfile.mkstemp(".new", f".{path.name[:100]}.", path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.chmod(temporary, mode)
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Write a file in UTF-8, as ``write_file`` does."""
    write_file(path, text.encode())


def rewrite(path: Path, change: Callable[[HttpFile], Sequence[str]]) -> HttpFile:
    """Read a file, let ``change`` say the texts of its ``unmarked`` parts anew, and write it where they differ.

    Nothing else in this program changes a file meanwhile. Returns the file as it is now. Raises OSError, CannotWrite
    for a character that the encoding of the file does not have, and whatever ``change`` raises.
    """
    with _changing:
        before = read_file(path)
        mark = BOM if before.text.startswith(BOM) else ""
        text = mark + "".join(joinable(change(unmarked(before)), before.newline))
        if text == before.text:
            return before
        after = replace(before, parts=parse(text).parts)
        write_file(path, bytes_of(after))
        return after


def newline_of(text: str) -> str:
    """How the first line of a text ends."""
    return "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"


def joinable(texts: Sequence[str], newline: str) -> list[str]:
    """The texts of parts, changed only where they would run into one another: each has ``###`` on a line of its own."""
    joined = []
    for number, text in enumerate(texts):
        if number and not text.startswith("###"):
            text = f"###{newline}{text}"
        if number + 1 < len(texts) and text and not text.endswith("\n"):
            text += newline
        joined.append(text)
    return joined


def bare(text: str) -> str:
    """The text of a part without the byte order mark that only the first one of a file can have."""
    return text.removeprefix(BOM)


def unmarked(file: HttpFile) -> HttpFile:
    """The file without its byte order mark, which stays at its top whatever is done with the parts."""
    return replace(file, parts=parse(bare(file.text)).parts) if file.text.startswith(BOM) else file


def spaced(text: str, newline: str) -> str:
    """The text of a part as it may stand anywhere but at the top, with a blank line after it."""
    text = text.removeprefix(BOM).replace("\r\n", "\n").replace("\n", newline)
    if not text.startswith("###"):
        text = f"###{newline}{text}"
    return text.rstrip() + 2 * newline


def _umask() -> int:
    # Python cannot ask without setting; a file made meanwhile by another thread is then only more private.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
