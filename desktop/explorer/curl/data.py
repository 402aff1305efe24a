"""The data of -d and its kin: joined as curl joins it, or a file that is sent as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from desktop.explorer.curl.ansi import as_bytes
from desktop.explorer.curl.arguments import Told
from desktop.explorer.curl.files import Files

_LITERAL, _ENCODED, _STRIPPED = "data-raw", "data-urlencode", ("data", "data-ascii")
_NOT_KEPT = str.maketrans("", "", "\r\n\0")


@dataclass(frozen=True, slots=True)
class Data:
    """``text`` in which a lone surrogate stands for a byte that is not UTF-8, or the ``path`` of a file."""

    text: str = ""
    path: str = ""


def data_of(told: Sequence[Told], files: Files) -> Data:
    """What is sent of it; one file alone stays a file unless it is sent otherwise than it is."""
    if len(told) == 1 and (path := _whole_file(told[0], files)):
        files.check(path)
        return Data(path=path)
    text, first = "", True
    for name, value in told:
        piece = data_text(name, value, files)
        if piece is None and len(told) == 1:
            return Data(path=files.reference(value[1:]))
        text += ("" if first or name == "json" else "&") + (piece or "")
        first = False
    return Data(text)


def data_text(name: str, value: str, files: Files) -> str | None:
    """The text that one option stands for; None where it is in a file that cannot be read."""
    if name == _ENCODED:
        return encoded(value, files)
    if name == _LITERAL or not value.startswith("@"):
        return value
    text = files.text(value[1:])
    return text.translate(_NOT_KEPT) if text is not None and name in _STRIPPED else text


def encoded(value: str, files: Files) -> str:
    """What --data-urlencode makes of ``content``, ``=content``, ``name=content``, ``@file`` or ``name@file``."""
    at = min((place for place in (value.find("="), value.find("@")) if place >= 0), default=-1)
    if at < 0:
        return _quoted(value)
    name, content = value[:at], value[at + 1 :]
    if value[at] == "@":
        content = files.text(content) or ""
    return f"{name}{'=' if name else ''}{_quoted(content)}"


def _whole_file(told: Told, files: Files) -> str:
    name, value = told
    if name in (*_STRIPPED, _LITERAL, _ENCODED) or not value.startswith("@"):
        return ""
    return files.reference(value[1:])


def _quoted(text: str) -> str:
    return quote(as_bytes(text), safe="").replace("%20", "+")
