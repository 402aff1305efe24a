"""Tests of the records of WebSocket messages and control frames."""

from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Close, CloseCode, Frame, Opcode
from websockets.protocol import OPEN, Protocol, Side

from servers.exchange import BODY_CAP, Direction, Kind, Message
from servers.frames import FrameLog
from tests.servers.samples import exchange

SENT, RECEIVED = Direction.SENT, Direction.RECEIVED
EXCHANGE = exchange()
SHORT = st.binary(max_size=8)
CONTROLS = st.builds(Frame, st.sampled_from([Opcode.PING, Opcode.PONG]), SHORT)
MESSAGES = st.tuples(st.sampled_from([Opcode.TEXT, Opcode.BINARY]), SHORT) | st.tuples(
    st.sampled_from([Opcode.TEXT, Opcode.BINARY]), SHORT, SHORT, SHORT
)


class Pair:
    """The two ends of a connection without a socket between them; the server's end is logged."""

    def __init__(self, *, opened: bool = True) -> None:
        self.server, self.client = Protocol(Side.SERVER, state=OPEN), Protocol(Side.CLIENT, state=OPEN)
        self.messages: list[Message] = []
        self.log = FrameLog(self.server, self.messages.append)
        if opened:
            self.log.opened(EXCHANGE)

    def deliver(self) -> None:
        """Carry what one end has written to the other, both ways."""
        for source, target in ((self.client, self.server), (self.server, self.client)):
            for data in source.data_to_send():
                target.receive_data(data) if data else target.receive_eof()

    def kinds(self) -> list[tuple[Direction, Kind, bytes]]:
        return [(one.direction, one.kind, one.data) for one in self.messages]


def test_both_ways_and_both_kinds() -> None:
    pair = Pair()
    pair.client.send_text("grüß".encode())
    pair.client.send_binary(b"\x00\xff")
    pair.deliver()
    pair.server.send_text(b"back")
    assert pair.kinds() == [
        (RECEIVED, Kind.TEXT, "grüß".encode()),
        (RECEIVED, Kind.BINARY, b"\x00\xff"),
        (SENT, Kind.TEXT, b"back"),
    ]
    assert all(message.exchange is EXCHANGE for message in pair.messages)
    times = [message.at_ns for message in pair.messages]
    assert times == sorted(times)


def test_what_the_library_answers_by_itself_is_seen_too() -> None:
    pair = Pair()
    pair.client.send_ping(b"are you there")
    pair.deliver()
    pair.client.send_close(1000, "bye")
    pair.deliver()
    close = Close(1000, "bye").serialize()
    assert pair.kinds() == [
        (RECEIVED, Kind.PING, b"are you there"),
        (SENT, Kind.PONG, b"are you there"),
        (RECEIVED, Kind.CLOSE, close),
        (SENT, Kind.CLOSE, close),
    ]


def test_fragments_are_one_message_and_a_ping_may_come_between() -> None:
    pair = Pair()
    pair.client.send_text(b"one ", fin=False)
    pair.client.send_ping(b"")
    pair.client.send_continuation(b"two ", fin=False)
    pair.client.send_continuation(b"three", fin=True)
    pair.deliver()
    received = [(kind, data) for direction, kind, data in pair.kinds() if direction is RECEIVED]
    assert received == [(Kind.PING, b""), (Kind.TEXT, b"one two three")]
    assert pair.messages[-1].size == 13


def test_fragments_of_both_directions_do_not_mix() -> None:
    pair = Pair()
    pair.client.send_text(b"c1 ", fin=False)
    pair.server.send_binary(b"s1 ", fin=False)
    pair.client.send_continuation(b"c2", fin=True)
    pair.deliver()
    pair.server.send_continuation(b"s2", fin=True)
    assert pair.kinds() == [(RECEIVED, Kind.TEXT, b"c1 c2"), (SENT, Kind.BINARY, b"s1 s2")]


def test_frames_before_the_exchange_is_known_are_kept_in_order() -> None:
    pair = Pair(opened=False)
    pair.client.send_text(b"early")
    pair.client.send_ping(b"p")
    pair.deliver()
    assert pair.messages == []
    pair.log.opened(EXCHANGE)
    pair.client.send_text(b"late")
    pair.deliver()
    assert [data for _, _, data in pair.kinds()] == [b"early", b"p", b"p", b"late"]
    times = [message.at_ns for message in pair.messages]
    assert times == sorted(times)
    assert all(message.exchange is EXCHANGE for message in pair.messages)


