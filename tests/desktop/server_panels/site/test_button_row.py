"""Buttons side by side, or in two rows where the window is narrow."""

from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.server_panels.site.button_row import ButtonRow


def test_what_has_no_room_goes_into_a_second_row_and_comes_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    buttons = [QPushButton(text * 3, window) for text in ("Choose", "Recent", "Bundled", "Open")]
    row = ButtonRow(buttons, window)
    column = QVBoxLayout(window)
    column.addWidget(row)
    for width, rows in ((900, 1), (row.minimumSizeHint().width() + 30, 2), (900, 1)):
        window.resize(width, 200)
        window.show()
        QApplication.sendPostedEvents()
        assert len({button.y() for button in buttons}) == rows
        assert all(button.width() >= button.sizeHint().width() for button in buttons)
        assert all(row.rect().contains(button.geometry()) for button in buttons)
    assert [button.x() for button in buttons] == sorted(button.x() for button in buttons)
