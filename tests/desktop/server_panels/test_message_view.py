"""One message in full: the forms it can be shown in, what is said about it, and the clipboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.server_panels.message_view import INDENTED, Form, MessageView
from servers.exchange import Kind, Message
from tests.desktop.server_panels.samples import CLOSE, TEXT

JSON = b'{"n":1736184243098437392,"n":1.10}'


@pytest.fixture
def view(qtbot: QtBot) -> MessageView:
    view = MessageView()
    qtbot.addWidget(view)
    view.resize(700, 300)
    view.show()
    return view


def message(data: bytes, kind: Kind = Kind.TEXT, size: int | None = None) -> Message:
    return TEXT._replace(kind=kind, data=data, size=len(data) if size is None else size)


def choose(view: MessageView, form: Form) -> None:
    view.form.setFocus()
    QTest.keyClicks(view.form, form.value[0])


def test_text_and_who_sent_it(view: MessageView) -> None:
    view.show_message(message("grüß dich".encode()))
    assert view.text.text() == "grüß dich"
    assert view.heading.text().startswith("Text from 127.0.0.1 50000, 11 bytes, ")
    assert view.remark.isHidden()


def test_json_is_indented_without_changing_a_token(view: MessageView) -> None:
    view.show_message(message(JSON))
    assert view.text.text() == JSON.decode()
    choose(view, Form.JSON)
    assert view.text.text() == '{\n  "n": 1736184243098437392,\n  "n": 1.10\n}'
    view.show_message(message(b"[1]"))
    assert view.text.text() == "[\n  1\n]"


def test_what_is_not_json_is_shown_as_it_came(view: MessageView) -> None:
    view.show_message(message(b"{oops"))
    choose(view, Form.JSON)
    assert view.text.text() == "{oops"
    assert view.remark.text().startswith("This is not JSON: ")
    long = b"[" + b"1," * INDENTED + b"1]"
    view.show_message(message(long))
    assert view.text.text() == long.decode()
    assert view.remark.text() == "Over 16,384 characters are not indented."


def test_binary_is_in_hexadecimal_until_another_form_is_chosen(view: MessageView) -> None:
    view.show_message(message(bytes(range(65, 85)), Kind.BINARY))
    assert view.page.isVisible()
    assert view.page.shown[0].text == "41 42 43 44 45 46 47 48  49 4a 4b 4c 4d 4e 4f 50  ABCDEFGHIJKLMNOP"
    assert [line.start for line in view.page.shown] == [0, 16]
    choose(view, Form.TEXT)
    assert view.text.isVisible()
    assert view.text.text() == "ABCDEFGHIJKLMNOPQRST"
    view.show_message(message(b"text"))
    view.show_message(message(b"more", Kind.BINARY))
    assert view.text.text() == "more"


def test_control_frames(view: MessageView) -> None:
    view.show_message(CLOSE)
    assert view.heading.text().startswith("Close to 127.0.0.1 50000, ")
    assert view.text.text() == "Code: 1001, going away\nReason: going"
    view.show_message(message(b"\x01\x02", Kind.PING))
    assert view.page.shown[0].text.startswith("01 02 ")


def test_what_was_not_kept_is_told(view: MessageView) -> None:
    view.show_message(message(b"abc", size=5_000_000))
    assert view.remark.text() == "Only the first 3 of 5,000,000 bytes are kept."


def test_copy_takes_all_that_is_shown(view: MessageView, qtbot: QtBot) -> None:
    view.show_message(message("a\u202eb".encode()))
    QTest.mouseClick(view.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "a\\u202eb"
    view.show_message(message(b"AB", Kind.BINARY))
    with qtbot.waitSignal(view.page.copied):
        QTest.mouseClick(view.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text().split() == ["41", "42", "AB"]


def test_without_a_message_a_form_can_be_chosen(view: MessageView) -> None:
    choose(view, Form.HEX)
    view.copy.click()
    assert view.text.text() == ""
