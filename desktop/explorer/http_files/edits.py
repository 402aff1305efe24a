"""Changes to single lines of a text; every other line stays to the byte."""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from desktop.explorer.http_files.layout import BOM, Row, endings_kept

T = TypeVar("T")


class Edits:
    """Lines by their number before any change, from 0; what is inserted at one place is in the order of the calls."""

    def __init__(self, text: str, newline: str) -> None:
        self._mark = BOM if text.startswith(BOM) else ""
        self._lines = endings_kept(text.removeprefix(BOM))
        self._newline = newline
        self._changed: dict[int, str | None] = {}
        self._inserted: dict[int, list[str]] = {}

    def put(self, at: int, line: str) -> None:
        """Another line, with the ending of the one before."""
        self._changed[at] = line + _ending(self._lines[at])

    def drop(self, start: int, end: int) -> None:
        """Remove lines."""
        self._changed.update(dict.fromkeys(range(start, end)))

    def insert(self, at: int, *lines: str) -> None:
        """Lines in front of another one, ended like the one before."""
        before = _ending(self._lines[at - 1]) if 0 < at <= len(self._lines) else ""
        self._inserted.setdefault(at, []).extend(line + (before or self._newline) for line in lines)

    def text(self) -> str:
        """The text with all changes; a new last line has no end if the old one had none and it is not blank."""
        made: list[str] = []
        for at, line in enumerate(self._lines):
            made += self._inserted.get(at, ())
            kept = self._changed.get(at, line)
            if kept is not None:
                made.append(kept)
        added = self._inserted.get(len(self._lines), [])
        if added and added[-1].strip() and self._lines and not _ending(self._lines[-1]):
            added[-1] = added[-1].rstrip("\r\n")
        made += added
        ended = (line if line.endswith("\n") else line + self._newline for line in made[:-1])
        return self._mark + "".join([*ended, *made[-1:]])

    def rows(self, old: Sequence[Row[T]], new: Sequence[T], at: int, write: Callable[[T, str], str]) -> None:
        """Change, remove, add and move lines so that they say what ``new`` does; ``at`` is where the first ones go.

        ``write`` makes the line of a value, after the pattern of the line it replaces or of an empty one.
        """
        moved = {row.value: row for row in old}
        place = at
        for what, start, end, first, last in SequenceMatcher(
            None, [row.value for row in old], new, False
        ).get_opcodes():
            if what != "equal":
                self._replace(old[start:end], new[first:last], place, moved, write)
            place = old[end - 1].lines[-1] + 1 if end else place

    def _replace(
        self,
        old: Sequence[Row[T]],
        new: Sequence[T],
        place: int,
        moved: dict[T, Row[T]],
        write: Callable[[T, str], str],
    ) -> None:
        for row, value in zip(old, new, strict=False):
            self.put(row.lines[0], self._line(value, row, moved, write))
            self._drop_all(row.lines[1:])
            place = row.lines[-1] + 1
        for row in old[len(new) :]:
            self._drop_all(row.lines)
        for value in new[len(old) :]:
            self.insert(place, self._line(value, moved.get(value), moved, write))

    def _line(self, value: T, near: Row[T] | None, moved: dict[T, Row[T]], write: Callable[[T, str], str]) -> str:
        same = moved.get(value)
        if same is not None and len(same.lines) == 1:
            return self._bare(same.lines[0])
        return write(value, self._bare(near.lines[0]) if near is not None and len(near.lines) == 1 else "")

    def _drop_all(self, lines: Sequence[int]) -> None:
        for line in lines:
            self.drop(line, line + 1)

    def _bare(self, at: int) -> str:
        return self._lines[at].rstrip("\r\n")


def _ending(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
