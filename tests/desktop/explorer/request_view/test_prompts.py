"""The dialog that asks for values before a request is sent, and what comes of its answers."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.explorer.model.request import Header, Request
from desktop.explorer.request_view.pane import RequestPane
from desktop.explorer.request_view.prompts import PromptDialog, secret_answers
from desktop.explorer.session import Spot
from tests.conftest import Run
from tests.desktop.explorer.pages import shown, until, until_sent
from tests.desktop.explorer.servers import OK, RawServer

PROMPTS = (("user", "<b>Who</b> & why"), ("apiToken", ""))


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def dialog(owner: QWidget) -> PromptDialog:
    one = PromptDialog(PROMPTS, owner)
    one.open()
    return one


def test_texts_are_plain_and_secrets_are_dots(dialog: PromptDialog) -> None:
    labels = dialog.findChildren(QLabel)
    assert [label.text() for label in labels] == ["<b>Who</b> & why", "apiToken"]
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert dialog.fields["apiToken"].echoMode() is QLineEdit.EchoMode.Password
    assert dialog.fields["user"].echoMode() is QLineEdit.EchoMode.Normal


def test_answers_come_by_name(dialog: PromptDialog, qtbot: QtBot) -> None:
    dialog.fields["user"].setText("me")
    with qtbot.waitSignal(dialog.answered) as caught:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert caught.args == [{"user": "me", "apiToken": ""}]


def test_escape_answers_nothing(dialog: PromptDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dialog.answered):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_secret_answers_are_told_by_their_names() -> None:
    assert secret_answers({"user": "me", "Password": "p", "KEY": ""}) == {"p"}


def ask(pane: RequestPane) -> PromptDialog:
    pane.send()
    return pane.findChildren(PromptDialog)[-1]


def test_answers_hold_for_what_is_then_sent_as_written(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.http"
    path.write_text("GET http://h/\n")

    async def scenario() -> None:
        async with shown(qtbot) as pane, RawServer(OK).running() as server:
            pane.belong(Spot(path, tmp_path, "One"), (("user", "Who"),))
            pane.show_request(Request("GET", server.url, (Header("A", "{{user}}"), Header("B", "{{none}}"))))
            ask(pane).reject()
            assert not pane.sending
            dialog = ask(pane)
            dialog.fields["user"].setText("me")
            dialog.accept()
            await until(pane.send_anyway.isVisible)
            pane.send_anyway.click()
            await until_sent(pane)
            assert b"\r\nA: me\r\nB: {{none}}\r\n" in server.requests[0]

    run(scenario())
