"""Tests of sending bodies: from files, in chunks, after a 100, and against servers that do not want them."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.explorer.model.auth import NoAuth
from desktop.explorer.model.prepared import PreparedRequest
from desktop.explorer.model.request import Header, Request
from desktop.explorer.sending import exact
from desktop.explorer.sending.attempt import Sessions
from servers.exchange import BODY_CAP
from tests.conftest import Run
from tests.desktop.explorer.sending.misbehaving import Handler, answering, listening, send, upload
from tests.desktop.explorer.servers import OK, RawServer

CHUNKED = Header("Transfer-Encoding", "chunked")
EXPECT = Header("Expect", "100-continue")


def post(url: str, body: bytes, *headers: Header) -> PreparedRequest:
    return Request("POST", url, headers, body, auth=NoAuth()).prepare()


@pytest.mark.parametrize("size", [0, 1, 3, 40_000, 1_000_000])
def test_bytes_arrive(run: Run, size: int) -> None:
    async def scenario() -> None:
        body = bytes(range(256)) * (size // 256 + 1)
        async with RawServer(OK, OK).running() as server:
            reply = await send(post(server.url, body[:size]))
            assert server.requests[0].partition(b"\r\n\r\n")[2] == body[:size]
            assert (reply.exchange.status, reply.exchange.request_size) == (200, size)
            assert reply.exchange.request_body == body[:size][:BODY_CAP]

    run(scenario())


@pytest.mark.parametrize(("body", "framed"), [(b"", b"0\r\n\r\n"), (b"abc", b"3\r\nabc\r\n0\r\n\r\n")])
def test_chunks(run: Run, body: bytes, framed: bytes) -> None:
    async def scenario() -> None:
        async with RawServer(OK).running() as server:
            await send(post(server.url, body, CHUNKED))
            assert server.requests[0].partition(b"\r\n\r\n")[2] == framed

    run(scenario())


def test_a_file_is_read_while_it_goes_out(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        file = tmp_path / "f.bin"
        data = bytes(range(256)) * 4096
        file.write_bytes(data)
        async with RawServer(OK, OK).running() as server:
            sessions = Sessions()
            request = upload(server.url, file, len(data) + 2)
            reply = await send(request, sessions=sessions)
            assert server.requests[0].endswith(b"\r\n\r\n<" + data + b">")
            assert reply.exchange.request_body == b"<<f.bin, 1,048,576 bytes>>"
            assert (reply.exchange.request_size, reply.timing.send > 0) == (len(data) + 2, True)
            await send(upload(server.url, file, 5, CHUNKED), sessions=sessions)
            assert server.requests[1].endswith(b"\r\n\r\n1\r\n<\r\n3\r\n\0\1\2\r\n1\r\n>\r\n0\r\n\r\n")
            await sessions.close()
        assert server.connections == 1

    run(scenario())


@pytest.mark.parametrize(
    ("there", "words"), [(500, "“f.bin” has become shorter"), (None, "“f.bin” cannot be read: No such file")]
)
def test_a_file_that_is_not_what_it_was(run: Run, tmp_path: Path, there: int | None, words: str) -> None:
    async def scenario() -> None:
        file = tmp_path / "f.bin"
        if there is not None:
            file.write_bytes(bytes(there))
        async with RawServer(OK, OK).running() as server:
            sessions = Sessions()
            reply = await send(upload(server.url, file, 1000), sessions=sessions)
            assert words in (reply.exchange.error or "")
            assert reply.exchange.status == 0
            assert (await send(post(server.url, b"x"), sessions=sessions)).exchange.status == 200
            await sessions.close()

    run(scenario())


def test_a_file_that_has_grown_is_sent_as_long_as_it_was(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        file = tmp_path / "f.bin"
        file.write_bytes(b"abcdef")
        async with RawServer(OK).running() as server:
            assert (await send(upload(server.url, file, 5))).exchange.status == 200
            assert server.requests[0].endswith(b"\r\n\r\n<abc>")

    run(scenario())


def expecting(interim: bytes, answer: bytes, reads: int) -> Handler:
    """Sends the interim response, reads some of the body, answers."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert b"Expect: 100-continue\r\n" in await reader.readuntil(b"\r\n\r\n")
        writer.write(interim)
        body = await reader.readexactly(reads)
        writer.write(answer.replace(b"ok", body[:2] or b"no"))
        await reader.read()

    return serve


@pytest.mark.parametrize("interim", [b"HTTP/1.1 100 Continue\r\n\r\n", b""])
def test_the_body_waits_for_100_but_not_for_ever(run: Run, interim: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "CONTINUE_TIMEOUT", 30.0 if interim else 0.01)

    async def scenario() -> None:
        async with listening(expecting(interim, OK, 3)) as port:
            reply = await send(post(f"http://127.0.0.1:{port}/", b"abc", EXPECT))
        assert (reply.body.read(), reply.exchange.error, reply.notes) == (b"ab", None, ())

    run(scenario())


def test_an_answer_instead_of_100_spares_the_body(run: Run) -> None:
    async def scenario() -> None:
        final = b"HTTP/1.1 417 No\r\nContent-Length: 2\r\n\r\nok"
        async with listening(expecting(b"", final, 0)) as port:
            reply = await send(post(f"http://127.0.0.1:{port}/", b"abc", EXPECT))
        assert (reply.exchange.status, reply.body.read()) == (417, b"no")
        assert reply.notes == ("The server answered before the whole body of the request had been sent.",)

    run(scenario())


def test_an_early_answer_ends_an_upload(run: Run) -> None:
    async def scenario() -> None:
        early = b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno"
        async with listening(answering(early, hold=False)) as port:
            request = post(f"http://127.0.0.1:{port}/", b"x")
            reply = await send(replace(request, body=bytes(50_000_000)))
        assert reply.exchange.status in (413, 0)
        assert reply.exchange.status or "reset" in (reply.exchange.error or "")

    run(scenario())


def test_a_server_that_reads_no_body_but_answers(run: Run) -> None:
    async def scenario() -> None:
        released = asyncio.Event()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno")
            await released.wait()

        async with listening(serve) as port:
            reply = await send(post(f"http://127.0.0.1:{port}/", bytes(20_000_000)))
            released.set()
        assert (reply.exchange.status, reply.body.read(), len(reply.notes)) == (413, b"no", 1)

    run(scenario())
