"""Tests of the WebSocket server with raw bytes that break RFC 6455: the right close code, and others are served on."""

import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from servers.settings import Mode
from tests.conftest import Run, until
from tests.servers.websocket.clients import serving
from tests.servers.websocket.raw_frames import DEFLATE, answer_to, close_code, fragments, frame, goes_on, shaken

MIB = 1024 * 1024
TEXT, BINARY, CLOSE, PING, PONG, CONTINUED = 0x81, 0x82, 0x88, 0x89, 0x8A, 0x80
FIRST_OF_MORE, MORE = 0x01, 0x00
RSV1, RSV2, RSV3 = 0x40, 0x20, 0x10
CONTROL = (CLOSE, PING, PONG)


def _deflated(data: bytes) -> bytes:
    """RFC 7692, section 7.2.1."""
    compressor = zlib.compressobj(wbits=-12)
    return (compressor.compress(data) + compressor.flush(zlib.Z_SYNC_FLUSH)).removesuffix(b"\x00\x00\xff\xff")


def _fails(run: Run, data: bytes, code: int, *fields: str, **options: int) -> None:
    """What comes back is a close frame with that code, and only the client who sent this is gone."""

    async def scenario() -> None:
        async with serving(Mode.VERBATIM, **options) as server:
            assert close_code(await answer_to(server, data, *fields)) == code
            await until(lambda: not server.names)
            await goes_on(server)

    run(scenario())


@pytest.mark.parametrize("first", [TEXT, BINARY, CONTINUED, *CONTROL, FIRST_OF_MORE], ids=hex)
@pytest.mark.parametrize("payload", [b"", b"\x03\xe8", b"x" * 70_000], ids=len)
def test_frames_without_a_mask(run: Run, first: int, payload: bytes) -> None:
    _fails(run, frame(first, payload, masked=False), 1002)


@pytest.mark.parametrize("bits", [RSV1, RSV2, RSV3, RSV1 | RSV2 | RSV3], ids=hex)
@pytest.mark.parametrize("first", [TEXT, BINARY, *CONTROL], ids=hex)
def test_reserved_bits(run: Run, first: int, bits: int) -> None:
    _fails(run, frame(first | bits, b"\x03\xe8"), 1002)


@pytest.mark.parametrize("first", [TEXT | RSV2, BINARY | RSV3, *(one | RSV1 for one in CONTROL)], ids=hex)
def test_reserved_bits_beside_deflate(run: Run, first: int) -> None:
    _fails(run, frame(first, _deflated(b"hi")), 1002, DEFLATE)


def test_the_bit_of_deflate_on_a_continuation(run: Run) -> None:
    _fails(run, frame(FIRST_OF_MORE | RSV1, b"\x4a") + frame(CONTINUED | RSV1, b"\x4c\x04\x00"), 1002, DEFLATE)


def test_what_is_said_to_be_deflated_and_is_not(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.VERBATIM) as server:
            answer = await answer_to(server, frame(TEXT | RSV1, b"\xff\xff\xff\xff not deflated"), DEFLATE)
            assert close_code(answer) in (1002, 1007)
            await goes_on(server)

    run(scenario())


@pytest.mark.parametrize("opcode", [3, 4, 5, 6, 7, 11, 12, 13, 14, 15])
@pytest.mark.parametrize("fin", [0x00, 0x80], ids=["more", "whole"])
def test_reserved_opcodes(run: Run, opcode: int, fin: int) -> None:
    _fails(run, frame(fin | opcode, b"x"), 1002)


@pytest.mark.parametrize("first", CONTROL, ids=hex)
def test_control_frames_in_fragments(run: Run, first: int) -> None:
    _fails(run, frame(first & 0x0F, b"\x03\xe8") + frame(CONTINUED, b"x"), 1002)


@pytest.mark.parametrize("first", CONTROL, ids=hex)
@pytest.mark.parametrize("size", [126, 65_536])
def test_control_frames_that_are_too_long(run: Run, first: int, size: int) -> None:
    _fails(run, frame(first, b"\x03\xe8" + b"x" * (size - 2)), 1002)


@pytest.mark.parametrize(
    "data",
    [
        frame(CONTINUED, b"of nothing"),
        frame(MORE, b"of nothing"),
        frame(PING) + frame(CONTINUED),
        frame(FIRST_OF_MORE) + frame(CONTINUED) + frame(CONTINUED),
    ],
    ids=["last", "more", "after a ping", "after the last"],
)
def test_continuations_of_nothing(run: Run, data: bytes) -> None:
    _fails(run, data, 1002)


@pytest.mark.parametrize("between", [b"", frame(PONG), frame(MORE, b"b")], ids=["at once", "after a pong", "later"])
@pytest.mark.parametrize("second", [TEXT, BINARY, FIRST_OF_MORE], ids=hex)
def test_a_new_message_in_the_middle_of_another(run: Run, between: bytes, second: int) -> None:
    _fails(run, frame(FIRST_OF_MORE, b"a") + between + frame(second, b"c"), 1002)


BAD_TEXTS = [
    b"\x80",  # a continuation byte alone
    b"\xc0\x80",  # NUL in two bytes
    b"\xe0\x80\xaf",  # a slash in three
    b"\xed\xa0\x80",  # half of a surrogate pair
    b"\xf4\x90\x80\x80",  # beyond U+10FFFF
    b"\xf8\x88\x80\x80\x80",  # five bytes
    b"caf\xc3",  # the end is missing
    b"\xce\xba\xe1\xbd\xb9\xcf\x83\xed\xa0\x80\x65\x64",
]


def _whole(text: bytes) -> bytes:
    return frame(TEXT, text)


def _byte_by_byte(text: bytes) -> bytes:
    return fragments(FIRST_OF_MORE, [b"", *(bytes([one]) for one in text), b""])


