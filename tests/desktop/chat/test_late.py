"""Parts that are made when they are first shown: what was told them before, and where Tab finds them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.keeping.values import to_json
from desktop.chat.late import Late
from desktop.chat.surroundings import Surroundings
from desktop.chat.target import HeaderRow, Target
from desktop.chat.window import ChatWindow
from servers.recorder import Recorder
from tests.conftest import Run
from tests.desktop.chat.peers import failed

_TARGET = Target("ws://localhost:1", "Ann", headers=(HeaderRow("A", "{{b}}"),), compression=False)
_SERIES = {"source": "LIST", "count": 3, "interval": 2.0, "list": "one\ntwo"}


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    room = QWidget()
    qtbot.addWidget(room)
    QVBoxLayout(room)
    return room


def test_it_is_made_when_it_is_first_shown(room: QWidget) -> None:
    late = Late(QLabel, room)
    room.show()
    assert late.isHidden()
    assert late.findChild(QLabel) is None
    late.show()
    made = late.made
    assert made is not None
    assert made.isVisible()
    late.hide()
    late.show()
    assert late.part() is made


def test_what_it_was_told_before_it_is_told_once_it_is_made_the_last_of_each(room: QWidget) -> None:
    late = Late(QLabel, room)
    late.tell(QLabel.setToolTip, "a tip")
    late.tell(QLabel.setText, "first")
    late.tell(QLabel.setText, "second")
    assert (late.part().text(), late.part().toolTip()) == ("second", "a tip")
    late.tell(QLabel.setText, "third")
    assert late.part().text() == "third"


def test_tab_comes_to_a_part_where_it_stands(room: QWidget, qtbot: QtBot) -> None:
    first, late, further, last = QLineEdit(room), Late(_two_fields, room), Late(QSpinBox, room), QLineEdit(room)
    for one in (first, late, further, last):
        room.layout().addWidget(one)  # type: ignore[union-attr] # the fixture has given it one
    with qtbot.waitActive(room):
        room.show()
        room.activateWindow()
    further.show()
    late.show()
    first.setFocus()
    passed = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget() or room, Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    assert passed == [*late.part().findChildren(QLineEdit), further.part(), last]


def test_a_window_keeps_what_is_in_panels_that_were_never_shown(run: Run, tmp_path: Path, qtbot: QtBot) -> None:
    kept = {"target": to_json(_TARGET), "repeat": _SERIES, "panels": []}

    async def scenario() -> None:
        window = ChatWindow(Target("ws://localhost:2"), Surroundings(Recorder(), failed, tmp_path))
        qtbot.addWidget(window)
        window.restore(kept)
        unmade = window.kept()
        assert window.bar.toggles["options"].text() == "2"
        window.bar.toggles["options"].click()
        window.bar.toggles["repeat"].click()
        assert window.options.headers.rows()[0].value == "{{b}}"
        assert window.kept() == unmade | {"panels": ["options", "repeat"]}
        assert {name: unmade[name] for name in kept} == kept
        assert window.target() == _TARGET
        await window.leave()

    run(scenario())


def _two_fields(parent: QWidget) -> QWidget:
    part = QWidget(parent)
    layout = QVBoxLayout(part)
    layout.addWidget(QLineEdit(part))
    layout.addWidget(QLineEdit(part))
    return part
