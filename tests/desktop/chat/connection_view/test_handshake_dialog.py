"""Tests of the window that shows a handshake."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.connection_view.handshake_dialog import HandshakeDialog
from servers.exchange import End
from tests.desktop.chat.connection_view.shown import handshake
from tests.servers.handshakes.samples import KEY, refused

REFUSED = "localhost port 8002 refused the connection (403 Forbidden)."


@pytest.fixture
def dialog(owner: QWidget, qtbot: QtBot) -> HandshakeDialog:
    dialog = HandshakeDialog(owner)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_is_not_modal_and_ends_with_escape(dialog: HandshakeDialog) -> None:
    dialog.show_handshake(handshake())
    assert not dialog.isModal()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_good_handshake_is_shown_and_explained(dialog: HandshakeDialog) -> None:
    dialog.show_handshake(handshake())
    assert f"Sec-WebSocket-Key: {KEY}" in dialog.view.wire.text()
    assert "Fault" not in dialog.view.words.toPlainText()
    assert not dialog.failure.isVisible()
    assert not dialog.secrets.isVisible()


def test_secrets_are_masked_until_they_are_wanted(dialog: HandshakeDialog, qapp: QApplication) -> None:
    made = handshake()
    secret = (("Authorization", "Bearer hidden"), ("Cookie", "sid=hidden"))
    dialog.show_handshake(made._replace(target="/?token=hidden", request_headers=(*made.request_headers, *secret)))
    assert "hidden" not in dialog.view.wire.text() + dialog.view.words.toPlainText()
    assert "Authorization: Bearer •••\nCookie: sid=•••" in dialog.view.wire.text()
    click(dialog.copy)
    assert "hidden" not in qapp.clipboard().text()
    QTest.keyClick(dialog.secrets, Qt.Key.Key_Space)
    assert "Authorization: Bearer hidden\nCookie: sid=hidden" in dialog.view.wire.text()
    click(dialog.copy)
    assert "GET /?token=hidden HTTP/1.1\n" in qapp.clipboard().text()
    dialog.show_handshake(made)
    assert not dialog.secrets.isChecked()


def test_a_refusal_stands_on_top_and_is_copied(dialog: HandshakeDialog, qapp: QApplication) -> None:
    answer = refused(403, "Forbidden", b"No.", {"Origin": "http://evil.example"})._replace(end=End.CLIENT)
    dialog.show_handshake(answer, REFUSED)
    assert dialog.failure.text() == REFUSED
    words = dialog.view.words.toPlainText()
    assert words.startswith("✗ Fault: Refused with 403 Forbidden\n")
    assert "“http://evil.example” may be why it was refused" in words
    click(dialog.copy)
    assert qapp.clipboard().text().startswith(f"{REFUSED}\n\nGET / HTTP/1.1\n")


def test_a_request_without_an_answer_is_shown(dialog: HandshakeDialog) -> None:
    sentence = "localhost port 8002 did not answer in time."
    dialog.show_handshake(refused(0, "")._replace(end=End.CLIENT, error=sentence), sentence)
    assert dialog.view.wire.text().startswith("GET / HTTP/1.1\n")
    assert dialog.view.words.toPlainText().startswith(f"✗ Fault: No answer\n{sentence}")


@pytest.mark.parametrize("recorded", [True, False])
def test_where_no_request_was_sent_the_sentence_is_all(
    dialog: HandshakeDialog, qapp: QApplication, recorded: bool
) -> None:
    sentence = "Nothing answers on localhost port 8002."
    exchange = refused(0, "")._replace(end=End.CLIENT, request_headers=(), error=sentence) if recorded else None
    dialog.show_handshake(exchange, sentence)
    assert not dialog.view.isVisible()
    assert dialog.nothing.isVisible()
    click(dialog.copy)
    assert qapp.clipboard().text() == sentence
    dialog.show_handshake(handshake())
    assert dialog.view.isVisible()
    assert not dialog.nothing.isVisible()


def test_a_narrow_window_has_both_parts_one_above_the_other(dialog: HandshakeDialog) -> None:
    dialog.show_handshake(handshake())
    assert dialog.view.orientation() is Qt.Orientation.Horizontal
    dialog.resize(400, 400)
    assert dialog.view.orientation() is Qt.Orientation.Vertical
