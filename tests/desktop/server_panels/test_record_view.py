"""The place below the table: the view that fits the chosen record."""

from pytestqt.qtbot import QtBot

from desktop.server_panels.record_view import ExchangeView, SocketView
from tests.desktop.server_panels.samples import GET, TEXT, UPGRADE


def test_each_record_has_its_view(qtbot: QtBot) -> None:
    view = SocketView()
    qtbot.addWidget(view)
    assert view.currentWidget() is view.nothing
    view.show_record(UPGRADE)
    assert view.currentWidget() is view.handshake
    view.show_record(TEXT)
    assert view.currentWidget() is view.message
    assert view.message.text.text() == "Ahoy"
    view.show_record(None)
    assert view.currentWidget() is view.nothing


def test_exchanges_are_text(qtbot: QtBot) -> None:
    view = ExchangeView()
    qtbot.addWidget(view)
    view.show_record(GET)
    assert view.text().startswith("GET /a.zzz HTTP/1.1\n")
    view.show_record(None)
    assert view.text() == ""
