"""Tests of faults: each has a sentence that names the cause, what came before it is kept, and the client lives on."""

import asyncio

import pytest

from desktop.explorer.model.options import Options
from desktop.explorer.sending.attempt import Sessions
from desktop.widgets.proxy_choice import NO_PROXY
from tests.conftest import Run
from tests.desktop.explorer.exchanges import free_port
from tests.desktop.explorer.sending.misbehaving import Handler, answering, ask, fault_of, get, listening, send
from tests.desktop.explorer.servers import OK

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_connection_refused(run: Run, host: str) -> None:
    async def scenario() -> None:
        port = free_port()
        reply = await send(get(f"http://{host}:{port}/"))
        name = host.strip("[]")
        assert reply.exchange.error == f"Nothing answers on {name} port {port}. Start the server or check the port."
        assert (reply.exchange.status, reply.exchange.remote) == (0, None)

    run(scenario())


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("no-such-name.invalid", "The name no-such-name.invalid was not found."),
        ("bücher.invalid", "The name xn--bcher-kva.invalid was not found."),
        ("127.1", "“127.1” is not a whole address"),
    ],
)
def test_hosts_that_are_none(run: Run, host: str, words: str) -> None:
    async def scenario() -> None:
        assert words in ((await send(get(f"http://{host}/"))).exchange.error or "")

    run(scenario())


