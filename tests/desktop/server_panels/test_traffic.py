"""What the traffic tables say of a record."""

from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.server_panels.traffic import HTTP_COLUMNS, WS_COLUMNS, TrafficFeed, by_server, describe, size_text
from servers.exchange import End, Record
from tests.desktop.server_panels.samples import CLOSE, GET, TEXT, UPGRADE


def row(record: Record) -> dict[str, str]:
    columns = HTTP_COLUMNS if record is GET else WS_COLUMNS
    return {column.title: column.text(record) for column in columns}


def test_an_exchange_in_a_row() -> None:
    seen = row(GET)
    del seen["Time"]
    assert seen == {
        "Method": "GET",
        "Path": "/a.zzz",
        "Status": "200",
        "Type": "text/html",
        "Size": "11 B",
        "Duration": "2.50 ms",
        "Client": "127.0.0.1 50000",
    }


def test_messages_in_rows() -> None:
    assert [row(one)["Content"] for one in (UPGRADE, TEXT, CLOSE)] == [
        "GET / 101 Switching Protocols",
        "Ahoy",
        "1001 going",
    ]
    assert [row(one)["Kind"] for one in (UPGRADE, TEXT, CLOSE)] == ["handshake", "text", "close"]
    assert [row(one)["Direction"] for one in (TEXT, CLOSE)] == ["← from client", "→ to client"]


def test_a_failed_exchange_says_so() -> None:
    broken = GET._replace(error="The client went away.")
    assert HTTP_COLUMNS[3].text(broken) == "200 interrupted"
    assert describe(broken).endswith("The client went away.")


def test_an_exchange_in_full() -> None:
    assert describe(GET) == (
        "GET /a.zzz HTTP/1.1\nHost: localhost\n\nHTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\n\n<p>Ahoy</p>"
    )


def test_a_cut_body_says_how_long_it_was() -> None:
    cut = GET._replace(response_body="é".encode() * 3 + b"\xc3", response_size=5000)
    assert describe(cut).endswith("ééé\n… 5,000 bytes in all, of which 7 are kept")


@given(st.binary(max_size=200), st.text(max_size=50))
def test_nothing_from_the_wire_can_fool_the_reader(body: bytes, target: str) -> None:
    hostile = GET._replace(target=target, response_body=body, response_size=len(body))
    text = describe(hostile) + HTTP_COLUMNS[2].text(hostile)
    assert not {category(character) for character in text.replace("\n", "")} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_each_server_gets_its_own_records() -> None:
    seen_by_client = GET._replace(end=End.CLIENT)
    assert by_server([GET, seen_by_client, UPGRADE, TEXT]) == {"http": [GET], "ws": [UPGRADE, TEXT]}


def test_sizes() -> None:
    sizes = [0, 9_999, 10_000, 10_000_000]
    assert [size_text(size) for size in sizes] == ["0 B", "9,999 B", "10.0 kB", "10.0 MB"]


def test_the_feed_hands_on_in_batches(qtbot: QtBot) -> None:
    parent = QObject()
    feed = TrafficFeed(parent)
    batches: list[list[Record]] = []
    feed.flushed.connect(batches.append)
    for _ in range(1000):
        feed.push(GET)
    qtbot.waitUntil(lambda: len(batches) == 1)
    feed.push(TEXT)
    qtbot.waitUntil(lambda: len(batches) == 2)
    assert [len(batch) for batch in batches] == [1000, 1]
