"""What of a transcript is saved, in which form, under which name."""

import enum
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from desktop.chat.entry import Entry
from desktop.chat.reading.export import as_json, as_text
from desktop.chat.reading.har import Handshake, as_har
from servers.disk import write_atomically

_UNFIT = re.compile(r"[^\w.-]+", re.ASCII)
_LONGEST = 100
_SERVER = re.compile(r"(?:[^:/?#]*://)?(?:[^/?#]*@)?([^/?#]*)")


class Format(enum.Enum):
    """How a transcript is written; the value is what file dialogs call it."""

    TEXT = "Text (*.txt)"
    JSON = "JSON (*.json)"
    HAR = "HTTP archive (*.har)"

    @property
    def ending(self) -> str:
        """That of the names of such files, with its dot."""
        return self.value.rpartition("*")[2][:-1]


class Stopped(Exception):
    """Saving was given up; the file is as it was before."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The ``entries`` that are shown of ``total``, and the handshakes of their connections, at least one."""

    entries: list[Entry]
    total: int
    handshakes: tuple[Handshake, ...]

    def write(self, path: Path, form: Format, progress: Callable[[int], None], stopped: Callable[[], bool]) -> None:
        """Write a file, all of it or nothing, in UTF-8; ``progress`` takes the entries so far, on this thread.

        Raises OSError, and Stopped once ``stopped`` says so.
        """
        content = BytesIO()  # a list of the pieces would take a tenth of a second to be freed, which the window feels
        for piece in self._pieces(form, progress, stopped):
            content.write(piece.encode(errors="backslashreplace"))
        write_atomically(path, content.getvalue())

    def _pieces(self, form: Format, progress: Callable[[int], None], stopped: Callable[[], bool]) -> Iterator[str]:
        entries = _watched(self.entries, progress, stopped)
        if form is Format.HAR:
            return as_har(entries, self.handshakes)
        return as_json(entries) if form is Format.JSON else as_text(entries)


def format_of(path: Path, chosen: str) -> Format:
    """The form that the name of a file speaks of, else the ``chosen`` one of a file dialog."""
    by_name = (one for one in Format if one.ending == path.suffix.lower())
    return next(by_name, next((one for one in Format if one.value == chosen), Format.TEXT))


def proposed_name(server: str, day: date) -> str:
    """A file name without its ending: host, port and day."""
    place = _SERVER.match(server.strip())
    host = _UNFIT.sub("-", place[1] if place else "").strip("-.")[:_LONGEST]
    return f"{host or 'transcript'}-{day:%Y-%m-%d}"


def _watched(entries: Iterable[Entry], progress: Callable[[int], None], stopped: Callable[[], bool]) -> Iterator[Entry]:
    for number, entry in enumerate(entries):
        if stopped():
            raise Stopped
        progress(number)
        yield entry
