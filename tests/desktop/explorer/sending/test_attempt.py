"""Tests of one attempt: what is recorded and timed, how its reply grows, and which options it obeys."""

import asyncio
import gzip
import os
from pathlib import Path

import pytest

from desktop.explorer.model.auth import NoAuth
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Header, Request
from desktop.explorer.sending.attempt import Sessions, attempt
from desktop.explorer.sending.reply import Reply, Timing
from desktop.tasks import TaskSet
from desktop.widgets.proxy_choice import NO_PROXY
from servers.exchange import BODY_CAP, End, Exchange
from tests.conftest import Run, until
from tests.desktop.explorer.sending.misbehaving import answering, ask, get, listening, send
from tests.desktop.explorer.servers import OK, RawServer

HEAD = b"HTTP/1.1 200 OK\r\n"


def test_the_record_is_complete(run: Run) -> None:
    async def scenario() -> None:
        answer = b"HTTP/1.1 201 Very Created\r\nX-b: 1\r\nx-B:  \xff \r\nContent-Length: 3\r\n\r\n\0\xffz"
        async with RawServer(answer).running() as server:
            request = Request("POST", f"{server.url}players?x", (), "b" * (BODY_CAP + 1), auth=NoAuth())
            reply = await send(request.prepare())
        one = reply.exchange
        assert (one.source, one.end, one.method, one.target, one.version) == (
            ("explorer", End.CLIENT, "POST", "/players?x", "1.1")
        )
        assert (one.status, one.reason, one.error) == (201, "Very Created", None)
        assert one.response_headers == (("X-b", "1"), ("x-B", "\udcff"), ("Content-Length", "3"))
        assert (one.request_size, len(one.request_body)) == (BODY_CAP + 1, BODY_CAP)
        assert (reply.body.read(), one.response_body, one.response_size) == (b"\0\xffz", b"\0\xffz", 3)
        assert (reply.finished, reply.fault, reply.notes, reply.hops) == (True, "", (), ())
        assert one.remote == ("127.0.0.1", server.port)
        assert one.local is not None
        assert one.started_ns < one.responded_ns <= one.finished_ns

    run(scenario())


def test_each_moment_belongs_to_a_step(run: Run) -> None:
    async def scenario() -> None:
        sessions = Sessions()
        async with RawServer(OK, OK).running() as server:
            url = f"http://localhost:{server.port}/"
            first, second = [await send(get(url), sessions=sessions) for _ in range(2)]
        await sessions.close()
        assert server.connections == 1
        for reply in (first, second):
            timing = reply.timing
            steps = (timing.dns, timing.connect, timing.tls, timing.send, timing.wait, timing.receive)
            assert sum(steps) == reply.exchange.duration_ns
            assert min(timing.send, timing.wait, timing.receive) > 0
        assert min(first.timing.dns, first.timing.connect) > 0
        assert (second.timing.dns, second.timing.connect, second.timing.tls) == (0, 0, 0)

    run(scenario())


def test_a_connection_of_its_own(run: Run) -> None:
    async def scenario() -> None:
        sessions = Sessions()
        async with RawServer(OK, OK, OK).running() as server:
            for keep in (True, False, True):
                await send(get(server.url, Options(keep_alive=keep)), sessions=sessions)
            assert (server.connections, b"Connection: close\r\n" in server.requests[1]) == (2, True)
        await sessions.close()

    run(scenario())


def test_a_kept_connection_that_died_is_replaced_unless_the_request_may_have_worked(run: Run) -> None:
    async def scenario() -> None:
        async with RawServer(OK, b"", OK, b"").running() as server:
            sessions = Sessions()
            replies = [await send(get(server.url), sessions=sessions) for _ in range(2)]
            posted = await send(Request("POST", server.url, auth=NoAuth()).prepare(), sessions=sessions)
            await sessions.close()
        assert [one.exchange.status for one in replies] == [200, 200]
        assert server.connections == 2
        assert "closed the connection without answering" in (posted.exchange.error or "")

    run(scenario())


