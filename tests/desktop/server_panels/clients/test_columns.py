"""Figures of a client as people read them."""

import pytest

from desktop.server_panels.clients.columns import COLUMNS, address_text, ping_text
from servers.exchange import Endpoint
from servers.websocket.client import Client
from tests.desktop.server_panels.clients.fakes import fake


def shown(client: Client) -> dict[str, str]:
    return {column.title: column.text(client) for column in COLUMNS}


@pytest.mark.parametrize(("latency", "text"), [(None, "–"), (0.0123, "12.3 ms")])
def test_pings(latency: float | None, text: str) -> None:
    assert ping_text(latency) == text


@pytest.mark.parametrize(
    ("remote", "text"), [(("127.0.0.1", 80), "127.0.0.1:80"), (("::1", 80), "[::1]:80"), (None, "unknown")]
)
def test_addresses(remote: Endpoint | None, text: str) -> None:
    assert address_text(fake(1, remote=remote)) == text


def test_every_figure_is_there() -> None:
    one = fake(
        7, "Ann", "/rooms/blue", messages_in=1234, messages_out=5, bytes_in=9, bytes_out=12_345, pending=77, dropped=3
    )
    assert shown(one) == {
        "No.": "7",
        "Name": "Ann",
        "Room": "/rooms/blue",
        "Address": "127.0.0.1:50007",
        "Connected": "7:00",
        "Messages": "1,234 / 5",
        "Queue": "77 B",
        "Ping": "–",
        "Bytes": "9 B / 12.3 kB",
        "Kind": "chat",
        "Compressed": "no",
        "Dropped": "3",
    }


def test_what_came_over_the_wire_cannot_fool_a_reader() -> None:
    texts = shown(fake(1, "An\u202en\x1b", "/rooms/a\u2028b", compressed=True, speaks_chat=False))
    assert (texts["Name"], texts["Room"]) == ("An\\u202en\\x1b", "/rooms/a\\u2028b")
    assert (texts["Kind"], texts["Compressed"]) == ("plain", "yes")


def test_all_can_be_sorted_by_whatever_is_missing() -> None:
    clients = [fake(1, remote=None), fake(2, latency=0.1), fake(3)]
    for column in COLUMNS:
        assert len(sorted(clients, key=column.key)) == 3
