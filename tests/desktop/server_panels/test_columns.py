"""What the traffic tables say of a record in its row."""

from datetime import UTC
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.server_panels.columns import HTTP_COLUMNS, WS_COLUMNS, client_text, time_text
from servers.exchange import Kind, Record, wall_time
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


def test_a_failed_exchange_says_so() -> None:
    broken = GET._replace(error="The client went away.")
    assert HTTP_COLUMNS[3].text(broken) == "200 interrupted"


def test_messages_in_rows() -> None:
    binary = TEXT._replace(kind=Kind.BINARY, data=b"\x00\xff")
    assert [row(one)["Content"] for one in (UPGRADE, TEXT, CLOSE, binary)] == [
        "GET / 101 Switching Protocols",
        "Ahoy",
        "1001 going away: going",
        "00 ff",
    ]
    assert [row(one)["Kind"] for one in (UPGRADE, TEXT, CLOSE)] == ["handshake", "text", "close"]
    assert [row(one)["Direction"] for one in (UPGRADE, TEXT, CLOSE)] == ["⇄", "← from client", "→ to client"]
    assert row(TEXT)["Size"] == "4 B"


def test_what_never_was_a_handshake_is_told_by_its_error() -> None:
    malformed = UPGRADE._replace(method="", target="", status=0, reason="", error="No HTTP.")
    assert row(malformed)["Content"] == "No HTTP."


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("/", "127.0.0.1 50000"),
        ("/?name=Ada", "127.0.0.1 50000"),
        ("/rooms/tea?name=Ada", "127.0.0.1 50000 /rooms/tea"),
    ],
)
def test_the_room_of_a_client_is_told(target: str, shown: str) -> None:
    assert client_text(TEXT._replace(exchange=UPGRADE._replace(target=target))) == shown


def test_a_client_without_an_address() -> None:
    assert client_text(UPGRADE._replace(remote=None)) == ""


def test_times_are_local_to_the_millisecond() -> None:
    wall = wall_time(GET.at_ns).astimezone(UTC)
    assert time_text(GET)[3:] == f"{wall:%M:%S}.{wall.microsecond // 1000:03d}"


@given(st.binary(max_size=200), st.text(max_size=50), st.sampled_from(Kind))
def test_nothing_from_the_wire_can_fool_the_reader(data: bytes, target: str, kind: Kind) -> None:
    hostile = UPGRADE._replace(target=target, reason=target)
    message = TEXT._replace(exchange=hostile, kind=kind, data=data, size=len(data))
    texts = [*row(hostile).values(), *row(message).values(), *(column.text(hostile) for column in HTTP_COLUMNS)]
    assert not {category(character) for character in "".join(texts)} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
