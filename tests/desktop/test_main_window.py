"""The main window: pages by mouse and key, chips that start and stop, closing that only asks."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.main_window import CHAT, EXPLORER, SERVERS, MainWindow, ServerChip
from desktop.server_panels.control import ServerControl


@pytest.fixture
def window(qtbot: QtBot, controls: tuple[ServerControl, ...]) -> MainWindow:
    window = MainWindow((QLabel("servers"), QLabel("explorer"), QLabel("chat")), controls)
    window.add_menus({"&File": [QAction("Quit", window)]}, "light")
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def shown(window: MainWindow) -> str:
    return next(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_pages_by_rail(window: MainWindow) -> None:
    buttons = {button.text(): button for button in window.findChildren(QToolButton)}
    for title in ("Explorer", "Chat", "Servers"):
        QTest.mouseClick(buttons[title], Qt.MouseButton.LeftButton)
        assert shown(window) == title.lower()
        assert buttons[title].isChecked()


def test_pages_by_key(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for key, page in ((Qt.Key.Key_3, "chat"), (Qt.Key.Key_1, "servers"), (Qt.Key.Key_2, "explorer")):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert shown(window) == page


def test_closing_only_asks(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.exit_requested):
        window.close()
    assert window.isVisible()


def test_the_page_comes_back(window: MainWindow, tmp_path: Path) -> None:
    store = QSettings(str(tmp_path / "windows.ini"), QSettings.Format.IniFormat)
    window.show_page(CHAT)
    window.save_state(store)
    window.show_page(EXPLORER)
    window.restore_state(store)
    assert shown(window) == "chat"


@pytest.mark.parametrize("nonsense", ["7", "-1", "x", ""])
def test_a_page_that_does_not_exist_is_the_first(window: MainWindow, tmp_path: Path, nonsense: str) -> None:
    store = QSettings(str(tmp_path / "windows.ini"), QSettings.Format.IniFormat)
    store.setValue("main_window/page", nonsense)
    window.restore_state(store)
    assert shown(window) == ("servers", "explorer", "chat")[SERVERS]


def test_chips_say_state_and_port_in_words(window: MainWindow) -> None:
    chips = window.findChildren(ServerChip)
    assert [chip.text() for chip in chips] == ["HTTP 8000: stopped", "REST 8000: stopped", "WS 8000: stopped"]
    assert not any(chip.isEnabled() for chip in chips)  # there is no server to start yet


def test_the_look_is_chosen_in_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    action = next(one for one in window.findChildren(QAction) if one.text() == "Dark")
    with qtbot.waitSignal(window.scheme_chosen) as chosen:
        action.trigger()
    assert chosen.args == ["dark"]


def test_icons_follow_the_colours(window: MainWindow, qapp: QApplication, qtbot: QtBot) -> None:
    button = next(one for one in window.findChildren(QToolButton) if one.text() == "Chat")

    def brightest() -> int:
        image = button.icon().pixmap(24, 24).toImage()
        solid = [image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 200]
        return max(color.lightness() for color in solid)

    assert brightest() < 128
    theme.apply(qapp, theme.Scheme.DARK)
    qtbot.waitUntil(lambda: brightest() > 128)
    theme.apply(qapp, theme.Scheme.LIGHT)