@pytest.mark.parametrize(
    ("handler", "words"),
    [
        (answering(), "closed the connection without answering. Its log may say why; is it an https:// server?"),
        (answering(reset=True), "reset the connection without answering"),
        (answering(HEAD + b"Content-Le"), "closed the connection in the middle of the head"),
        (answering(HEAD + b"Content-Le", reset=True), "reset the connection in the middle of the head"),
        (answering(b"SSH-2.0-OpenSSH_9.2\r\n"), "not HTTP/1.1 (Bad status line). It is an SSH server."),
        (answering(b"220 ftp ready\r\n"), "It looks like a mail or FTP server."),
        (answering(b"\x15\x03\x01\0\x02\x02\x46"), "It speaks TLS: use https://."),
        (answering(b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x64"), "It speaks HTTP/2 only."),
        (answering(b"<html>hi</html>"), "It sent a body without a head, as HTTP/0.9 did."),
        (answering(b"hello"), "something that is not HTTP/1.1 (Bad status line). Check the port."),
        (answering(b"HTTP/1.1 OK\r\n\r\n"), "answered with a head that is not HTTP/1.1 (Bad status line)."),
        (answering(b"HTTP/1.1 abc OK\r\n\r\n"), "answered with a head that is not HTTP/1.1 (Bad status line)."),
        (answering(HEAD + b"bad header\r\n\r\n"), "answered with a head that is not HTTP/1.1 (Invalid header token)."),
        (answering(HEAD + b"X: ", *[b"a" * 100_000] * 3, hold=True), "does not end within 64 KB"),
        (answering(HEAD, *[b"X: 1\r\n" * 1000] * 3, hold=True), "sent more than 1,000 header fields"),
        (answering(HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc"), "(Duplicate Content-Length)"),
        (answering(HEAD + b"X: a\0b\r\n\r\n"), "answered with a head that is not HTTP/1.1 (Invalid HTTP header)."),
        (answering(b"HTTP/1.1 000 No\r\nContent-Length: 2\r\n\r\nab"), "a status that HTTP does not have: 000."),
        (answering(HEAD + b"Content-Length: -2\r\n\r\nabc"), "(Invalid character in Content-Length)"),
        (answering(*[b"HTTP/1.1 100 Continue\r\n\r\n" * 1000] * 3, hold=True), "more than 100 interim responses"),
    ],
)
def test_no_response(run: Run, handler: Handler, words: str) -> None:
    async def scenario() -> None:
        reply = await ask(handler)
        assert words in (reply.exchange.error or "")
        assert (reply.exchange.status, reply.body.size) == (0, 0)
        assert reply.exchange.remote is not None

    run(scenario())


@pytest.mark.parametrize(
    ("handler", "words"),
    [
        (answering(HEAD + b"Content-Length: 100\r\n\r\nabc"), "it is shorter than its Content-Length"),
        (answering(HEAD + b"Content-Length: 9\r\n\r\nabc", reset=True), "reset the connection before the whole body"),
        (answering(HEAD + b"\r\nabc", reset=True), "reset the connection before the whole body"),
        (answering(CHUNKED + b"zz\r\n"), "chunks that are not valid: Invalid character in chunk size"),
        (answering(CHUNKED + b"zz\r\n", hold=True), "chunks that are not valid: Invalid character in chunk size"),
        (answering(CHUNKED + b"ffffffffffffffffff\r\n", hold=True), "chunks that are not valid: Chunk size overflow"),
        (answering(CHUNKED, b"0\r\n", b"X: 1\r\n" * 3000, hold=True), "not valid: Too many headers received"),
        (
            answering(CHUNKED, b"0\r\nX: " + b"a" * 70_000, hold=True),
            "Got more than 65536 bytes when reading (RFC 9112",
        ),
        (answering(CHUNKED), "its last chunk is missing"),
    ],
)
def test_a_body_that_breaks_off_keeps_what_came(run: Run, handler: Handler, words: str) -> None:
    async def scenario() -> None:
        reply = await ask(handler)
        assert words in (reply.exchange.error or "")
        assert (reply.exchange.status, reply.body.read()) == (200, b"abc")

    run(scenario())


@pytest.mark.parametrize(
    ("answer", "status", "body", "note"),
    [
        (HEAD + b"Content-Length: 2\r\n\r\nabcdef", 200, b"ab", "4 bytes more than belong to a response of that"),
        (HEAD + b"Content-Length: 2\r\n\r\nab" + OK, 200, b"ab", "40 bytes more than belong"),
        (b"HTTP/1.1 204 No Content\r\n\r\nab", 204, b"", "2 bytes more than belong to a response that has no body"),
        (b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", 999, b"", ""),
        (b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK, 200, b"ok", ""),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", 101, b"", "switched to x without being asked"),
        (
            b"HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
            204,
            b"",
            "12 bytes more than belong",
        ),
        (
            HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
            200,
            b"ab",
            "coding “gzip” is not undone",
        ),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200, b"", ""),
    ],
)
def test_oddities_are_noted(run: Run, answer: bytes, status: int, body: bytes, note: str) -> None:
    async def scenario() -> None:
        reply = await ask(answering(answer, hold=True))
        assert (reply.exchange.status, reply.body.read(), reply.exchange.error) == (status, body, None)
        assert len(reply.notes) == bool(note)
        assert note in "".join(reply.notes)

    run(scenario())


def test_a_closed_connection_is_not_tried_again(run: Run) -> None:
    async def scenario() -> None:
        connections = 0

        async def close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal connections
            connections += 1
            await reader.readuntil(b"\r\n\r\n")

        assert "closed the connection" in await fault_of(close)
        assert connections == 1

    run(scenario())


def test_the_client_lives_on(run: Run) -> None:
    async def scenario() -> None:
        sessions = Sessions()
        answers = [HEAD + b"Content-Length: 2\r\n\r\nab" + OK, CHUNKED + b"zz\r\n", b"", b"SSH\r\n", OK]

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await answering(answers.pop(0), hold=True)(reader, writer)

        async with listening(serve) as port:
            for _ in range(4):
                await send(get(f"http://127.0.0.1:{port}/", Options(proxy=NO_PROXY, timeout=0.2)), sessions=sessions)
            reply = await send(get(f"http://127.0.0.1:{port}/"), sessions=sessions)
        assert (reply.exchange.status, reply.body.read()) == (200, b"ok")
        await sessions.close()

    run(scenario())
