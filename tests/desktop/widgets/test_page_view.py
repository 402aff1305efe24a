"""Tests of the page view, over rows of a made-up source that counts what it is asked for."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets import page_copier
from desktop.widgets.page_selection import Place, Selection, word_at
from desktop.widgets.page_view import PageView
from desktop.widgets.rows import Line

ROW = 10


class Numbers:
    """Rows of ten bytes, "row 0", "row 1", ...; every third one continues the one before."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.broken = False

    @property
    def size(self) -> int:
        return self.count * ROW

    def forward(self, offset: int, count: int) -> list[Line]:
        first = max(0, min(offset, self.size - 1)) // ROW
        return self._rows(first, min(self.count, first + count))

    def backward(self, offset: int, count: int) -> list[Line]:
        last = min(offset, self.size) // ROW
        return self._rows(max(0, last - count), last)

    def column(self, line: Line, offset: int) -> int:
        return max(0, min(offset - line.start, len(line.text)))

    def _rows(self, first: int, last: int) -> list[Line]:
        if self.broken:
            raise OSError(5, "no such disk")
        numbers = range(first, last)
        return [Line(number * ROW, number * ROW + ROW, f"row {number}", number % 3 == 2) for number in numbers]


@pytest.fixture
def view(qtbot: QtBot) -> PageView:
    """A view on the screen, with the focus."""
    view = PageView()
    qtbot.addWidget(view)
    view.setAccessibleName("Numbers")
    view.resize(500, 300)
    view.show()
    qtbot.waitExposed(view)
    view.setFocus()
    return view


def first(view: PageView) -> str:
    return view.lines()[0].text


def copied(qtbot: QtBot, view: PageView) -> str:
    with qtbot.waitSignal(view.copied):
        view.copy()
    return QGuiApplication.clipboard().text()


@pytest.mark.parametrize("count", [1_000, 1_000_000_000])
def test_any_place_of_any_size_is_reached(view: PageView, count: int) -> None:
    view.show_rows(Numbers(count))
    assert first(view) == "row 0"
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert view.lines()[-1].text == f"row {count - 1}"
    bar.setValue(bar.maximum() // 2)
    assert abs(int(first(view)[4:]) - count // 2) < count // 50
    view.go_to(count * ROW - 1)
    assert view.lines()[-1].text == f"row {count - 1}"


def test_steps_are_rows_at_every_size(view: PageView) -> None:
    view.show_rows(Numbers(1_000_000_000))
    bar = view.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderSingleStepAdd)
    assert first(view) == "row 1"
    bar.triggerAction(bar.SliderAction.SliderPageStepAdd)
    assert first(view) == f"row {1 + view.page_rows()}"
    bar.triggerAction(bar.SliderAction.SliderPageStepSub)
    bar.triggerAction(bar.SliderAction.SliderSingleStepSub)
    assert first(view) == "row 0"


def test_the_wheel_moves_three_rows(view: PageView) -> None:
    view.show_rows(Numbers(500))
    for turn, expected in ((-120, "row 3"), (-120, "row 6"), (120, "row 3"), (-15, "row 4")):
        nothing, none = QPoint(), Qt.MouseButton.NoButton
        event = QWheelEvent(
            QPointF(9, 9), QPointF(9, 9), nothing, QPoint(0, turn), none, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view.viewport(), event)
        assert first(view) == expected


def test_keys_move_the_caret_and_keep_it_in_view(qtbot: QtBot, view: PageView) -> None:
    view.show_rows(Numbers(500))
    key, control = Qt.Key, Qt.KeyboardModifier.ControlModifier
    steps = [
        (key.Key_Down, None, Place(10, 0)),
        (key.Key_End, None, Place(10, 5)),
        (key.Key_Right, None, Place(20, 0)),
        (key.Key_Left, None, Place(10, 5)),
        (key.Key_Home, None, Place(10, 0)),
        (key.Key_PageDown, None, Place(10 + view.page_rows() * ROW, 0)),
        (key.Key_PageUp, None, Place(10, 0)),
        (key.Key_Up, None, Place(0, 0)),
        (key.Key_Up, None, Place(0, 0)),
        (key.Key_Left, None, Place(0, 0)),
        (key.Key_End, control, Place(4990, 7)),
        (key.Key_Right, None, Place(4990, 7)),
        (key.Key_Home, control, Place(0, 0)),
    ]
    for pressed, modifier, place in steps:
        QTest.keyClick(view, pressed, modifier or Qt.KeyboardModifier.NoModifier)
        assert view.selection() == Selection(place, place)
        assert view.index_of(place.row) is not None


def test_shift_selects_and_copies_with_folded_lines_whole(qtbot: QtBot, view: PageView) -> None:
    view.show_rows(Numbers(500))
    QTest.keyClick(view, Qt.Key.Key_Right)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert copied(qtbot, view) == "ow 0\nrow 1row 2\nr"


def test_all_is_copied(qtbot: QtBot, view: PageView) -> None:
    view.show_rows(Numbers(1_000))
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(view.copied):
        QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("row 0\nrow 1row 2\nrow 3\n")
    assert text.endswith("row 997row 998\nrow 999")


def test_what_is_too_much_to_copy_is_said(qtbot: QtBot, view: PageView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_copier, "COPIED", 100)
    view.show_rows(Numbers(1_000))
    with qtbot.waitSignal(view.fault):
        view.select_all()
    assert copied(qtbot, view).endswith("row 9")
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(view.fault):
        view.copy()


def test_the_mouse_selects(qtbot: QtBot, view: PageView) -> None:
    view.show_rows(Numbers(500))
    height = view.painting.row_height

    def at(row: int, column: int) -> QPoint:
        return QPoint(view.painting.gutter + 8 + int(view.painting.x_of(row, column)), row * height + height // 2)

    port, left = view.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseClick(port, left, pos=at(1, 2))
    QTest.mouseClick(port, left, Qt.KeyboardModifier.ShiftModifier, at(3, 4))
    assert view.selection() == Selection(Place(10, 2), Place(30, 4))
    QTest.mouseDClick(port, left, pos=at(2, 1))
    assert copied(qtbot, view) == "row"


def test_selecting_beyond_the_edge_scrolls(qtbot: QtBot, view: PageView) -> None:
    view.show_rows(Numbers(500))
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(200, 5))
    drag(port, QPointF(200, port.height() + 50))
    qtbot.waitUntil(lambda: view.top >= 50)
    drag(port, QPointF(200, -40))
    qtbot.waitUntil(lambda: view.top == 0)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(200, 5))
    assert view.selection() == Selection(view.selection().anchor, Place(0, 0))


