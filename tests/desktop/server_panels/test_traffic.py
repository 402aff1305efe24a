"""The feed that hands records on in batches, and whose record is whose."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.server_panels.traffic import TrafficFeed, by_server, handshake_of
from servers.exchange import End, Record
from tests.desktop.server_panels.samples import GET, TEXT, UPGRADE


def test_each_server_gets_its_own_records() -> None:
    seen_by_client = GET._replace(end=End.CLIENT)
    assert by_server([GET, seen_by_client, UPGRADE, TEXT]) == {"http": [GET], "ws": [UPGRADE, TEXT]}


def test_the_handshake_of_a_record() -> None:
    assert handshake_of(UPGRADE) is UPGRADE
    assert handshake_of(TEXT) is UPGRADE


def test_the_feed_hands_on_in_batches(qtbot: QtBot) -> None:
    parent = QObject()
    feed = TrafficFeed(parent)
    batches: list[list[Record]] = []
    feed.flushed.connect(batches.append)
    for _ in range(500):
        feed.push((GET, GET))
    qtbot.waitUntil(lambda: len(batches) == 1)
    feed.push([TEXT])
    qtbot.waitUntil(lambda: len(batches) == 2)
    assert [len(batch) for batch in batches] == [1000, 1]
    assert batches[1][0] is TEXT