@pytest.mark.parametrize("extra", [-1, 0, 1, BODY_CAP])
def test_data_is_capped_and_size_is_not(extra: int) -> None:
    pair = Pair()
    pair.server.send_binary(bytes(BODY_CAP + extra))
    message = pair.messages[0]
    assert len(message.data) == min(BODY_CAP, BODY_CAP + extra)
    assert message.size == BODY_CAP + extra
    assert message.truncated is (extra > 0)


def test_fragments_are_capped_together() -> None:
    pair = Pair()
    pair.server.send_binary(bytes(BODY_CAP - 1), fin=False)
    pair.server.send_continuation(b"xy", fin=False)
    pair.server.send_continuation(b"z" * 10, fin=True)
    message = pair.messages[0]
    assert message.data == bytes(BODY_CAP - 1) + b"x"
    assert message.size == BODY_CAP + 11


def test_a_continuation_of_nothing_fails_the_connection_and_is_no_message() -> None:
    pair = Pair()
    pair.server.receive_data(Frame(Opcode.CONT, b"x").serialize(mask=True))
    assert [kind for _, kind, _ in pair.kinds()] == [Kind.CLOSE]
    assert pair.messages[0].data[:2] == CloseCode.PROTOCOL_ERROR.to_bytes(2, "big")


def test_a_message_within_a_message_fails_the_connection() -> None:
    pair = Pair()
    for _ in range(2):
        pair.server.receive_data(Frame(Opcode.TEXT, b"half", fin=False).serialize(mask=True))
    assert [(direction, kind) for direction, kind, _ in pair.kinds()] == [(SENT, Kind.CLOSE)]


@st.composite
def streams(draw: st.DrawFn) -> list[Frame]:
    """The frames of messages in any number of fragments, with control frames between any two of them."""
    frames: list[Frame] = []
    for opcode, *fragments in draw(st.lists(MESSAGES, max_size=5)):
        for number, data in enumerate(fragments):
            frames += draw(st.lists(CONTROLS, max_size=2))
            frames.append(Frame(Opcode.CONT if number else opcode, data, number == len(fragments) - 1))
    return frames


def put_together(frames: list[Frame]) -> list[tuple[Kind, bytes]]:
    """What the frames are, by the plainest reading of RFC 6455, section 5.4."""
    records: list[tuple[Kind, bytes]] = []
    message = b""
    kind = Kind.TEXT
    for frame in frames:
        if frame.opcode in (Opcode.PING, Opcode.PONG):
            records.append((Kind[frame.opcode.name], bytes(frame.data)))
            continue
        if frame.opcode is not Opcode.CONT:
            kind, message = Kind[frame.opcode.name], b""
        message += frame.data
        if frame.fin:
            records.append((kind, message))
    return records


@given(streams(), streams())
def test_any_fragmentation_is_put_together_whatever_comes_between(theirs: list[Frame], ours: list[Frame]) -> None:
    pair = Pair()
    for one, other in zip_longest(theirs, ours):
        if one is not None:
            pair.server.receive_data(one.serialize(mask=True))
        if other is not None:
            pair.server.send_frame(other)
    received = [(kind, data) for direction, kind, data in pair.kinds() if direction is RECEIVED]
    assert received == put_together(theirs)
    sent = [(kind, data) for direction, kind, data in pair.kinds() if direction is SENT]
    pings = sum(frame.opcode is Opcode.PING for frame in theirs)
    assert len(sent) == len(put_together(ours)) + pings  # each ping of theirs is answered
    assert [one for one in sent if one[0] in (Kind.TEXT, Kind.BINARY)] == [
        one for one in put_together(ours) if one[0] in (Kind.TEXT, Kind.BINARY)
    ]


def test_a_payload_that_is_a_view_is_copied() -> None:
    pair = Pair()
    data = bytearray(b"before")
    pair.server.send_binary(memoryview(data))
    data[:] = b"after!"
    assert pair.messages[0].data == b"before"
