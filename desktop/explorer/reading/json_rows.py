"""Rows of an indented JSON text of any size; every token stays as it was received."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from desktop.explorer.reading.cells import CellRows
from desktop.explorer.reading.characters import coding_of, decode, fold
from desktop.explorer.reading.json_marks import Marks
from desktop.explorer.reading.windows import WIDTH, shown
from desktop.explorer.sending.blob import Blob
from desktop.widgets.json_text import INDENT, MAX_INDENT
from desktop.widgets.rows import Line

_BLANK = r"[ \t\r\n]*+"
_REST = r'[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)'
_STRING = '"' + _REST
_WORD = r'[^ \t\r\n"{}\[\],:]++'
_VALUE = rf"(?P<value>(?P<open>[{{\[])|(?P<close>[}}\]])|{_STRING}|{_WORD}|:)"
_SHUT = rf"(?:(?<=[{{\[]){_BLANK}(?P<shut>[}}\]]))?"
_COMMA = rf"(?:{_BLANK}(?P<comma>,))?"
_ROW = re.compile(rf"{_BLANK}(?:(?P<key>{_STRING}){_BLANK}:{_BLANK})?(?:{_VALUE}{_SHUT})?{_COMMA}", re.DOTALL)
_NAMES = "key", "value", "shut", "comma"


class JsonRows(CellRows):
    """JSON, NDJSON or values one after another, a member or an element a row, as far as ``marks`` reach.

    What is not JSON is shown as well as it goes. ``charset`` must be UTF-8 or have one byte a character.
    """

    def __init__(self, blob: Blob, marks: Marks, charset: str = "utf-8", width: int = WIDTH) -> None:
        super().__init__()
        self._blob = blob
        self._marks = marks
        self._coding = coding_of(charset)
        self._width = width

    @property
    def size(self) -> int:
        """Bytes that can be shown: those that have been scanned."""
        return self._marks.scanned

    def column(self, line: Line, offset: int) -> int:
        """See ``Rows``."""
        data = self._blob.read(line.start, line.end - line.start).decode("latin-1")
        at = max(0, offset - line.start)
        if line.continues or (row := _ROW.match(data)) is None:
            return min(len(self._text(data[:at])), len(line.text))
        text, places = _tokens(row)
        known = bisect_right(places, at, key=_in_cell) - 1
        if known < 0:
            return 0
        indent = len(line.text) - len(line.text.lstrip(" "))
        position, place = places[known]
        return min(indent + len(self._text(text[: position + at - place])), len(line.text))

    def _cell_at(self, offset: int) -> int:
        return self._marks.cell_at(offset)

    def _version(self, cell: int) -> int:
        return self._marks.cell_end(cell)

    def _layout(self, cell: int) -> Sequence[Line]:
        mark, end = self._marks.list[cell], self._marks.cell_end(cell)
        # One character a byte: offsets in the text are offsets in the cell, or one more where a string goes on.
        data = '"' * mark.in_string + self._blob.read(mark.offset, end - mark.offset).decode("latin-1")
        origin, depth = mark.offset - mark.in_string, mark.depth
        lines: list[Line] = []
        for row in _rows(data, mark.offset):
            goes_on = not lines and (mark.in_string or mark.cut)
            depth -= row["close"] is not None
            lead = "" if goes_on else INDENT * min(max(depth, 0), MAX_INDENT)
            if row.end() - row.start() > self._width or (goes_on and mark.in_string):
                lines += self._folded(row, origin, lead, goes_on, mark.in_string and goes_on)
            else:
                lines.append(Line(origin + row.start(), origin + row.end(), lead + self._text(_text(row)), goes_on))
            depth += row["open"] is not None and row["shut"] is None
        if not lines:
            return [Line(mark.offset, end, "", True)]
        lines[0] = lines[0]._replace(start=mark.offset)
        lines[-1] = lines[-1]._replace(end=end)
        return lines

    def _folded(self, row: re.Match[str], origin: int, lead: str, goes_on: bool, quoted: bool) -> Iterator[Line]:
        """The lines of a long row; ``quoted`` where its first character is not part of the text."""
        text, places = _tokens(row)
        start, position = origin + row.start(), int(quoted)
        pieces = list(fold(text[quoted:].encode("latin-1"), self._coding, self._width))
        for number, (piece, length) in enumerate(pieces):
            position += length
            at, place = places[bisect_right(places, position, key=_in_row) - 1]
            end = origin + (row.end() if number == len(pieces) - 1 else place + position - at)
            yield Line(start, end, ("" if number else lead) + shown(piece), goes_on or number > 0)
            start = end

    def _text(self, row: str) -> str:
        if row.isascii() and row.isprintable():
            return row
        return shown(decode(row.encode("latin-1"), self._coding))


def _rows(data: str, offset: int) -> Iterator[re.Match[str]]:
    position = 3 if offset == 0 and data.startswith("\xef\xbb\xbf") else 0  # the byte order mark
    while (found := _ROW.match(data, position)) is not None and found.lastgroup is not None:
        yield found
        position = found.end()


def _text(row: re.Match[str]) -> str:
    """A row with only the blanks that are shown."""
    key, value, shut, comma = row.group(*_NAMES)
    text = f"{value or ''}{shut or ''}{comma or ''}"
    return f"{key}: {text}" if key else text


def _tokens(row: re.Match[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text of a row, and where its tokens start: pairs of an offset in it and one in the cell."""
    text, places = "", []
    for name in _NAMES:
        if token := row[name]:
            places.append((len(text), row.start(name)))
            text += f"{token}: " if name == "key" else token
    return text, places


def _in_row(place: tuple[int, int]) -> int:
    return place[0]


def _in_cell(place: tuple[int, int]) -> int:
    return place[1]
