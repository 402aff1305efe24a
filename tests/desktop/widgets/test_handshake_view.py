"""A handshake in full: the wire as it was, the words beside it, and their colours in both themes."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.widgets.handshake_view import HandshakeView
from tests.servers.handshakes.samples import ACCEPT, accepted, refused


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> Iterator[HandshakeView]:
    view = HandshakeView()
    qtbot.addWidget(view)
    view.resize(800, 300)
    view.show()
    yield view
    theme.apply(qapp, theme.Scheme.LIGHT)


def color_at(view: HandshakeView, position: int) -> QColor:
    cursor = QTextCursor(view.words.document())
    cursor.setPosition(position + 1)
    return cursor.charFormat().foreground().color()


def test_request_response_and_what_they_mean(view: HandshakeView) -> None:
    view.show_handshake(accepted())
    wire = view.wire.text()
    assert wire.startswith("GET / HTTP/1.1\nHost: localhost:8002\n")
    assert (
        f"HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Accept: {ACCEPT}"
        in wire
    )
    words = view.words.toPlainText()
    assert words.startswith("✓ 101 Switching Protocols\nFrom here on both ends")
    assert f"\n  {ACCEPT}\n" in words
    assert view.words.verticalScrollBar().value() == 0


def test_a_fault_is_a_word_and_not_a_colour_alone(view: HandshakeView) -> None:
    view.show_handshake(refused(400, "Bad Request", request={"Sec-WebSocket-Key": None}))
    words = view.words.toPlainText()
    assert words.startswith("✗ Fault: Refused with 400 Bad Request\n")
    assert "✗ Fault: Sec-WebSocket-Key\nIt is missing." in words


def test_the_error_is_explained_and_not_on_the_wire(view: HandshakeView) -> None:
    view.show_handshake(refused(0, "")._replace(error="The client went away."))
    assert "went away" in view.words.toPlainText()
    assert "went away" not in view.wire.text()


def test_the_colours_follow_the_theme(view: HandshakeView, qapp: QApplication) -> None:
    for scheme, colors in ((theme.Scheme.LIGHT, theme.LIGHT), (theme.Scheme.DARK, theme.DARK)):
        theme.apply(qapp, scheme)
        view.show_handshake(accepted())
        theme.apply(qapp, theme.Scheme.DARK if scheme is theme.Scheme.LIGHT else theme.Scheme.LIGHT)
        theme.apply(qapp, scheme)
        assert color_at(view, 0) == QColor(colors.running)
        assert color_at(view, 3) == QColor(colors.text)