def drag(port: QWidget, to: QPointF) -> None:
    """Move the mouse with its button held."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(port, QMouseEvent(QEvent.Type.MouseMove, to, port.mapToGlobal(to), left, left, none))


def test_a_found_place_is_brought_into_view(view: PageView) -> None:
    view.show_rows(Numbers(100_000))
    view.mark(500_003, 500_005)
    assert view.index_of(500_000) is not None
    assert view.selection().caret == Place(500_000, 3)
    place = view.grab().toImage()
    view.mark(0, 0)
    assert view.grab().toImage() != place


def test_what_grows_is_followed_only_at_its_end(qtbot: QtBot, view: PageView) -> None:
    rows = Numbers(3)
    view.show_rows(rows)
    for count in (200, 300, 400):
        rows.count = count
        view.refresh(follow=True)
    qtbot.waitUntil(lambda: view.lines()[-1].text == "row 399")
    view.verticalScrollBar().setValue(0)
    rows.count = 500
    view.refresh(follow=True)
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 4_000)
    assert first(view) == "row 0"


def test_a_source_that_breaks_is_told_not_raised(qtbot: QtBot, view: PageView) -> None:
    rows = Numbers(500)
    view.show_rows(rows)
    rows.broken = True
    with qtbot.waitSignal(view.fault) as told:
        view.go_to(4_000)
    assert told.args == ["The text cannot be read: no such disk."]
    assert view.lines() == []


def test_nothing_to_show(qtbot: QtBot, view: PageView) -> None:
    view.set_placeholder("The response has no body.")
    for rows in (Numbers(0), None):
        view.show_rows(rows)
        view.grab()
        for key in (Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_End, Qt.Key.Key_Right):
            QTest.keyClick(view, key)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton)
        view.select_all()
        view.copy()
        view.mark(0, 5)
    assert view.lines() == []


def test_those_who_cannot_see_it_are_told_the_row(qtbot: QtBot, view: PageView) -> None:
    view.show_rows(Numbers(50))
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.accessibleDescription() == "row 1"


@pytest.mark.parametrize(("column", "word"), [(0, "ab"), (2, "ab"), (3, '"'), (5, "ü_1"), (8, "ü_1")])
def test_words(column: int, word: str) -> None:
    text = 'ab ""ü_1'
    start, end = word_at(text, column)
    assert text[start:end] == word
