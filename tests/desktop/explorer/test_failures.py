"""Tests of faults: each has a sentence, and what came before it is kept."""

import asyncio
import ssl
from contextlib import suppress

import pytest

from desktop.explorer.client import Client
from desktop.explorer.request import Request
from desktop.explorer.transport import BODY_LIMIT
from desktop.tasks import TaskSet
from servers.exchange import BODY_CAP, Exchange
from servers.recorder import Recorder
from tests.conftest import Run
from tests.desktop.explorer.sending import ask, exchange, free_port
from tests.desktop.explorer.servers import OK, RawServer


def test_connection_refused(run: Run) -> None:
    async def scenario() -> None:
        port = free_port()
        recorder = Recorder()
        reply = await exchange(Request("GET", f"http://localhost:{port}/"), recorder)
        assert reply.exchange.error == f"Nothing answers on localhost port {port}. Start the server or check the port."
        assert (reply.exchange.status, reply.exchange.remote, list(recorder)) == (0, None, [reply.exchange])

    run(scenario())


def test_name_not_found(run: Run) -> None:
    async def scenario() -> None:
        reply = await exchange(Request("GET", "http://no-such-name.invalid/"))
        assert "no-such-name.invalid was not found" in (reply.exchange.error or "")

    run(scenario())


def test_closed_without_an_answer_is_not_tried_again(run: Run) -> None:
    async def scenario() -> None:
        server = RawServer(b"", OK)
        reply = await ask(server)
        assert "closed the connection without answering" in (reply.exchange.error or "")
        assert (server.connections, reply.exchange.status) == (1, 0)
        assert reply.exchange.remote == ("127.0.0.1", server.port)

    run(scenario())


def test_a_kept_connection_that_was_closed_meanwhile_is_replaced(run: Run) -> None:
    async def scenario() -> None:
        client = Client(Recorder())
        async with RawServer(OK, b"", OK).running() as server:
            replies = [await client.send(Request("GET", server.url).prepare()) for _ in range(2)]
            assert [one.exchange.status for one in replies] == [200, 200]
            assert server.connections == 2
        await client.close()

    run(scenario())


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", 0, "is not HTTP/1.1"),
        (b"HTTP/1.1 OK\r\n\r\n", 0, "is not HTTP/1.1"),
        (b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n", 0, "is not HTTP/1.1"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n", 0, "is not HTTP/1.1"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", 0, "closed the connection without answering"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n",
            0,
            "is not HTTP/1.1 (Invalid character in chunk size)",
        ),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", 200, "broke off the body"),
    ],
)
def test_garbage_is_named(run: Run, answer: bytes, status: int, words: str) -> None:
    async def scenario() -> None:
        reply = await ask(RawServer(answer))
        assert words in (reply.exchange.error or "")
        assert reply.exchange.status == status

    run(scenario())


@pytest.mark.parametrize(
    ("framing", "rest", "words"),
    [
        (b"Content-Length: 100\r\n\r\nabc", b"", "before the whole body had come"),
        (b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", b"zz\r\n", "chunks that are not valid"),
    ],
)
def test_a_body_that_breaks_off_keeps_what_came(run: Run, framing: bytes, rest: bytes, words: str) -> None:
    async def scenario() -> None:
        received = asyncio.Event()

        async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\n" + framing)
            await received.wait()
            writer.write(rest)
            writer.close()

        server = await asyncio.start_server(cut, "127.0.0.1", 0)
        client = Client(Recorder())
        async with server:
            request = Request("GET", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/").prepare()
            reply = await client.send(request, lambda _: received.set())
        await client.close()
        assert (reply.exchange.status, reply.body) == (200, b"abc")
        assert words in (reply.exchange.error or "")

    run(scenario())


def test_cancelled_while_the_body_comes(run: Run) -> None:
    async def scenario() -> None:
        recorder = Recorder()
        client = Client(recorder)
        tasks = TaskSet(lambda error, name: pytest.fail(f"{name}: {error}"))
        async with RawServer(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", hold=True).running() as server:
            received = asyncio.Event()
            request = Request("GET", server.url).prepare()
            sending = tasks.spawn(client.send(request, lambda _: received.set()), name="send")
            await received.wait()
            await tasks.close()
            assert sending.cancelled()
        await client.close()
        (one,) = recorder
        assert isinstance(one, Exchange)
        assert (one.status, one.response_body) == (200, b"ab")
        assert "Cancelled" in (one.error or "")

    run(scenario())


def test_a_huge_body_is_read_to_a_limit(run: Run) -> None:
    async def scenario() -> None:
        async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            with suppress(ConnectionError):
                for _ in range(BODY_LIMIT // 2**20 + 64):
                    writer.write(bytes(2**20))
                    await writer.drain()
            writer.close()

        server = await asyncio.start_server(pour, "127.0.0.1", 0)
        async with server:
            reply = await exchange(Request("GET", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"))
        assert (len(reply.body), reply.complete) == (BODY_LIMIT, False)
        assert (len(reply.exchange.response_body), reply.exchange.error) == (BODY_CAP, None)

    run(scenario())


def test_https_to_a_server_without_tls(run: Run) -> None:
    async def scenario() -> None:
        async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1)
            writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            writer.close()

        server = await asyncio.start_server(refuse, "127.0.0.1", 0)
        async with server:
            reply = await exchange(Request("GET", f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"))
        assert "does not speak TLS" in (reply.exchange.error or "")

    run(scenario())


def test_sentences_for_faults_that_need_another_network() -> None:
    from aiohttp import ClientConnectorCertificateError, ClientConnectorError, ConnectionTimeoutError
    from aiohttp.client_reqrep import ConnectionKey

    from desktop.explorer.failures import explain
    from desktop.explorer.url import parse_url

    target = parse_url("https://h/")
    key = ConnectionKey("h", 443, True, True, None, None, None)
    untrusted = ssl.SSLCertVerificationError(1, "x")
    untrusted.verify_message = "self-signed certificate"
    assert explain(ConnectionTimeoutError(), target).startswith("h port 443 did not take the connection within 10 s.")
    assert "not trusted: self-signed certificate." in explain(ClientConnectorCertificateError(key, untrusted), target)
    unreachable = ClientConnectorError(key, OSError(101, "Network is unreachable"))
    assert "cannot be reached: Network is unreachable" in explain(unreachable, target)
