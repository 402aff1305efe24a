"""Frames that are not as the standards want them: each is told, with what is wrong with it."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.frames.faults import AFTER_CLOSE, AFTER_FAILURE, BAD_TEXT, TextCheck
from servers.exchange import Direction
from tests.desktop.chat.frames.wired import LIMIT, Wired, cut

RECEIVED = Direction.RECEIVED
BEGUN = b"\x01\x02be"
TOO_LONG = "The message is longer than the 1,048,576 bytes that are taken here (RFC 6455, section 10.4)."
ABSURD = "The first bit of a length of 64 bits must be 0 (RFC 6455, section 5.2)."
SHORT_CLOSE = "The content of a close frame begins with a code of two bytes (RFC 6455, section 5.5.1)."
MUCH = bytes(126)


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)[:-4]


@pytest.mark.parametrize(
    ("wire", "fault", "data"),
    [
        (b"\x83\x02hi", "The opcode 0x3 is reserved (RFC 6455, section 5.2).", b"hi"),
        (b"\x8f\x02hi", "The opcode 0xF is reserved (RFC 6455, section 5.2).", b"hi"),
        (b"\x81\x82\x01\x02\x03\x04ik", "A server must not mask its frames (RFC 6455, section 5.1).", b"hi"),
        (b"\xa1\x02hi", "RSV2 is set, but no extension that uses it was agreed on (RFC 6455, section 5.2).", b"hi"),
        (b"\x91\x02hi", "RSV3 is set, but no extension that uses it was agreed on (RFC 6455, section 5.2).", b"hi"),
        (b"\xc1\x02hi", "RSV1 is set, but compression was not agreed on (RFC 6455, section 5.2).", b"hi"),
        (b"\x09\x02hi", "A control frame must not be fragmented (RFC 6455, section 5.5).", b"hi"),
        (b"\x89\x7e\x00\x7e" + MUCH, "A control frame may carry at most 125 bytes (RFC 6455, section 5.5).", MUCH),
        (b"\x80\x02hi", "There is no message that it could continue (RFC 6455, section 5.4).", b"hi"),
        (b"\x82\x7f\x80" + bytes(7) + b"hi", ABSURD, b"hi"),
        (b"\x82\x7f" + b"\xff" * 8, ABSURD, b""),
        (b"\x82\x7f\x00\x00" + b"\xff" * 6, TOO_LONG, b""),
        (b"\x88\x01\x03", SHORT_CLOSE, b"\x03"),
        (b"\x88\x02\x03\xed", "The code 1005 must not be in a close frame (RFC 6455, section 7.4).", b"\x03\xed"),
        (b"\x88\x03\x03\xe8\xff", "The reason is not UTF-8 (RFC 6455, section 5.5.1).", b"\x03\xe8\xff"),
    ],
)
def test_a_frame_that_ends_the_connection_is_told_and_why(wire: bytes, fault: str, data: bytes) -> None:
    wired = Wired().open()
    wired.receive(b"\x81\x02ok" + wire)
    fine, bad, *rest = wired.frames
    assert (fine.data, fine.fault) == (b"ok", "")
    assert (bad.data, bad.fault, bad.direction) == (data, fault, RECEIVED)
    assert [(one.direction, one.opcode) for one in rest] == [(Direction.SENT, 8)]
    assert wired.client.parser_exc is not None


@pytest.mark.parametrize(
    ("wire", "fault"),
    [
        (b"\xc9\x02hi", "A control frame must not have RSV1 set (RFC 7692, section 6)."),
        (b"\x41\x02\x4a\x04" + b"\xc0\x02hi", "A continuation must not have RSV1 set (RFC 7692, section 6)."),
        (b"\xe1\x02hi", "RSV2 is set, but no extension that uses it was agreed on (RFC 6455, section 5.2)."),
        (b"\xc1\x02\xff\xff", "The content cannot be inflated (RFC 7692, section 7.2.2)."),
    ],
)
def test_where_compression_was_agreed_on(wire: bytes, fault: str) -> None:
    wired = Wired(deflates=True).open()
    wired.receive(wire)
    bad = [frame for frame in wired.frames if frame.direction is RECEIVED][-1]
    assert (bad.fault, bad.size) == (fault, None)


def test_a_message_that_is_too_long_only_when_it_is_inflated() -> None:
    wired = Wired(deflates=True).open()
    bomb = deflated(bytes(LIMIT + 1))
    wired.receive(b"\xc2\x7e" + len(bomb).to_bytes(2) + bomb)
    assert wired.frames[0].fault == TOO_LONG
    assert (wired.frames[0].size, wired.frames[0].wire_size) == (None, len(bomb))


@pytest.mark.parametrize(
    ("wire", "fault"),
    [
        (b"\x81\x02hi", "A new message begins before the last fragment of the one before (RFC 6455, section 5.4)."),
        (b"\x88\x00", "The last fragment of a message has not come before it (RFC 6455, section 5.4)."),
    ],
)
def test_what_comes_between_fragments(wire: bytes, fault: str) -> None:
    wired = Wired().open()
    wired.receive(BEGUN + wire)
    assert wired.faults()[:2] == ["", fault]


@pytest.mark.parametrize("length", [b"\x7e\x00\x02", b"\x7f" + bytes(7) + b"\x02"])
def test_a_length_in_too_many_bytes_is_a_fault_though_it_is_taken(length: bytes) -> None:
    wired = Wired().open()
    for opcode in (b"\x82", b"\x89"):
        wired.receive(opcode + length + b"hi")
    fault = "The length must be written in as few bytes as it can be (RFC 6455, section 5.2)."
    assert [frame.fault for frame in wired.frames if frame.direction is RECEIVED] == [fault, fault]
    assert [frame.size for frame in wired.frames if frame.direction is RECEIVED] == [2, 2]


def test_text_that_is_not_utf_8_also_over_fragments() -> None:
    wired = Wired().open()
    wired.receive(b"\x01\x01\xc3" + b"\x89\x00" + b"\x80\x01\xa9" + b"\x82\x01\xff" + b"\x81\x01\xc3" + b"\x81\x01a")
    assert [one.fault for one in wired.frames if one.direction is RECEIVED] == ["", "", "", "", BAD_TEXT, ""]
    wired.receive(b"\x01\x02h\xff" + b"\x80\x01i")
    assert wired.faults()[-2:] == [BAD_TEXT, ""]


def test_what_comes_after_the_end_is_told_as_not_read() -> None:
    failed = Wired().open()
    failed.receive(b"\x83\x00" + b"\x81\x02hi", b"\x81\x02ho", b"\x84\x00")
    received = [frame for frame in failed.frames if frame.direction is RECEIVED]
    assert [frame.data for frame in received] == [b"", b"hi", b"ho", b""]
    assert [frame.fault for frame in received[1:3]] == [AFTER_FAILURE, AFTER_FAILURE]
    assert received[3].fault == "The opcode 0x4 is reserved (RFC 6455, section 5.2)."
    closed = Wired().open()
    closed.receive(b"\x88\x00" + b"\x81\x02hi", b"\x81\x02ho")
    assert [one.fault for one in closed.frames if one.direction is RECEIVED] == ["", AFTER_CLOSE, AFTER_CLOSE]


def test_the_frame_after_one_that_cannot_stand_there_is_not_blamed() -> None:
    wired = Wired().open()
    wired.receive(b"\x80\x02hi" + b"\x81\x02ok")
    assert wired.faults()[:2] == ["There is no message that it could continue (RFC 6455, section 5.4).", AFTER_FAILURE]


def test_a_frame_that_the_end_of_the_connection_cuts() -> None:
    wired = Wired().open()
    wired.receive(b"\x82\x7e\x10\x00", bytes(100))
    assert wired.frames == []
    wired.end()
    (frame,) = wired.frames
    assert frame.fault == "The connection ended within the frame (RFC 6455, section 7.1.5)."
    assert (frame.size, frame.wire_size) == (None, 4096)


@pytest.mark.parametrize("code", [1011, 1009])
def test_a_failure_of_another_cause_is_not_the_fault_of_what_was_coming(code: int) -> None:
    wired = Wired().open()
    wired.client.max_message_size = None
    wired.receive(b"\x82\x7e\x10\x00")
    wired.client.fail(code, "it was something else")
    assert wired.faults() == [AFTER_FAILURE, ""]


@given(data=st.binary(max_size=40), places=st.lists(st.integers(0, 40), max_size=40))
def test_after_any_bytes_at_all_it_has_not_broken(data: bytes, places: list[int]) -> None:
    whole, pieces = Wired().open(), Wired().open()
    whole.receive(data)
    pieces.receive(*cut(data, places))
    views = [
        [frame._replace(at_ns=0, data=b"", fault="") for frame in one.frames if frame.direction is RECEIVED]
        for one in (whole, pieces)
    ]
    assert views[0] == views[1]


@given(data=st.one_of(st.binary(max_size=9), st.text(max_size=9).map(str.encode)), places=st.lists(st.integers(0, 9)))
def test_utf_8_is_told_over_any_cuts(data: bytes, places: list[int]) -> None:
    check = TextCheck()
    pieces = cut(data, places) or [b""]
    verdict = all(check.accepts(piece, final=number == len(pieces)) for number, piece in enumerate(pieces, 1))
    try:
        data.decode()
        valid = True
    except UnicodeDecodeError:
        valid = False
    assert verdict == valid
