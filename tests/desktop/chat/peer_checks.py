"""What a chat session must be able to do with any WebSocket server: one check for each, whatever server it is."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Protocol

from desktop.chat.closing import CloseFrame
from desktop.chat.entry import Entry, EntryKind
from desktop.chat.session import State
from desktop.chat.target import ChatWish, Target
from servers.exchange import Direction, header
from tests.desktop.chat.peers import Client, until

BIG = 1_000_000
CHOSEN = ("soup", "stew")
"""Subprotocols that servers know; they choose one of them that is offered."""


class Peer(Protocol):
    """A server with one client, to which it sends back what comes as it came.

    ``refused`` is a target that it answers with 403, ``offered`` subprotocols of which it chooses ``chosen``. It keeps
    in mind the data of the ``pongs`` that came, and the ``codes`` with which its client went.
    """

    url: str
    offered: str
    chosen: str
    pongs: list[bytes]

    @property
    def codes(self) -> list[int]: ...
    @property
    def refused(self) -> Target: ...
    async def ping(self, data: bytes) -> None:
        """Send a ping."""

    async def fragment(self, parts: Sequence[str]) -> None:
        """Send a text in so many frames."""

    async def close(self, code: int, reason: str) -> None:
        """Begin to close."""


Check = Callable[[Peer], Awaitable[None]]


async def _client(peer: Peer, **options: object) -> Client:
    target = Target(peer.url, "Ann", chat=ChatWish.NEVER)
    return await Client(replace(target, **options)).opened()  # type: ignore[arg-type] # see Target


async def _leave(client: Client, peer: Peer) -> None:
    await client.session.leave()
    await client.ended()
    await until(lambda: peer.codes)
    assert peer.codes == [1001]


async def _echo(client: Client, content: str | bytes) -> Entry:
    """Send it, and wait until it comes back as the answer to it."""
    before = len(client.entries)
    await client.session.send(content)
    await until(lambda: any(one.round_trip_ns for one in client.entries[before:]))
    own, answer = (one for one in client.entries[before:] if one.kind not in (EntryKind.PING, EntryKind.PONG))
    assert (own.direction, answer.direction) == (Direction.SENT, Direction.RECEIVED)
    assert answer.kind is (EntryKind.ECHO if isinstance(content, str) else EntryKind.BINARY)
    assert (answer.text if isinstance(content, str) else answer.data) == content
    return answer


async def text_and_binary(peer: Peer) -> None:
    client = await _client(peer)
    for content in ("hi", "", "é €\n\x00 \U0001f600", b"", bytes(range(256))):
        await _echo(client, content)
    assert not client.session.speaks_chat
    await _leave(client, peer)


async def big(peer: Peer) -> None:
    client = await _client(peer)
    assert (await _echo(client, "é" * (BIG // 2))).size == BIG
    assert (await _echo(client, bytes(BIG))).size == BIG
    await _leave(client, peer)


async def fragments(peer: Peer) -> None:
    client = await _client(peer, compression=False)
    parts = ("one ", "", "€ ", "three")
    await peer.fragment(parts)
    await until(lambda: client.of(EntryKind.PLAIN))
    assert [one.text for one in client.of(EntryKind.PLAIN)] == ["one € three"]
    frames = [frame for frame in client.frames if frame.fragment]
    assert [frame.data.decode() for frame in frames][: len(parts)] == list(parts)
    assert [frame.fin for frame in frames][: len(parts) - 1] == [False] * (len(parts) - 1)
    assert frames[-1].fin
    await _echo(client, "after")
    await _leave(client, peer)


async def pings(peer: Peer) -> None:
    client = await _client(peer)
    await client.session.ping(b"to the server")
    await until(lambda: client.session.latency is not None)
    (pong,) = client.of(EntryKind.PONG)
    assert (pong.data, pong.direction, pong.automatic) == (b"to the server", Direction.RECEIVED, False)
    assert pong.round_trip_ns
    await peer.ping(b"to the client")
    await until(lambda: peer.pongs)
    assert peer.pongs == [b"to the client"]
    ways = [(one.kind, one.direction, one.data, one.automatic) for one in client.entries[-2:]]
    assert ways == [
        (EntryKind.PING, Direction.RECEIVED, b"to the client", True),
        (EntryKind.PONG, Direction.SENT, b"to the client", True),
    ]
    await _leave(client, peer)


async def closed_by_the_client(peer: Peer) -> None:
    client = await _client(peer)
    await client.session.close(3001, "weg é")
    await client.ended()
    closure = client.session.closure
    assert closure
    assert (closure.sent, closure.was_clean, closure.by_server) == (CloseFrame(3001, "weg é"), True, False)
    assert client.session.outcome.startswith("Closed by this client: 3001, reason “weg é”.")
    await until(lambda: peer.codes)
    assert peer.codes == [3001]


async def closed_by_the_server(peer: Peer) -> None:
    client = await _client(peer)
    await peer.close(4001, "weg é")
    await client.ended()
    closure = client.session.closure
    assert closure
    assert (closure.received, closure.was_clean, closure.by_server) == (CloseFrame(4001, "weg é"), True, True)
    assert client.session.outcome == "Closed by the server: 4001, reason “weg é”. Clean."
    assert [entry.kind for entry in client.entries] == [EntryKind.OPEN, EntryKind.CLOSE]


async def subprotocol(peer: Peer) -> None:
    client = await _client(peer, subprotocols=peer.offered)
    assert client.session.subprotocol == peer.chosen
    await _echo(client, "hi")
    await _leave(client, peer)


async def compressed(peer: Peer) -> None:
    client = await _client(peer)
    await _echo(client, "again and " * 100)
    data = [frame for frame in client.frames if frame.opcode == 1]
    assert [frame.direction for frame in data] == [Direction.SENT, Direction.RECEIVED]
    for frame in data:
        assert (frame.rsv1, frame.size) == (True, 1000)
        assert frame.wire_size < 100
        assert (frame.mask is not None) is (frame.direction is Direction.SENT)
    await _leave(client, peer)


async def not_compressed(peer: Peer) -> None:
    client = await _client(peer, compression=False)
    await _echo(client, "again and " * 100)
    assert [frame.wire_size for frame in client.frames if frame.opcode == 1] == [1000, 1000]
    assert not any(frame.rsv1 for frame in client.frames)
    assert client.session.handshake
    assert header(client.session.handshake.response_headers, "Sec-WebSocket-Extensions") is None
    await _leave(client, peer)


async def rejected(peer: Peer) -> None:
    client = await Client(peer.refused).ended()
    session = client.session
    assert (session.state, session.failed, session.retryable, session.closure) == (State.CLOSED, True, False, None)
    assert "403" in session.outcome
    assert session.handshake
    assert session.handshake.status == 403
    assert [entry.kind for entry in client.entries] == [EntryKind.ERROR]


CHECKS: tuple[Check, ...] = (
    text_and_binary,
    big,
    fragments,
    pings,
    closed_by_the_client,
    closed_by_the_server,
    subprotocol,
    compressed,
    not_compressed,
    rejected,
)
