"""Tests of the list of a run: what it shows and says, and what can be chosen."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.explorer.model.request import Request
from desktop.explorer.runs.run import Result
from desktop.explorer.runs.run_view import RunView
from tests.desktop.explorer.replies import part, reply, result

PARTS = (part("### One\n# It reads.\n# expect 200\nGET {{host}}/x"), part("# @name two\nPUT http://h/y"), part())


@pytest.fixture
def view(qtbot: QtBot) -> RunView:
    shown = RunView()
    qtbot.addWidget(shown)
    shown.resize(420, 500)
    shown.start("Tour", PARTS)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def spoken(view: RunView) -> list[str]:
    """What a screen reader says of the rows."""
    role = Qt.ItemDataRole.AccessibleTextRole
    return [view.rows.index(row).data(role) for row in range(view.rows.rowCount())]


def click(view: RunView, row: int) -> None:
    place = view.list.visualRect(view.rows.index(row)).center()
    QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_run_is_followed_from_its_start(view: RunView) -> None:
    assert spoken(view) == [
        "1  One, GET {{host}}/x, not yet sent",
        "2  two, PUT http://h/y, not yet sent",
        "3  Read it, GET http://h/x, not yet sent",
    ]
    assert view.summary.text() == "0 of 3 requests sent"
    assert view.button.text() == "Cancel"
    view.add(result(200))
    assert view.progress.value() == 1
    view.add(result(418))
    view.add(Result(part(), Request("GET", "http://h/{{no}}"), None, "There is no value."))
    view.finish()
    assert spoken(view) == [
        "1  One, GET /x, 200 OK · 0.0 ms, as expected",
        "2  two, GET /x, 418 I'm a Teapot · 0.0 ms, expected 200",
        "3  Read it, GET http://h/{{no}}, not sent",
    ]
    assert view.summary.text() == "3 requests, 2 not as expected"
    assert not view.progress.isVisible()
    assert view.button.text() == "Run again"


def test_only_what_is_done_can_be_chosen(view: RunView, qtbot: QtBot) -> None:
    chosen: list[int] = []
    view.chosen.connect(chosen.append)
    view.add(result(200))
    view.add(result(404))
    qtbot.waitUntil(lambda: view.rows.rows[1].ready)
    click(view, 2)
    assert chosen == []
    click(view, 1)
    click(view, 0)
    assert chosen == [2, 1]
    view.list.setFocus()
    QTest.keyClick(view.list, Qt.Key.Key_Down)
    assert chosen == [2, 1]
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert chosen == [2, 1, 2]


def test_the_row_in_the_fields_is_marked_and_explained(view: RunView) -> None:
    assert not view.about.isVisible()
    view.add(result(200))
    view.mark(1)
    assert view.about.text() == "It reads."
    assert view.about.isVisible()
    assert [text.endswith("in the fields") for text in spoken(view)] == [True, False, False]
    view.start("Tour", PARTS)
    assert not spoken(view)[0].endswith("in the fields")
    assert not view.about.isVisible()


def test_buttons_ask(view: RunView, qtbot: QtBot) -> None:
    for signal, button in ((view.pressed, view.button), (view.close_wanted, view.close_button)):
        with qtbot.waitSignal(signal):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_everything_has_a_name_and_takes_the_focus(view: RunView) -> None:
    named: list[QWidget] = [view.list, view.close_button, view.progress, view.summary]
    assert all(widget.accessibleName() for widget in named)
    for control in (view.list, view.close_button, view.button):
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert view.rows.rowCount(view.rows.index(0)) == 0
    assert view.rows.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


@pytest.mark.parametrize("scheme", [theme.Scheme.DARK, theme.Scheme.LIGHT])
def test_colours_follow_the_scheme_and_the_outcome(
    view: RunView, qtbot: QtBot, qapp: QApplication, scheme: theme.Scheme
) -> None:
    theme.apply(qapp, scheme)
    colors = theme.colors()

    def color() -> str:
        return view.summary.palette().windowText().color().name()

    qtbot.waitUntil(lambda: color() == colors.changing)
    view.finish()
    assert color() == colors.changing
    for one in (result(200), result(200), result(200)):
        view.add(one)
    qtbot.waitUntil(lambda: color() == colors.running)
    view.start("Tour", PARTS)
    view.add(Result(part(), Request(), reply(0, error="Nothing answers.")))
    assert color() == colors.failed
    view.mark(1)
    assert [view.rows.rows[row].look[0] for row in range(2)] == ["alert-circle", "clock-outline"]
    shot = view.list.grab().toImage()
    bar = view.list.visualRect(view.rows.index(0)).center()
    assert shot.pixelColor(view.list.frameWidth() + 1, bar.y()).name() == colors.accent
