"""What is selected in a page view: from one place in a row to another, however far apart."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from desktop.widgets.rows import Line, Rows

_ROWS = 100  # asked for at a time while copying


class Place(NamedTuple):
    """Before a character: the offset at which its row starts, and the index in the row's text."""

    row: int = 0
    column: int = 0


class Selection(NamedTuple):
    """From the place where it was begun to the caret, in either direction."""

    anchor: Place = Place()
    caret: Place = Place()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return self.anchor == self.caret

    def moved(self, caret: Place, extend: bool) -> "Selection":
        """With the caret elsewhere."""
        return Selection(self.anchor if extend else caret, caret)

    def columns(self, line: Line) -> tuple[int, int]:
        """The part of a row that is selected, as two indexes in its text."""
        first, last = sorted(self)
        start = first.column if line.start == first.row else 0
        end = last.column if line.start == last.row else len(line.text)
        inside = first.row <= line.start <= last.row
        return (min(start, len(line.text)), min(end, len(line.text))) if inside else (0, 0)

    def goes_on_after(self, line: Line) -> bool:
        """Whether the end of a row is selected as well."""
        first, last = sorted(self)
        return first.row <= line.start < last.row

    def pieces(self, rows: Rows) -> Iterator[str]:
        """The selected text, some rows at a time; lines that are folded are whole. Raises OSError."""
        first, last = sorted(self)
        offset, begun = first.row, False
        while offset <= last.row and (lines := rows.forward(offset, _ROWS)):
            chosen = [line for line in lines if line.start <= last.row]
            parts: list[str] = []
            for line in chosen:
                start, end = self.columns(line)
                parts.append(("\n" if begun and not line.continues else "") + line.text[start:end])
                begun = True
            yield "".join(parts)
            if len(chosen) < len(lines) or lines[-1].end <= offset or lines[-1].end >= rows.size:
                return
            offset = lines[-1].end


def word_at(text: str, column: int) -> tuple[int, int]:
    """Where the word around a column starts and ends; one character where there is no word."""
    for found in re.finditer(r"\w+", text):
        if found.start() <= column <= found.end():
            return found.span()
    return column, min(column + 1, len(text))
