"""What the table of clients says about each of them, and in what order it can be sorted."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any

from desktop.widgets.figures import duration_text, latency_text, size_text
from servers.logs import visible

if TYPE_CHECKING:
    from servers.websocket.client import Client

_SECOND_NS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Column:
    """A title with its explanation, the ``widest`` text that must be seen whole, and the ``key`` that rows sort by.

    A column ``moves`` when its values change without anybody joining or leaving.
    """

    title: str
    about: str
    widest: str
    text: "Callable[[Client], str]"
    key: "Callable[[Client], Any]"
    numeric: bool = False
    moves: bool = False


def name_text(client: "Client") -> str:
    """The name of a client, safe to show."""
    return visible(client.name)


def address_text(client: "Client") -> str:
    """The IP address and port that a client comes from, the address in brackets where it is one of IPv6."""
    if client.remote is None:
        return "unknown"
    host, port = client.remote
    return f"[{visible(host)}]:{port}" if ":" in host else f"{visible(host)}:{port}"


def ping_text(latency: float | None) -> str:
    """How long the last ping took; a dash before the first."""
    return "–" if latency is None else latency_text(latency)


COLUMNS = (
    Column(
        "No.",
        "In the order in which the clients came",
        "1,234",
        lambda one: f"{one.id:,}",
        lambda one: one.id,
        numeric=True,
    ),
    Column("Name", "The name that others see", "Wilhelmina Fox 2", name_text, lambda one: one.name.casefold()),
    Column(
        "Room",
        "The path that the client connected to",
        "/rooms/green room",
        lambda one: visible(one.room),
        lambda one: one.room,
    ),
    Column(
        "Address",
        "IP address and port of the client",
        "127.0.0.1:54321",
        address_text,
        lambda one: one.remote or ("", 0),
    ),
    Column(
        "Connected",
        "For how long the client has been connected",
        "12:34:56",
        lambda one: duration_text((perf_counter_ns() - one.since_ns) // _SECOND_NS),
        lambda one: -one.since_ns,
        numeric=True,
    ),
    Column(
        "Messages",
        "Messages received from the client / sent to it",
        "9,999 / 12,345",
        lambda one: f"{one.messages_in:,} / {one.messages_out:,}",
        lambda one: one.messages_in + one.messages_out,
        numeric=True,
        moves=True,
    ),
    Column(
        "Queue",
        "What waits for the client to read it",
        "123.4 kB",
        lambda one: size_text(one.pending),
        lambda one: one.pending,
        numeric=True,
        moves=True,
    ),
    Column(
        "Ping",
        "How long the last ping and its pong took",
        "123.4 ms",
        lambda one: ping_text(one.latency),
        lambda one: -1 if one.latency is None else one.latency,
        numeric=True,
        moves=True,
    ),
    Column(
        "Bytes",
        "Bytes of messages received from the client / sent to it",
        "123.4 kB / 123.4 kB",
        lambda one: f"{size_text(one.bytes_in)} / {size_text(one.bytes_out)}",
        lambda one: one.bytes_in + one.bytes_out,
        numeric=True,
        moves=True,
    ),
    Column(
        "Kind",
        "Whether the client speaks the chat subprotocol",
        "plain",
        lambda one: "chat" if one.speaks_chat else "plain",
        lambda one: not one.speaks_chat,
    ),
    Column(
        "Compressed",
        "Whether permessage-deflate was agreed on (RFC 7692)",
        "yes",
        lambda one: "yes" if one.compressed else "no",
        lambda one: not one.compressed,
    ),
    Column(
        "Dropped",
        "Messages given up because the client did not read",
        "12,345",
        lambda one: f"{one.dropped:,}",
        lambda one: one.dropped,
        numeric=True,
        moves=True,
    ),
)