def _deflated_in_two(text: bytes) -> bytes:
    data = _deflated(text)
    return fragments(FIRST_OF_MORE | RSV1, [data[:2], data[2:]])


def _as_reason(text: bytes) -> bytes:
    return frame(CLOSE, b"\x03\xe8" + text)


@pytest.mark.parametrize("text", BAD_TEXTS, ids=repr)
@pytest.mark.parametrize("spelled", [_whole, _byte_by_byte, _deflated_in_two, _as_reason])
def test_text_that_is_not_utf_8(run: Run, text: bytes, spelled: Callable[[bytes], bytes]) -> None:
    _fails(run, spelled(text), 1007, *([DEFLATE] if spelled is _deflated_in_two else []))


def test_a_character_split_over_frames_is_no_fault(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.VERBATIM) as server, shaken(server) as (reader, writer):
            bird = "🦉".encode()
            writer.write(frame(FIRST_OF_MORE, bird[:1]) + frame(PING, b"?") + frame(MORE, bird[1:3]))
            assert await reader.readexactly(3) == b"\x8a\x01?"
            writer.write(frame(CONTINUED, bird[3:]))
            assert await reader.readexactly(6) == b"\x81\x04" + bird

    run(scenario())


@pytest.mark.parametrize("code", [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535])
def test_close_codes_that_nobody_may_send(run: Run, code: int) -> None:
    _fails(run, frame(CLOSE, code.to_bytes(2, "big") + b"reason"), 1002)


@pytest.mark.parametrize("code", [1000, 1001, 1003, 1007, 1008, 1011, 1014, 3000, 3999, 4000, 4999])
def test_close_codes_that_are_sent_back(run: Run, code: int) -> None:
    _fails(run, frame(CLOSE, code.to_bytes(2, "big") + b"reason"), code)


def test_a_close_frame_of_one_byte(run: Run) -> None:
    _fails(run, frame(CLOSE, b"\x03"), 1002)


def test_what_follows_a_close_frame_is_not_answered(run: Run) -> None:
    _fails(run, frame(CLOSE, b"\x03\xe8") + frame(TEXT, b"more") + frame(PING) + b"\xff" * 100, 1000)


@pytest.mark.parametrize("first", [BINARY, *CONTROL], ids=hex)
@pytest.mark.parametrize("length", [1 << 63, (1 << 64) - 1], ids=hex)
def test_lengths_of_more_than_63_bits(run: Run, first: int, length: int) -> None:
    async def scenario() -> None:
        async with serving(Mode.VERBATIM) as server:
            data = bytes([first, 0xFF]) + length.to_bytes(8, "big") + bytes(4)
            assert close_code(await answer_to(server, data)) in (1002, 1009)
            await goes_on(server)

    run(scenario())


@pytest.mark.parametrize(
    "data",
    [
        b"\x82\xff" + (MIB + 1).to_bytes(8, "big") + bytes(4),
        frame(FIRST_OF_MORE, b"x" * MIB) + b"\x80\x81",
        fragments(0x02, [b"x" * 1000] * 1049),
    ],
    ids=["announced", "announced in the last fragment", "in small fragments"],
)
def test_messages_over_the_limit(run: Run, data: bytes) -> None:
    _fails(run, data, 1009, max_message=MIB)


def test_a_message_of_just_the_limit_in_fragments(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.VERBATIM, max_message=MIB) as server, shaken(server) as (reader, writer):
            writer.write(fragments(0x02, [b"x" * (MIB // 16)] * 16))
            assert await reader.readexactly(10) == b"\x82\x7f" + MIB.to_bytes(8, "big")
            assert await reader.readexactly(MIB) == b"x" * MIB

    run(scenario())


@pytest.mark.parametrize("count", [1, 100])
def test_a_deflate_bomb_is_not_inflated(run: Run, count: int) -> None:
    bomb = _deflated(bytes(64 * MIB))
    size = -(-len(bomb) // count)
    data = fragments(0x02 | RSV1, [bomb[start : start + size] for start in range(0, len(bomb), size)])

    async def scenario() -> None:
        async with serving(Mode.VERBATIM, max_message=MIB) as server, shaken(server, DEFLATE) as (reader, writer):
            before, _ = tracemalloc.get_traced_memory()
            tracemalloc.reset_peak()
            writer.write(data)
            assert close_code(await reader.read()) == 1009
            _, peak = tracemalloc.get_traced_memory()
            assert peak - before < 8 * MIB
            await goes_on(server)

    tracemalloc.start()
    try:
        run(scenario())
    finally:
        tracemalloc.stop()


def test_half_a_frame_then_silence(run: Run) -> None:
    async def scenario() -> None:
        async with serving(Mode.VERBATIM, ping_interval=1) as server, shaken(server) as (reader, writer):
            writer.write(frame(TEXT, b"x" * 1000)[:500])
            begin = await reader.readexactly(2)
            assert begin[0] == PING
            await goes_on(server)
            assert close_code(begin + await reader.read()) == 1011
            await until(lambda: not server.names)
            await goes_on(server)

    run(scenario())


@pytest.mark.parametrize("begun", [b"", b"\x81", frame(TEXT, b"x" * 1000)[:500], frame(FIRST_OF_MORE, b"x")])
def test_half_a_message_then_the_end(run: Run, begun: bytes) -> None:
    async def scenario() -> None:
        async with serving(Mode.VERBATIM) as server, shaken(server) as (reader, writer):
            writer.write(frame(TEXT, b"whole") + begun)
            assert await reader.readexactly(7) == b"\x81\x05whole"
            writer.write_eof()
            assert await reader.read() == b""
            await until(lambda: not server.names)
            await goes_on(server)

    run(scenario())
