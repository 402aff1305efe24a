"""Tests of the list of who is in the room, through its keys and buttons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.connection_view.people import PeoplePanel
from servers.chat_protocol import NAME_LIMIT


@pytest.fixture
def panel(qtbot: QtBot) -> PeoplePanel:
    panel = PeoplePanel()
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    panel.show_people(("Ann", "Ben", "Cleo"), "Ben")
    return panel


def select(panel: PeoplePanel, row: int) -> None:
    place = panel.list.visualRect(panel.rows.index(row)).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def shown(panel: PeoplePanel) -> list[str]:
    return panel.rows.stringList()


def test_everybody_is_listed_oneself_first_and_marked(panel: PeoplePanel) -> None:
    assert shown(panel) == ["Ben (you)", "Ann", "Cleo"]
    assert panel.title.text() == "In the room: 3"
    panel.show_people(("A\u202e\x07",), "")
    assert shown(panel) == ["A\\u202e\\x07"]


def test_where_nobody_is_told_a_sentence_says_why(panel: PeoplePanel) -> None:
    panel.show_people(None, "")
    assert panel.nobody.isVisible()
    assert not panel.inside.isVisible()
    panel.show_people((), "")
    assert panel.title.text() == "In the room: 0"
    panel.show_people((), "Ann")
    assert shown(panel) == ["Ann (you)"]
    assert panel.inside.isVisible()


def test_the_list_can_be_asked_for_again(panel: PeoplePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.asked):
        QTest.mouseClick(panel.refresh, Qt.MouseButton.LeftButton)


def test_the_list_is_asked_for_when_a_chat_begins_while_it_is_seen(panel: PeoplePanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.asked):
        panel.show_people(("Ann",), "Ann")
        panel.show_people(None, "")
    with qtbot.waitSignal(panel.asked):
        panel.show_people((), "Ann")
    panel.show_people(None, "")
    panel.hide()
    with qtbot.assertNotEmitted(panel.asked):
        panel.show_people((), "Ann")


def test_somebody_is_chosen_by_button_enter_and_double_click(panel: PeoplePanel) -> None:
    chosen: list[str] = []
    panel.chosen.connect(chosen.append)
    select(panel, 1)
    QTest.mouseClick(panel.private, Qt.MouseButton.LeftButton)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    place = panel.list.visualRect(panel.rows.index(1)).center()
    QTest.mouseDClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen == ["Ann", "Cleo", "Ann"]


def test_nobody_writes_to_oneself(panel: PeoplePanel) -> None:
    chosen: list[str] = []
    panel.chosen.connect(chosen.append)
    assert not panel.private.isEnabled()
    select(panel, 0)
    assert not panel.private.isEnabled()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert chosen == []


def test_who_is_selected_stays_so_while_others_come_and_go(panel: PeoplePanel) -> None:
    chosen: list[str] = []
    panel.chosen.connect(chosen.append)
    select(panel, 2)
    panel.show_people(("Ben", "Cleo", "Dan"), "Ben")
    QTest.mouseClick(panel.private, Qt.MouseButton.LeftButton)
    assert chosen == ["Cleo"]
    panel.show_people(("Ben", "Dan"), "Ben")
    assert not panel.private.isEnabled()


@pytest.mark.parametrize(
    ("typed", "asked", "sentence"),
    [
        ("Dan", "Dan", ""),
        ("  Dan ", "Dan", ""),
        ("Da\u200bn\u2800", "Dan", "Asked for “Dan”: names are short and plain."),
        ("Ben", "", "That is your name already."),
        ("\u200b ", "", "A name needs at least one character that can be seen."),
        ("", "", "A name needs at least one character that can be seen."),
    ],
)
def test_another_name_is_asked_for(panel: PeoplePanel, typed: str, asked: str, sentence: str) -> None:
    renamed: list[str] = []
    panel.renamed.connect(renamed.append)
    panel.name.setText(typed)
    QTest.keyClick(panel.name, Qt.Key.Key_Return)
    assert renamed == ([asked] if asked else [])
    assert panel.about.text() == sentence
    QTest.keyClicks(panel.name, "x")
    assert not panel.about.isVisible()


def test_a_name_is_asked_for_by_the_button_too(panel: PeoplePanel, qtbot: QtBot) -> None:
    panel.name.selectAll()
    QTest.keyClicks(panel.name, "N" * (NAME_LIMIT + 1))
    with qtbot.waitSignal(panel.renamed) as renamed:
        QTest.keyClick(panel.rename, Qt.Key.Key_Space)
    assert renamed.args == ["N" * NAME_LIMIT]


def test_the_field_follows_ones_own_name_and_keeps_what_is_typed(panel: PeoplePanel) -> None:
    assert panel.name.text() == "Ben"
    QTest.keyClicks(panel.name, "!")
    panel.show_people(("Ann", "Ben"), "Ben")
    assert panel.name.text() == "Ben!"
    panel.show_people(("Ann", "Ben 2"), "Ben 2")
    assert panel.name.text() == "Ben 2"


def test_buttons_without_words_have_a_name(panel: PeoplePanel) -> None:
    buttons: list[QWidget] = [panel.refresh, panel.rename]
    assert all(button.accessibleName() and button.toolTip() for button in buttons)
