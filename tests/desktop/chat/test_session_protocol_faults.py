"""desktop.chat.session with servers that break the protocol in every way there is: each ends in a stated state."""

import asyncio

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.chat import session
from desktop.chat.entry import EntryKind
from desktop.chat.session import State
from tests.conftest import Run
from tests.desktop.chat.peers import Client, raw_server, until
from tests.desktop.chat.wire import (
    BINARY,
    CLOSE,
    CONTINUATION,
    DEFLATE,
    PING,
    RSV1,
    RSV2,
    RSV3,
    TEXT,
    close,
    deflated,
    frame,
    sends,
)

pytestmark = pytest.mark.without_qt

BROKEN, TEXT_FAULT, TOO_BIG = "1002 (protocol error)", "1007 (text is not UTF-8)", "1009 (message too big)"
MIB = 1 << 20


@pytest.fixture(autouse=True)
def brief_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "CLOSE_TIMEOUT", 0.05)


def _ended(run: Run, *frames: bytes, fields: tuple[str, ...] = ()) -> Client:
    async def scenario() -> Client:
        async with raw_server(sends(frames, *fields)) as url:
            client = await Client(url).ended()
            assert client.life.exception() is None
            assert client.session.state is State.CLOSED
            assert client.entries[0].kind is EntryKind.OPEN
            assert client.entries[-1].kind is EntryKind.CLOSE
            assert client.entries[-1].text == client.session.outcome
            return client

    return run(scenario())


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (frame(TEXT, b"x", rsv=RSV1), BROKEN),
        (frame(TEXT, b"x", rsv=RSV2), BROKEN),
        (frame(TEXT, b"x", rsv=RSV3), BROKEN),
        *((frame(opcode, b"x"), BROKEN) for opcode in (0x3, 0x7, 0xB, 0xF)),
        (frame(TEXT, b"hello", mask=b"abcd"), BROKEN),
        (b"\x81\x7f\xff" + bytes(7), TOO_BIG),
        (frame(PING, b"x", fin=False), BROKEN),
        (frame(CLOSE, b"\x03\xe8", fin=False), BROKEN),
        (frame(PING, bytes(126)), BROKEN),
        (frame(CONTINUATION, b"x"), BROKEN),
        (frame(TEXT, b"a", fin=False) + frame(BINARY, b"b"), BROKEN),
        (frame(CLOSE, b"\x03"), BROKEN),
        *((close(code), BROKEN) for code in (0, 999, 1004, 1005, 1006, 1015, 2999, 5000)),
        (close(1000, b"\xff\xfe"), TEXT_FAULT),
        (frame(TEXT, b"ok\xff"), TEXT_FAULT),
        (frame(TEXT, b"\xed\xa0\x80"), TEXT_FAULT),
        (
            frame(TEXT, b"\xe2", fin=False) + frame(CONTINUATION, b"\x82", fin=False) + frame(CONTINUATION, b"x"),
            TEXT_FAULT,
        ),
    ],
)
def test_what_breaks_the_rules_ends_the_connection_with_its_code(run: Run, broken: bytes, code: str) -> None:
    client = _ended(run, frame(BINARY, b"before"), broken, frame(BINARY, b"behind"))
    assert client.session.outcome.startswith(f"Closed by this client: {code}")
    assert [entry.data for entry in client.of(EntryKind.BINARY)] == [b"before"]
    assert client.session.retryable


@pytest.mark.parametrize(
    "garbage",
    [b"\xff" * 20, deflated(b"hello") + b"\x00garbage", b"\x06" + bytes(30)],
)
def test_compressed_garbage_ends_it(run: Run, garbage: bytes) -> None:
    client = _ended(run, frame(TEXT, garbage, rsv=RSV1), fields=(DEFLATE,))
    assert client.session.outcome.startswith(f"Closed by this client: {BROKEN}, reason “decompression failed”")


def test_a_message_that_inflates_beyond_the_limit_is_not_inflated(run: Run) -> None:
    bomb = frame(BINARY, deflated(bytes(256 * MIB)), rsv=RSV1)
    assert len(bomb) < MIB
    assert _ended(run, bomb, fields=(DEFLATE,)).session.outcome.startswith(f"Closed by this client: {TOO_BIG}")


