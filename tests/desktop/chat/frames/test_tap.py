"""The tap: every frame once, in its order, as it was on the wire, however the bytes come in."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from desktop.chat.frames.wire import DATA_KEPT, WireFrame
from servers.exchange import Direction
from tests.desktop.chat.frames.wired import Wired, cut

SENT, RECEIVED = Direction.SENT, Direction.RECEIVED
PLACES = st.lists(st.integers(0, 1 << 18), max_size=40)
TEXTS = st.one_of(st.text(max_size=20), st.text("aé€", min_size=60, max_size=700), st.just("long" * 17_000))


class Part(NamedTuple):
    """A frame to send, and which fragment of its message it is."""

    opcode: Opcode
    data: bytes
    fin: bool = True
    fragment: int = 0


@st.composite
def conversations(draw: st.DrawFn) -> list[Part]:
    """Messages, some of them in fragments, with control frames between and within them."""
    parts: list[Part] = []
    for text in draw(st.lists(TEXTS, max_size=6)):
        opcode = draw(st.sampled_from([Opcode.TEXT, Opcode.BINARY]))
        pieces = cut(text.encode(), draw(st.lists(st.integers(0, 3000), max_size=3))) or [b""]
        for number, piece in enumerate(pieces, 1):
            parts += [
                Part(draw(st.sampled_from([Opcode.PING, Opcode.PONG])), data)
                for data in draw(st.lists(st.binary(max_size=125), max_size=1))
            ]
            kind = opcode if number == 1 else Opcode.CONT
            parts.append(Part(kind, piece, number == len(pieces), number if len(pieces) > 1 else 0))
    return parts


def told(frame: WireFrame) -> Part:
    return Part(Opcode(frame.opcode), frame.data, frame.fin, frame.fragment)


def kept(part: Part) -> Part:
    return part._replace(data=part.data[:DATA_KEPT])


@given(parts=conversations(), places=PLACES, deflates=st.booleans())
def test_every_frame_of_a_server_in_whatever_pieces_it_comes(
    parts: list[Part], places: list[int], deflates: bool
) -> None:
    wired = Wired(deflates=deflates)
    sizes = []
    for opcode, data, fin, _ in parts:
        wired.server.send_frame(Frame(opcode, data, fin))
        sizes.append(len(wired.server.writes[-1]))
    wired.receive(*cut(wired.response + wired.written_by_server(), places))
    frames = [frame for frame in wired.frames if frame.direction is RECEIVED]
    assert [told(frame) for frame in frames] == [kept(part) for part in parts]
    assert [frame.header_size + frame.wire_size for frame in frames] == sizes
    assert [frame.size for frame in frames] == [len(part.data) for part in parts]
    assert not any(wired.faults())
    compressed = [deflates and part.opcode in {Opcode.TEXT, Opcode.BINARY} for part in parts]
    assert [frame.rsv1 for frame in frames] == compressed
    assert all(frame.mask is None and not frame.rsv2 and not frame.rsv3 for frame in frames)
    pongs = [frame.data for frame in wired.frames if frame.direction is SENT]
    assert pongs == [part.data for part in parts if part.opcode is Opcode.PING]


@given(parts=conversations(), deflates=st.booleans())
def test_every_frame_that_is_sent(parts: list[Part], deflates: bool) -> None:
    wired = Wired(deflates=deflates).open()
    for opcode, data, fin, _ in parts:
        wired.client.send_frame(Frame(opcode, data, fin))
    assert [told(frame) for frame in wired.frames] == [kept(part) for part in parts]
    written = wired.written_by_client()
    assert sum(frame.header_size + frame.wire_size for frame in wired.frames) == len(written)
    at = 0
    for frame in wired.frames:
        assert frame.mask == written[at + frame.header_size - 4 : at + frame.header_size]
        at += frame.header_size + frame.wire_size


def test_a_ping_stands_before_the_pong_that_answers_it() -> None:
    wired = Wired()
    wired.server.send_ping(b"one")
    wired.server.send_ping(b"two")
    wired.receive(wired.response + wired.written_by_server())
    assert [(frame.direction, frame.data) for frame in wired.frames] == [
        (RECEIVED, b"one"),
        (SENT, b"one"),
        (RECEIVED, b"two"),
        (SENT, b"two"),
    ]
    times = [frame.at_ns for frame in wired.frames]
    assert times == sorted(times)


def test_both_close_frames() -> None:
    wired = Wired().open()
    wired.server.send_close(1001, "gone")
    wired.receive(wired.written_by_server())
    assert [(one.direction, one.opcode, one.data) for one in wired.frames] == [
        (RECEIVED, 8, b"\x03\xe9gone"),
        (SENT, 8, b"\x03\xe9gone"),
    ]
    wired.end()
    assert len(wired.frames) == 2


@pytest.mark.parametrize("log_first", [True, False])
def test_it_shares_the_connection_with_the_log_of_messages(log_first: bool) -> None:
    wired = Wired(log_first=log_first).open()
    wired.server.send_ping(b"are you there")
    wired.receive(wired.written_by_server())
    wired.client.send_text(b"yes")
    assert [(one.direction, one.opcode, one.data) for one in wired.frames] == [
        (RECEIVED, 9, b"are you there"),
        (SENT, 10, b"are you there"),
        (SENT, 1, b"yes"),
    ]
    assert [(one.direction, one.data) for one in wired.messages] == [(one.direction, one.data) for one in wired.frames]


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\n\x81\x02hi",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n",
        b"\x81\x02hi\r\n\r\n\x81\x02hi",
    ],
)
def test_nothing_is_a_frame_without_the_switch(answer: bytes) -> None:
    wired = Wired()
    wired.receive(answer, b"\x81\x02hi")
    assert wired.frames == []


def test_bytes_after_a_failed_handshake_are_no_frames() -> None:
    wired = Wired()
    wired.receive(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    assert wired.client.handshake_exc is not None
    wired.receive(b"\x81\x02hi", b"\r\n\r\n")
    assert wired.frames == []


def test_frames_that_it_was_not_fed_do_no_harm() -> None:
    wired = Wired().open()
    wired.client.receive_data(b"\x81\x02hi")
    assert wired.frames == []
    assert len(wired.client.events_received()) == 2
