"""A window with one request: its name, its keys, and what is asked before it closes."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import Run
from tests.desktop.explorer.pages import KEY, until
from tests.desktop.explorer.tabs.stage import TWO, stage, type_in

CONTROL = Qt.KeyboardModifier.ControlModifier


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key, CONTROL)


def test_the_keys_work_and_the_name_tells_of_changes(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            one.desk.show_origin(one.place(0))
            (window,) = one.desk.windows.open
            await until(window.isActiveWindow)
            assert window.windowTitle() == "One – Portside"
            url = window.tab.pane.line.url
            type_in(window.tab, "/x")
            await until(lambda: window.windowTitle() == "• One – Portside")
            window.tab.pane.setFocus()
            press(window, KEY.Key_L)
            assert url.hasFocus()
            press(url, KEY.Key_S)
            await window.tab.upkeep.ended()
            assert "http://h/1/x" in one.text()
            press(url, KEY.Key_W)
            assert one.desk.windows.open == []

    run(scenario())


def test_closing_asks_and_editing_can_go_on(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            one.desk.show_origin(one.place(0))
            (window,) = one.desk.windows.open
            type_in(window.tab, "/x")
            window.close()
            QTest.keyClick(one.question(), KEY.Key_Escape)
            assert window.isVisible()
            await until(lambda: not window.isModal())

    run(scenario())


def test_discard_closes_and_drops_the_draft(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            one.desk.show_origin(one.place(0))
            (window,) = one.desk.windows.open
            type_in(window.tab, "/typed")
            await until(lambda: "/typed" in one.kept())
            window.close()
            one.question().discard.click()
            assert one.desk.windows.open == []
            await until(lambda: "/typed" not in one.kept())
            assert one.text() == TWO

    run(scenario())


def test_save_closes_when_it_has_gone_well(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            one.desk.show_origin(one.place(0))
            (window,) = one.desk.windows.open
            type_in(window.tab, "/x")
            window.close()
            one.question().save.click()
            await until(lambda: not one.desk.windows.open)
            assert "http://h/1/x" in one.text()

    run(scenario())
