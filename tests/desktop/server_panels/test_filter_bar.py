"""What narrows a traffic table, as its user sets it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.server_panels.columns import WS_COLUMNS
from desktop.server_panels.filter_bar import FilterBar
from desktop.server_panels.record_filter import KINDS, RecordFilter
from tests.desktop.server_panels.samples import UPGRADE


@pytest.fixture
def place(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.setLayout(QVBoxLayout())
    qtbot.addWidget(widget)
    return widget


def in_place(place: QWidget, *, kinds: bool = True) -> tuple[FilterBar, list[RecordFilter | None]]:
    bar = FilterBar(WS_COLUMNS, place, kinds=kinds)
    layout = place.layout()
    assert layout is not None
    layout.addWidget(bar)
    layout.addWidget(bar.line)
    place.show()
    told: list[RecordFilter | None] = []
    bar.changed.connect(told.append)
    return bar, told


def test_text_and_kinds_by_keyboard(place: QWidget) -> None:
    bar, told = in_place(place)
    QTest.keyClicks(bar.text, "ab")
    QTest.keyClick(bar.kinds, Qt.Key.Key_Down)
    assert told[-1] == RecordFilter(WS_COLUMNS, "ab", KINDS["Without ping and pong"])
    bar.text.clear()
    QTest.keyClick(bar.kinds, Qt.Key.Key_Up)
    assert told[-1] is None


def test_one_client_and_the_way_back(place: QWidget) -> None:
    bar, told = in_place(place)
    bar.show_only(UPGRADE)
    assert bar.line.text() == "Only 127.0.0.1 50000 is shown."
    QTest.mouseClick(bar.show_all, Qt.MouseButton.LeftButton)
    assert told == [RecordFilter(WS_COLUMNS, client=UPGRADE), None]
    assert bar.line.text() == ""


def test_exchanges_have_no_kinds(place: QWidget) -> None:
    bar, _ = in_place(place, kinds=False)
    assert not bar.kinds.isVisible()
    assert bar.text.isVisible()
