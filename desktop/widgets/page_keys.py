"""What the keys do in a page view: move the caret, extend the selection, copy."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.widgets.page_selection import Place, Selection
from desktop.widgets.rows import Line, Rows

_Key = QKeySequence.StandardKey


class Page(Protocol):
    """What the keys need of the view."""

    def selection(self) -> Selection: ...

    def read(self, ask: Callable[[Rows], list[Line]]) -> list[Line]: ...

    def page_rows(self) -> int: ...

    def move_caret(self, to: Place, extend: bool) -> None: ...

    def copy(self) -> None: ...

    def select_all(self) -> None: ...


def press(page: Page, event: QKeyEvent) -> bool:
    """Do what a key stands for; False for a key that means nothing here."""
    if event.matches(_Key.Copy):
        page.copy()
    elif event.matches(_Key.SelectAll):
        page.select_all()
    else:
        return _move(page, event)
    return True


def _move(page: Page, event: QKeyEvent) -> bool:
    for moving, extending, find in _MOVES:
        extend = event.matches(extending)
        if extend or event.matches(moving):
            place = find(page)
            if place is not None:
                page.move_caret(place, extend)
            return True
    return False


def _row(page: Page) -> Line | None:
    caret = page.selection().caret
    return next(iter(page.read(lambda rows: rows.forward(caret.row, 1))), None)


def _rows_away(page: Page, count: int) -> Place | None:
    row, column = _row(page), page.selection().caret.column
    if row is None:
        return None
    if count < 0:
        lines = page.read(lambda rows: rows.backward(row.start, -count))
        target = lines[0] if lines else row
    else:
        target = page.read(lambda rows: rows.forward(row.start, count + 1))[-1]
    return Place(target.start, min(column, len(target.text)))


def _left(page: Page) -> Place | None:
    caret = page.selection().caret
    if caret.column > 0:
        return Place(caret.row, caret.column - 1)
    lines = page.read(lambda rows: rows.backward(caret.row, 1))
    return Place(lines[0].start, len(lines[0].text)) if lines else None


def _right(page: Page) -> Place | None:
    caret, row = page.selection().caret, _row(page)
    if row is not None and caret.column < len(row.text):
        return Place(caret.row, caret.column + 1)
    lines = page.read(lambda rows: rows.forward(caret.row, 2))
    return Place(lines[1].start, 0) if len(lines) > 1 else None


def _line_end(page: Page) -> Place | None:
    row = _row(page)
    return Place(row.start, len(row.text)) if row else None


def _end(page: Page) -> Place | None:
    lines = page.read(lambda rows: rows.backward(rows.size, 1))
    return Place(lines[0].start, len(lines[0].text)) if lines else None


_MOVES: tuple[tuple[_Key, _Key, Callable[[Page], Place | None]], ...] = (
    (_Key.MoveToNextLine, _Key.SelectNextLine, lambda page: _rows_away(page, 1)),
    (_Key.MoveToPreviousLine, _Key.SelectPreviousLine, lambda page: _rows_away(page, -1)),
    (_Key.MoveToNextPage, _Key.SelectNextPage, lambda page: _rows_away(page, page.page_rows())),
    (_Key.MoveToPreviousPage, _Key.SelectPreviousPage, lambda page: _rows_away(page, -page.page_rows())),
    (_Key.MoveToNextChar, _Key.SelectNextChar, _right),
    (_Key.MoveToPreviousChar, _Key.SelectPreviousChar, _left),
    (_Key.MoveToStartOfLine, _Key.SelectStartOfLine, lambda page: Place(page.selection().caret.row, 0)),
    (_Key.MoveToEndOfLine, _Key.SelectEndOfLine, _line_end),
    (_Key.MoveToStartOfDocument, _Key.SelectStartOfDocument, lambda _: Place(0, 0)),
    (_Key.MoveToEndOfDocument, _Key.SelectEndOfDocument, _end),
)
