"""A transcript as text and as JSON, in pieces: one may have 100,000 entries.

Text has a line for each entry as the transcript shows it, and a line for each new day. JSON is an array with an object
for each entry, one a line:

- ``kind`` (a value of EntryKind), ``direction`` (``sent`` or ``received``), ``time`` (UTC, RFC 3339, milliseconds) and
  ``size`` (bytes of the message on the wire, uncompressed) are always there;
- ``text`` is what was said, of bytes their label, and ``data`` the bytes themselves in base64 (RFC 4648, section 4);
- ``sender``, ``to``, ``was``, ``names``, ``id``, ``mine``, ``announced``, ``automatic`` and ``round_trip_ms`` are there
  where the entry has them, with the meaning that they have in ``Entry``.
"""

import base64
import json
from collections.abc import Iterable, Iterator

from desktop.chat.entry import Entry
from desktop.chat.transcript.looks import line_of
from servers.exchange import wall_time

MS = 1_000_000
"""Nanoseconds of a millisecond."""


def as_text(entries: Iterable[Entry]) -> Iterator[str]:
    """Lines for people; what they could be fooled with is escaped, as on the screen."""
    before = None
    for entry in entries:
        day = wall_time(entry.at_ns).astimezone().date()
        if day != before:
            yield f"{day:%A, %Y-%m-%d}\n"
            before = day
        yield f"{line_of(entry)}\n"


def as_json(entries: Iterable[Entry]) -> Iterator[str]:
    """An array of objects."""
    yield "["
    yield from lines(_fields(entry) for entry in entries)
    yield "]\n"


def lines(objects: Iterable[object]) -> Iterator[str]:
    """The elements of a JSON array, one a line."""
    comma = ""
    for one in objects:
        yield f"{comma}\n{json.dumps(one, ensure_ascii=False)}"
        comma = ","
    yield "\n"


def rfc3339(at_ns: int) -> str:
    """The UTC time of a ``perf_counter_ns`` value, with milliseconds."""
    return wall_time(at_ns).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def base64_of(data: bytes) -> str:
    """Bytes in base64."""
    return base64.b64encode(data).decode()


def _fields(entry: Entry) -> dict[str, object]:
    optional: dict[str, object] = {
        "sender": entry.sender,
        "to": entry.to,
        "was": entry.was,
        "names": list(entry.names),
        "mine": entry.mine,
        "automatic": entry.automatic,
        "announced": entry.announced.value if entry.announced else None,
        "data": base64_of(entry.data) if entry.data else None,
    }
    numbers = {
        "id": entry.id,
        "round_trip_ms": None if entry.round_trip_ns is None else round(entry.round_trip_ns / MS, 3),
    }
    return {
        "kind": entry.kind.value,
        "direction": entry.direction.value,
        "time": rfc3339(entry.at_ns),
        "size": entry.size,
        "text": entry.text,
        **{name: value for name, value in optional.items() if value},
        **{name: value for name, value in numbers.items() if value is not None},
    }
