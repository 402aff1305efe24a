"""From an outgoing message as typed to what goes to the wire, byte for byte."""

import asyncio
import stat
from pathlib import Path

from desktop.chat.composing.base64_bytes import base64_bytes
from desktop.chat.composing.json_form import json_tokens
from desktop.chat.outgoing import Form, Outgoing
from desktop.widgets.hex_bytes import typed_bytes
from desktop.widgets.places import where
from servers.logs import visible

LIMIT = 64 * 1024 * 1024
"""Bytes that a message may have."""

AT_ONCE = 20_000
"""Characters that are read at once; longer texts would keep the window from answering."""


def payload_of(message: Outgoing, folder: Path | None = None, *, goes_on: bool = False) -> str | bytes:
    """The message on the wire, with the text of ``message`` taken as it is: variables are filled in before.

    Relative file names start at ``folder``; without one, files need their whole path. What ``goes_on`` to be typed may
    lack the last digit of a byte. Raises ValueError with a sentence; also for more than LIMIT bytes.
    """
    if message.form is Form.FILE:
        return _content(message.text, folder)
    if message.form is Form.HEX:
        return _within(typed_bytes(message.text, goes_on=goes_on))
    if message.form is Form.BASE64:
        return _within(base64_bytes(message.text, goes_on=goes_on))
    _within(_utf8(message.text))
    if message.form is Form.JSON:
        for _ in json_tokens(message.text):
            pass
    return message.text


async def read_payload(message: Outgoing, folder: Path | None = None) -> str | bytes:
    """The same, with files and long texts read off the thread."""
    if needs_time(message):
        return await asyncio.to_thread(payload_of, message, folder)
    return payload_of(message, folder)


def needs_time(message: Outgoing) -> bool:
    """Whether ``payload_of`` takes longer than a window may wait."""
    return message.form is Form.FILE or len(message.text) > AT_ONCE


def check(message: Outgoing, folder: Path | None = None) -> None:
    """Raises ValueError as ``payload_of`` does; a file is only looked at."""
    if message.form is Form.FILE:
        _looked_at(message.text, folder)
    else:
        payload_of(message, folder)


def size_of(message: Outgoing, folder: Path | None = None) -> int:
    """How many bytes the message has so far, while it is typed; a file is only looked at. Raises ValueError, too."""
    if message.form is Form.FILE:
        return _looked_at(message.text, folder)[1]
    content = payload_of(message, folder, goes_on=True)
    return len(content) if isinstance(content, bytes) else len(content.encode())


def _within(data: bytes) -> bytes:
    if len(data) > LIMIT:
        raise ValueError(f"The message has {len(data):,} bytes, more than the {LIMIT:,} that are sent.")
    return data


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        place = where(text, error.start)
        raise ValueError(f"Half of a surrogate pair stands {place}: UTF-8 cannot carry it.") from None


def _content(name: str, folder: Path | None) -> bytes:
    path, _ = _looked_at(name, folder)
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
    except OSError as error:
        raise ValueError(_why(path, error)) from None
    if len(content) > LIMIT:  # it has grown
        raise ValueError(_too_large(path, f"more than {LIMIT:,}"))
    return content


def _looked_at(name: str, folder: Path | None) -> tuple[Path, int]:
    """Where a file is, and its size in bytes."""
    path = _place(name.strip(), folder)
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise ValueError(_why(path, error)) from None
    if stat.S_ISDIR(status.st_mode):
        raise ValueError(f"“{visible(str(path))}” is a folder. A message is made of one file.")
    if not stat.S_ISREG(status.st_mode):
        raise ValueError(f"“{visible(str(path))}” is a device or a pipe, not a file.")
    if status.st_size > LIMIT:
        raise ValueError(_too_large(path, f"{status.st_size:,}"))
    return path, status.st_size


def _place(name: str, folder: Path | None) -> Path:
    if not name:
        raise ValueError("No file is chosen: choose one, drop it here, or type its name.")
    try:
        path = Path(name).expanduser()
    except RuntimeError:
        raise ValueError(f"Nobody knows whose folder “{visible(name)}” starts at.") from None
    if path.is_absolute():
        return path
    if folder is None:
        raise ValueError(f"“{visible(name)}” is not the whole path of a file. It may start with “~”, your own folder.")
    return folder / path


def _too_large(path: Path, size: str) -> str:
    return f"“{visible(path.name)}” has {size} bytes. A message may have {LIMIT:,}."


def _why(path: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"There is no file “{visible(str(path))}”."
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"“{visible(str(path))}” cannot be read: {reason}."