def test_a_late_answer_is_not_taken_for_the_next(run: Run) -> None:
    async def scenario() -> None:
        sent = asyncio.Event()
        late = asyncio.Event()
        connections = 0

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal connections
            connections += 1
            await reader.readuntil(b"\r\n\r\n")
            writer.write(OK)
            await sent.wait()
            writer.write(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")
            await reader.read(1)
            late.set()

        async with listening(serve) as port:
            sessions = Sessions()
            assert (await send(get(f"http://127.0.0.1:{port}/"), sessions=sessions)).exchange.status == 200
            sent.set()
            await late.wait()
            assert (await send(get(f"http://127.0.0.1:{port}/"), sessions=sessions)).exchange.status == 200
            await sessions.close()
        assert connections == 2

    run(scenario())


def test_the_reply_grows_while_it_is_watched(run: Run) -> None:
    async def scenario() -> None:
        looks: list[tuple[bool, int, bytes, bytes]] = []
        second, third = asyncio.Event(), asyncio.Event()

        def watch(reply: Reply) -> None:
            looks.append((reply.finished, reply.exchange.status, reply.body.read(), reply.exchange.response_body))
            (second if len(looks) == 1 else third).set()

        async def stream(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(HEAD + b"Content-Type: text/event-stream\r\n\r\n")
            await second.wait()
            writer.write(b"data: 1\n\n")
            await third.wait()
            writer.write(b"data: 2\n\n")

        reply = await ask(stream, watch)
        assert looks == [(False, 200, b"", b""), (False, 200, b"data: 1\n\n", b"data: 1\n\n")]
        assert (reply.finished, reply.body.read()) == (True, b"data: 1\n\ndata: 2\n\n")

    run(scenario())


def test_many_pieces_are_few_looks(run: Run) -> None:
    async def scenario() -> None:
        looks: list[int] = []
        piece = bytes(2**16)
        handler = answering(HEAD + b"\r\n", *[piece] * 200)
        reply = await ask(handler, lambda one: looks.append(one.body.size))
        assert (reply.body.size, looks[0]) == (200 * 2**16, 0)
        assert looks == sorted(looks)
        assert len(looks) <= 3 + reply.exchange.duration_ns // 100_000_000

    run(scenario())


def test_a_large_body_lies_in_the_folder(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        piece = bytes(range(256)) * 2**12
        reply = await ask(answering(HEAD + b"Content-Length: 9437184\r\n\r\n", *[piece] * 9), folder=tmp_path)
        assert (reply.exchange.error, reply.body.size, reply.exchange.response_size) == (None, 9 * 2**20, 9 * 2**20)
        assert reply.exchange.response_body == piece[:BODY_CAP]
        assert reply.body.path is not None
        assert reply.body.path.parent == tmp_path
        assert reply.body.path.read_bytes() == piece * 9

    run(scenario())


def test_a_body_that_cannot_be_kept_says_so(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        (tmp_path / "file").touch()
        reply = await ask(answering(HEAD + b"\r\n", *[bytes(2**20)] * 6), folder=tmp_path / "file" / "folder")
        assert "The body cannot be kept: Not a directory." in (reply.exchange.error or "")
        assert (reply.exchange.status, reply.body.size) == (200, 4 * 2**20)

    run(scenario())


def test_the_file_of_a_body_that_broke_off_goes_with_its_reply(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        head = HEAD + b"Content-Length: 99999999\r\n\r\n"
        reply: Reply | None = await ask(answering(head, *[bytes(2**20)] * 9), folder=tmp_path)
        assert reply is not None
        assert reply.exchange.error
        assert len(os.listdir(tmp_path)) == 1
        reply = None  # the collector of cycles is off in these tests
        await until(lambda: not os.listdir(tmp_path))

    run(scenario())


def test_codings_are_undone_beside_what_came(run: Run) -> None:
    async def scenario() -> None:
        packed = gzip.compress(b"hello")
        length = f"Content-Length: {len(packed)}\r\n\r\n".encode()
        reply = await ask(answering(HEAD + b"Content-Encoding: gzip\r\n" + length + packed))
        assert (reply.body.read(), reply.decoded.read(), reply.fault) == (packed, b"hello", "")
        reply = await ask(answering(HEAD + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"))
        assert (reply.decoded.read(), "damaged" in reply.fault, reply.exchange.error) == (b"abc", True, None)

    run(scenario())


def test_timeouts(run: Run) -> None:
    async def scenario() -> None:
        async with listening(answering(hold=True)) as port:
            reply = await send(get(f"http://127.0.0.1:{port}/", Options(proxy=NO_PROXY, timeout=0.05)))
        assert (
            reply.exchange.error == f"127.0.0.1 port {port} did not answer within 0.05 s, the timeout of this request."
        )
        async with listening(answering(HEAD + b"Content-Length: 9\r\n\r\nabc", hold=True)) as port:
            reply = await send(get(f"http://127.0.0.1:{port}/", Options(proxy=NO_PROXY, timeout=0.2)))
        assert "was not complete after 0.2 s" in (reply.exchange.error or "")
        assert (reply.exchange.status, reply.body.read()) == (200, b"abc")
        async with listening(answering(hold=True)) as port:  # it never takes part in the handshake
            reply = await send(get(f"https://127.0.0.1:{port}/", Options(proxy=NO_PROXY, connect_timeout=0.05)))
        assert "did not take the connection within 0.05 s" in (reply.exchange.error or "")

    run(scenario())


def test_cancelled_while_the_body_comes(run: Run) -> None:
    async def scenario() -> None:
        records: list[Exchange] = []
        received = asyncio.Event()
        sessions = Sessions()
        tasks = TaskSet(lambda error, name: pytest.fail(f"{name}: {error}"))
        async with listening(answering(HEAD + b"Content-Length: 5\r\n\r\nab", hold=True)) as port:

            def watch(reply: Reply) -> None:
                if reply.body.size:
                    received.set()

            request = get(f"http://127.0.0.1:{port}/")
            sending = tasks.spawn(attempt(request, sessions, records.append, watch), name="send")
            await received.wait()
            await tasks.close()
            assert sending.cancelled()
            await sessions.close()
        (one,) = records
        assert (one.status, one.response_body) == (200, b"ab")
        assert "Cancelled" in (one.error or "")

    run(scenario())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_names_of_this_computer(run: Run, host: str) -> None:
    async def scenario() -> None:
        async with RawServer(OK).running() as server:
            reply = await send(get(f"http://{host}:{server.port}/"))
            assert reply.exchange.status == 200
            assert f"Host: {host}:{server.port}".encode() in server.requests[0]

    run(scenario())


def test_ipv6(run: Run) -> None:
    async def scenario() -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heads.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(OK)
            writer.close()

        heads: list[bytes] = []
        server = await asyncio.start_server(serve, "::1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            reply = await send(get(f"http://[::1]:{port}/"))
        assert (reply.exchange.status, reply.exchange.remote) == (200, ("::1", port))
        assert f"Host: [::1]:{port}\r\n".encode() in heads[0]

    run(scenario())


def test_characters_that_the_library_would_refuse(run: Run) -> None:
    async def scenario() -> None:
        async with RawServer(OK).running() as server:
            await send(get(server.url, None, Header("X", "a\x01\x7fé")))
            assert "X: a\x01\x7fé\r\n".encode() in server.requests[0]

    run(scenario())


def test_nothing_was_sent_or_timed_before_a_name_was_known(run: Run) -> None:
    async def scenario() -> None:
        reply = await send(get("http://no-such-name.invalid/"))
        assert reply.timing.dns > 0
        assert (reply.timing.connect, reply.timing.wait) == (0, 0)
        assert Timing() == Timing(0, 0, 0, 0, 0, 0)

    run(scenario())
