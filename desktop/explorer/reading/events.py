"""Server-sent events: from the bytes of a stream, as they come, to its events (HTML standard, section 9.2)."""

import codecs
import re
from dataclasses import dataclass
from typing import NamedTuple

DATA_CAP = 256 * 1024
"""An event keeps at most this many characters of its data."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_OVERHEAD = 200


class Event(NamedTuple):
    """One event, numbered from 1. ``at_ns`` is when its end arrived (``perf_counter_ns``), 0 where nobody watched."""

    number: int
    at_ns: int
    name: str
    id: str
    data: str

    @property
    def weight(self) -> int:
        """About how many bytes of memory it takes."""
        return _OVERHEAD + 2 * (len(self.name) + len(self.id) + len(self.data))


@dataclass(slots=True)
class _Open:
    """The event whose lines are coming in."""

    name: str = ""
    data: list[str] | None = None
    size: int = 0


class EventReader:
    """Takes a stream piece by piece. ``retry`` is the reconnection time in ms that the server asked for, if it did."""

    def __init__(self) -> None:
        self.retry: int | None = None
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._rest: list[str] = []
        self._kept = 0
        self._after_cr = False
        self._last_id = ""
        self._count = 0
        self._open = _Open()

    def feed(self, data: bytes, at_ns: int = 0) -> list[Event]:
        """The events that this piece completes."""
        text = self._decoder.decode(data)
        if self._after_cr and text:
            text = text.removeprefix("\n")
            self._after_cr = False
        lines = _LINE_END.split(text)
        if len(lines) == 1:
            self._keep(text)
            return []
        self._after_cr = text.endswith("\r")
        lines[0] = "".join(self._rest) + lines[0]
        rest = lines.pop()
        self._rest, self._kept = [], 0
        self._keep(rest)
        return [event for line in lines if (event := self._take(line, at_ns))]

    def _keep(self, text: str) -> None:
        """Keep the beginning of a line that goes on, as far as it will be shown."""
        self._rest.append(text[: max(DATA_CAP + 100 - self._kept, 0)])
        self._kept += len(self._rest[-1])

    def _take(self, line: str, at_ns: int) -> Event | None:
        if not line:
            return self._close(at_ns)
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "data":
            self._add(value)
        elif field == "event":
            self._open.name = value
        elif field == "id" and "\0" not in value:
            self._last_id = value
        elif field == "retry" and value.isascii() and value.isdigit():
            self.retry = int(value[:12])
        return None

    def _add(self, value: str) -> None:
        one = self._open
        room = max(DATA_CAP - one.size, 0)
        if one.data is None:
            one.data = []
        if room:
            one.data.append(value[:room])
        one.size += len(value) + 1

    def _close(self, at_ns: int) -> Event | None:
        """The event that a blank line ends; one without data does not count."""
        done, self._open = self._open, _Open()
        if done.data is None:
            return None
        self._count += 1
        return Event(self._count, at_ns, done.name or "message", self._last_id, "\n".join(done.data))
