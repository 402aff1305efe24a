"""The menu of saved messages and its two windows, by keys and clicks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.outgoing import Form, Outgoing
from desktop.chat.repeating.manage_dialog import ManageDialog
from desktop.chat.repeating.name_dialog import NameDialog
from desktop.chat.repeating.saved import FILE_NAME, NotSaved, SavedMessages
from desktop.chat.repeating.saved_menu import SavedButton, first_words

URL = "ws://localhost:8002"
A, B, C = (Outgoing(letter) for letter in "abc")
KEY, SHIFT, LEFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.MouseButton.LeftButton


class Stage:
    """A button in a window, and what it has told."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.saved = SavedMessages(folder)
        self.url, self.draft = URL, Outgoing("  two\nwords ", Form.TEXT, "Ben")
        self.window = QWidget()
        self.button = SavedButton(self.saved, self._url, self._draft, self.window)
        self.chosen: list[Outgoing] = []
        self.sent: list[Outgoing] = []
        self.button.chosen.connect(self.chosen.append)
        self.button.send_requested.connect(self.sent.append)
        qtbot.addWidget(self.window)
        self.window.show()

    def open(self) -> list[str]:
        """Open the menu; its words."""
        self.button.entries.popup(self.window.pos())
        return [action.text() for action in self.button.entries.actions()]

    def click(self, menu: QMenu, words: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        action = next(one for one in menu.actions() if one.text() == words)
        QTest.mouseClick(menu, LEFT, modifier, menu.actionGeometry(action).center())

    def names(self) -> list[str]:
        return [one.name for one in self.saved.of(self.url)]

    def naming(self) -> NameDialog:
        """The window that asks for a name."""
        self.open()
        self.click(self.button.entries, "&Save this message…")
        return self.button.findChildren(NameDialog)[-1]

    def _url(self) -> str:
        return self.url

    def _draft(self) -> Outgoing:
        return self.draft


@pytest.fixture
def one(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(qtbot, tmp_path)
    yield stage
    stage.button.entries.close()


def test_an_empty_menu(one: Stage) -> None:
    words = one.open()
    assert words == ["No messages are saved for this server", "", "Send &now", "&Save this message…", "&Manage…"]
    enabled = [action.isEnabled() for action in one.button.entries.actions() if action.text()]
    assert enabled == [False, False, True, False]


def test_messages_are_chosen_or_sent(one: Stage) -> None:
    one.saved.save(URL, "R&D \u202e", A)
    one.saved.save(URL, "x" * 100, B)
    assert one.open()[:2] == ["R&&D \\u202e", f"{'x' * 39}…"]
    one.click(one.button.entries, "R&&D \\u202e")
    assert (one.chosen, one.sent) == ([A], [])
    one.open()
    one.click(one.button.entries, "R&&D \\u202e", SHIFT)
    assert (one.chosen, one.sent) == ([A], [A])
    one.open()
    one.button.entries.setActiveAction(one.button.send_now.menuAction())
    QTest.keyClick(one.button.entries, KEY.Key_Right)
    one.click(one.button.send_now, f"{'x' * 39}…")
    assert (one.chosen, one.sent) == ([A], [A, B])


def test_the_message_in_the_box_is_saved(one: Stage) -> None:
    dialog = one.naming()
    assert dialog.name.text() == "two words"
    QTest.keyClick(dialog.name, KEY.Key_Return)
    assert one.saved.of(URL)[0] == ("two words", one.draft)
    one.draft = C
    dialog = one.naming()
    assert dialog.ok.text() == "&Save"
    dialog.name.setText("two words")
    assert dialog.ok.text() == "&Replace"
    assert "is replaced" in dialog.message.text()
    QTest.mouseClick(dialog.ok, LEFT)
    assert [saved.message for saved in one.saved.of(URL)] == [C]


def test_what_cannot_be_saved_is_said_where_the_name_is(one: Stage) -> None:
    dialog = one.naming()
    dialog.name.setText(" ")
    assert not dialog.ok.isEnabled()
    dialog.name.setText("x")
    one.saved.path.mkdir()
    QTest.mouseClick(dialog.ok, LEFT)
    assert dialog.message.text() == "The saved messages cannot be read: Is a directory."
    assert dialog.isVisible()
    dialog.reject()
    assert one.open()[0] == "The saved messages cannot be read: Is a directory."


@pytest.mark.parametrize(("url", "draft"), [("localhost", A), (URL, Outgoing(""))])
def test_without_url_or_message_nothing_can_be_saved(one: Stage, url: str, draft: Outgoing) -> None:
    one.url, one.draft = url, draft
    one.open()
    assert [action.isEnabled() for action in one.button.entries.actions()][-2:] == [False, False]


def managing(one: Stage) -> ManageDialog:
    """The window with three messages."""
    for name, message in (("one", A), ("two", B), ("three", C)):
        one.saved.save(URL, name, message)
    one.open()
    one.click(one.button.entries, "&Manage…")
    return one.button.findChildren(ManageDialog)[-1]


def test_messages_are_called_otherwise(one: Stage) -> None:
    dialog = managing(one)
    rename(dialog, 1, "deux")
    assert one.names() == ["one", "deux", "three"]
    rename(dialog, 1, "one")
    assert dialog.message.text() == "There is a message of the name “one” already."
    rename(dialog, 1, " ")
    assert dialog.message.text() == "A saved message needs a name."
    assert [dialog.list.item(row).text() for row in range(3)] == one.names() == ["one", "deux", "three"]


def rename(dialog: ManageDialog, row: int, name: str) -> None:
    """Type another name."""
    dialog.list.setCurrentRow(row)
    QTest.mouseClick(dialog.rename, LEFT)
    editor = dialog.list.indexWidget(dialog.list.currentIndex())
    assert isinstance(editor, QLineEdit)
    editor.setText(name)
    QTest.keyClick(editor, KEY.Key_Return)
    QApplication.processEvents()


def test_messages_are_moved(one: Stage) -> None:
    dialog = managing(one)
    assert not dialog.up.isEnabled()
    QTest.keyClick(dialog.list, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert one.names() == ["two", "one", "three"]
    QTest.mouseClick(dialog.down, LEFT)
    assert one.names() == ["two", "three", "one"]
    assert not dialog.down.isEnabled()
    QTest.keyClick(dialog.list, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.mouseClick(dialog.up, LEFT)
    assert one.names() == ["two", "one", "three"]
    assert dialog.list.currentRow() == 1
    assert dialog.preview.text() == "a"


def test_messages_are_deleted_and_brought_back(one: Stage) -> None:
    dialog = managing(one)
    dialog.list.setCurrentRow(1)
    QTest.keyClick(dialog.list, KEY.Key_Delete)
    assert one.names() == ["one", "three"]
    assert dialog.message.text() == "“two” was deleted."
    QTest.mouseClick(dialog.undo, LEFT)
    assert one.saved.of(URL)[1] == ("two", B)
    assert dialog.list.currentRow() == 1
    for _ in range(3):
        QTest.mouseClick(dialog.delete, LEFT)
    assert one.names() == []
    assert dialog.empty.isVisible()
    assert not dialog.delete.isEnabled()


def test_a_message_that_has_gone_meanwhile(one: Stage) -> None:
    dialog = managing(one)
    one.saved.remove(URL, "one")
    QTest.keyClick(dialog.list, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert dialog.message.text() == "There is no message of the name “one” any more."
    assert dialog.list.count() == 2
    (one.saved.path.parent / FILE_NAME).unlink()
    (one.saved.path.parent / FILE_NAME).mkdir()
    QTest.mouseClick(dialog.delete, LEFT)
    assert dialog.message.text() == "The saved messages cannot be read: Is a directory."
    with pytest.raises(NotSaved):
        one.button.messages()


def test_the_beginning_of_a_text_is_offered_as_its_name() -> None:
    assert first_words("\n a\tb\u202e \n c") == "a b\\u202e c"
    assert first_words("x" * 10_000) == f"{'x' * 39}…"
    assert first_words("") == ""
