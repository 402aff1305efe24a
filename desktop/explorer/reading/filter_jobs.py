"""The work of the filters, for a child process: parse, select, and cut what was selected out of the source."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from desktop.explorer.reading.json_places import Wanted, after_blanks, locate, normalized
from desktop.explorer.reading.source import Reader, Source

MOST = 10_000
"""At most so many values are shown."""

MOST_BYTES = 32 * 1024 * 1024
"""At most so many bytes of values are shown, and at least one value."""

_PIECE = 256 * 1024
_DIGITS = 4_000  # Python makes no integers of more


class FilterError(Exception):
    """A sentence: the expression is wrong, or the body is not for it."""


class Place(NamedTuple):
    """Where a selected value stands in the body (bytes), and its path; -1 where it has no place."""

    start: int
    end: int
    path: str


Report = Callable[[tuple[bytes, list[Place]]], None]


def select_json(source: Source, path: str, report: Report) -> int:
    """Report the values at a JSONPath, as they are written in the source; how many there are. Raises FilterError."""
    from jsonpath import JSONPathError
    from jsonpath import compile as compile_path

    data = whole(source)
    text = data.decode("utf-8", "surrogateescape")
    try:
        compiled = compile_path(path)
    except (JSONPathError, RecursionError) as error:
        raise FilterError(f"This is not a JSONPath: {_words(error)}.") from None
    showing = Showing(report)
    try:
        for value, start in _values(text):
            wanted = Wanted()
            nodes = [(wanted.add(match.parts), match.parts) for match in showing.counted(compiled.finditer(value))]
            locate(text, start, wanted)
            places = [Place(*node.place, normalized(parts)) for node, parts in nodes]
            for place in in_bytes(text, places, len(data)):
                showing.show(data[place.start : place.end], place)
    except RecursionError:
        raise FilterError("The body is nested too deeply to be filtered.") from None
    except JSONPathError as error:
        raise FilterError(f"The JSONPath cannot be applied: {_words(error)}.") from None
    return showing.end()


def whole(source: Source) -> bytes:
    """All bytes of a source. Raises OSError."""
    with Reader(source) as reader:
        return b"".join(iter(lambda: reader.read(1 << 24), b""))


class Showing:
    """Reports what was selected, in pieces, within the limits; ``count`` goes on beyond them."""

    def __init__(self, report: Report) -> None:
        self.count = 0
        self._report = report
        self._room = MOST_BYTES
        self._piece = bytearray()
        self._places: list[Place] = []

    def counted(self, values: Iterable[Any]) -> Iterator[Any]:
        """Those of the values that may be shown; the rest are only counted."""
        for value in values:
            self.count += 1
            if self.count <= MOST:
                yield value

    def show(self, value: bytes, place: Place) -> None:
        """Report a value, if there is room for it after those before it."""
        if len(value) > self._room and self._room < MOST_BYTES:
            self._room = 0
            return
        self._room -= len(value)
        self._piece += value + b"\n"
        self._places.append(place)
        if len(self._piece) > _PIECE:
            self._flush()

    def end(self) -> int:
        """Report what is left; how many values were selected."""
        self._flush()
        return self.count

    def _flush(self) -> None:
        if self._places:
            self._report((bytes(self._piece), self._places))
            self._piece, self._places = bytearray(), []


def in_bytes(text: str, places: list[Place], size: int) -> list[Place]:
    """Places in characters as places in bytes; text and source have the same length where all of it is ASCII."""
    if len(text) == size:
        return places
    offsets: dict[int, int] = {}
    known = offset = 0
    for position in sorted({at for place in places for at in place[:2]}):
        offset += len(text[known:position].encode("utf-8", "surrogateescape"))
        offsets[position] = offset
        known = position
    return [Place(offsets[place.start], offsets[place.end], place.path) for place in places]


def _values(text: str) -> Iterator[tuple[Any, int]]:
    """The JSON values of a text, which may have several, each with its start."""
    decoder = json.JSONDecoder(strict=False, parse_int=_integer)
    position = after_blanks(text, 1 if text.startswith("\ufeff") else 0)
    if position == len(text):
        raise FilterError("The body is empty.")
    while position < len(text):
        try:
            value, end = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            where = f"line {error.lineno:,}, column {error.colno:,}"
            raise FilterError(f"The body is not JSON, so that no JSONPath applies: see {where}.") from None
        yield value, position
        position = after_blanks(text, end)


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) < _DIGITS else float(digits)


def _words(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")