@pytest.mark.parametrize(("opcode", "kind"), [(TEXT, EntryKind.PLAIN), (BINARY, EntryKind.BINARY)])
def test_the_largest_message_is_taken_and_one_more_byte_is_not(run: Run, opcode: int, kind: EntryKind) -> None:
    client = _ended(run, frame(opcode, b"x" * (64 * MIB)), frame(opcode, b"x" * (64 * MIB + 1)))
    assert [(len(entry.text), len(entry.data), entry.size) for entry in client.of(kind)] == [
        (64 * MIB, 0, 64 * MIB) if opcode == TEXT else (0, 64 * MIB, 64 * MIB)
    ]
    assert client.session.outcome.startswith(f"Closed by this client: {TOO_BIG}")


@pytest.mark.parametrize(("size", "count"), [(25 * MIB, 2), (0, 5000)])
def test_a_message_of_too_many_or_too_large_fragments_is_not_taken(run: Run, size: int, count: int) -> None:
    fragments = [frame(CONTINUATION, bytes(size), fin=False)] * count
    client = _ended(run, frame(BINARY, bytes(20 * MIB), fin=False), *fragments)
    assert client.session.outcome.startswith(f"Closed by this client: {TOO_BIG}")
    assert not client.of(EntryKind.BINARY)


def test_all_that_came_before_a_bad_text_is_told(run: Run) -> None:
    client = _ended(run, frame(TEXT, b"one"), frame(PING, b"p"), frame(TEXT, b"two"), frame(TEXT, b"\xff"))
    assert [entry.text for entry in client.of(EntryKind.PLAIN)] == ["one", "two"]
    assert [entry.text for entry in client.of(EntryKind.ERROR)] == ["The server sent a text that is not UTF-8: \\xff"]
    assert [entry.data for entry in client.of(EntryKind.PONG)] == [b"p"]


def test_ten_thousand_pings_are_answered_and_told(run: Run) -> None:
    client = _ended(run, *(frame(PING, b"%d" % number) for number in range(10_000)), close(1000))
    wanted = [b"%d" % number for number in range(10_000)]
    assert [entry.data for entry in client.of(EntryKind.PING)] == wanted
    assert [entry.data for entry in client.of(EntryKind.PONG)] == wanted
    assert client.session.outcome == "Closed by the server: 1000 (normal closure). Clean."


def test_what_comes_after_the_close_frame_is_not_told(run: Run) -> None:
    client = _ended(run, frame(TEXT, b"before"), close(4000, b"bye"), frame(TEXT, b"behind") * 1000)
    assert [entry.text for entry in client.of(EntryKind.PLAIN)] == ["before"]
    assert client.session.outcome == "Closed by the server: 4000, reason “bye”. Clean."


FRAMES = st.builds(
    frame,
    st.integers(0, 15),
    st.binary(max_size=140),
    fin=st.booleans(),
    rsv=st.sampled_from((0, RSV1, RSV2, RSV3)),
    mask=st.sampled_from((b"", b"mask")),
)
SOUP = st.lists(st.one_of(FRAMES, st.binary(max_size=40)), max_size=8)


@settings(max_examples=60)
@given(soup=SOUP, fields=st.sampled_from(((), (DEFLATE,))), cut=st.booleans())
@example(soup=[frame(TEXT, b"a", fin=False), frame(PING, b""), b"\x80"], fields=(), cut=True)
def test_no_bytes_after_a_good_handshake_get_through_to_the_loop(
    soup: list[bytes], fields: tuple[str, ...], cut: bool
) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await sends(soup, *fields)(_Once(reader), writer)  # type: ignore[arg-type] # all that is used of one
        if cut:
            writer.transport.abort()
        else:
            await reader.read()

    async def scenario() -> Client:
        async with raw_server(script) as url:
            client = Client(url)
            await until(lambda: client.states)
            if not cut:
                await client.session.close()
            await client.ended()
            assert client.life.exception() is None
            assert client.session.outcome
            return client

    with asyncio.Runner() as runner:
        faults: list[object] = []
        runner.get_loop().set_exception_handler(lambda _, context: faults.append(context))
        client = runner.run(scenario())
        assert not faults
    assert client.session.state is State.CLOSED
    assert client.entries[-1].kind in (EntryKind.CLOSE, EntryKind.ERROR)  # it may be cut before it is open


class _Once:
    """A reader that has nothing to read behind the handshake."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self.readuntil = reader.readuntil

    async def read(self) -> bytes:
        return b""
