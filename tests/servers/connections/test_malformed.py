"""Tests of requests that are no HTTP, or more than the server takes: the status, the end, and the line in the log."""

import asyncio
import logging

import pytest

from servers.connections import malformed
from tests.conftest import Run
from tests.servers.probe_web import running
from tests.servers.wire import ask, hang_up, raw, statuses

GET = b"GET / HTTP/1.1\r\n"
POST = b"POST /body HTTP/1.1\r\n"
HOST = b"Host: localhost\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
NOTHING = b"0\r\n\r\n"

FRAMING = {
    "length and coding": POST + HOST + b"Content-Length: 5\r\n" + CHUNKED + b"\r\n" + NOTHING,
    "coding and length": POST + HOST + CHUNKED + b"Content-Length: 5\r\n\r\n" + NOTHING,
    "two lengths": POST + HOST + b"Content-Length: 1\r\nContent-Length: 1\r\n\r\nx",
    "list of lengths": POST + HOST + b"Content-Length: 1, 1\r\n\r\nx",
    "signed length": POST + HOST + b"Content-Length: +1\r\n\r\nx",
    "negative length": POST + HOST + b"Content-Length: -1\r\n\r\n",
    "hexadecimal length": POST + HOST + b"Content-Length: 0x1\r\n\r\nx",
    "no length": POST + HOST + b"Content-Length:\r\n\r\n",
    "huge length": POST + HOST + b"Content-Length: 99999999999999999999999\r\n\r\n",
    "chunked in 1.0": b"POST /body HTTP/1.0\r\n" + HOST + CHUNKED + b"\r\n" + NOTHING,
    "chunked twice": POST + HOST + b"Transfer-Encoding: chunked, chunked\r\n\r\n" + NOTHING,
    "two codings": POST + HOST + CHUNKED + CHUNKED + b"\r\n" + NOTHING,
    "chunked not last": POST + HOST + b"Transfer-Encoding: chunked, gzip\r\n\r\n" + NOTHING,
    "control in coding": POST + HOST + b"Transfer-Encoding: \x0bchunked\r\n\r\n" + NOTHING,
    "chunk of LF": POST + HOST + CHUNKED + b"\r\n1\nx\n0\n\n",
    "chunk with 0x": POST + HOST + CHUNKED + b"\r\n0x1\r\nx\r\n" + NOTHING,
    "chunk too long": POST + HOST + CHUNKED + b"\r\n1\r\nxy" + NOTHING,
    "huge chunk": POST + HOST + CHUNKED + b"\r\nfffffffffffffffff\r\nx\r\n" + NOTHING,
    "LF in extension": POST + HOST + CHUNKED + b"\r\n1;a\nx\r\n" + NOTHING,
    "Host in trailer": POST + HOST + CHUNKED + b"\r\n1\r\nx\r\n0\r\nHost: localhost\r\n\r\n",
    "Content-Length in trailer": POST + HOST + CHUNKED + b"\r\n0\r\nContent-Length: 5\r\n\r\n",
    "LF alone": b"GET / HTTP/1.1\nHost: localhost\n\n",
    "LF behind a field": GET + b"Host: localhost\nX: y\r\n\r\n",
    "LF at the end": GET + HOST + b"\n",
    "CR alone": GET + b"Host: localhost\rX: y\r\n\r\n",
    "space before colon": GET + HOST + b"X : y\r\n\r\n",
    "folded": GET + HOST + b"X: y\r\n z\r\n\r\n",
    "folded at first": GET + b" " + HOST + b"\r\n",
    "no name": GET + HOST + b": y\r\n\r\n",
    "no colon": GET + HOST + b"xyz\r\n\r\n",
    "NUL in value": GET + HOST + b"X: a\0b\r\n\r\n",
    "ESC in value": GET + HOST + b"X: a\x1bb\r\n\r\n",
    "NUL in target": b"GET /a\0b HTTP/1.1\r\n" + HOST + b"\r\n",
    "space in target": b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n",
    "tabs": b"GET\t/\tHTTP/1.1\r\n" + HOST + b"\r\n",
    "lower case version": b"GET / http/1.1\r\n" + HOST + b"\r\n",
    "preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
}
OTHERS = {
    "2.0": (400, b"GET / HTTP/2.0\r\n" + HOST + b"\r\n"),
    "1.2": (400, b"GET / HTTP/1.2\r\n" + HOST + b"\r\n"),
    "3.0": (400, b"GET / HTTP/3.0\r\n" + HOST + b"\r\n"),
    "0.9": (400, b"GET / HTTP/0.9\r\n" + HOST + b"\r\n"),
    "short 0.9": (400, b"GET /\r\n\r\n"),
    "unknown method": (501, b"FOO / HTTP/1.1\r\n" + HOST + b"\r\n"),
    "gzip, chunked": (501, POST + HOST + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + NOTHING),
    "gzip": (501, POST + HOST + b"Transfer-Encoding: gzip\r\n\r\n" + NOTHING),
    "identity": (501, POST + HOST + b"Transfer-Encoding: identity\r\n\r\n" + NOTHING),
    "long target": (414, b"GET /" + b"a" * 8192 + b" HTTP/1.1\r\n" + HOST + b"\r\n"),
    "huge target": (414, b"GET /" + b"a" * 500_000),
    "long field": (431, GET + HOST + b"X: " + b"a" * 33_000 + b"\r\n\r\n"),
    "long name": (431, GET + HOST + b"X" * 33_000 + b": a\r\n\r\n"),
    "long fields": (431, GET + HOST + (b"X: " + b"a" * 8000 + b"\r\n") * 5 + b"\r\n"),
    "endless fields": (431, GET + HOST + (b"X: " + b"a" * 8000 + b"\r\n") * 100),
    "many fields": (431, GET + HOST + b"X: y\r\n" * 200 + b"\r\n"),
}
TAKEN = {
    "target of the limit": (200, b"GET /" + b"a" * 8191 + b" HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n"),
    "fields of the limit": (200, GET + HOST + b"Connection: close\r\nX: " + b"a" * 32_000 + b"\r\n\r\n"),
    "100 fields": (200, GET + HOST + b"Connection: close\r\n" + b"X: y\r\n" * 100 + b"\r\n"),
    "Chunked": (200, POST + HOST + b"Connection: close\r\nTransfer-Encoding: Chunked\r\n\r\n" + NOTHING),
}
ALL = {name: (400, data) for name, data in FRAMING.items()} | OTHERS | TAKEN


@pytest.mark.parametrize("name", ALL)
def test_raw_bytes(run: Run, name: str) -> None:
    status, data = ALL[name]

    async def scenario() -> None:
        async with running() as server:
            answer = await raw(server.port, data)
            assert statuses(answer) == [status]
            assert server.exchanges[0].status == status
            assert (await ask(server.port, "GET", "/")).status == 200

    run(scenario())


def test_a_fault_behind_good_requests_is_answered_after_them(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            data = (GET + HOST + b"\r\n") * 3 + OTHERS["2.0"][1]
            assert statuses(await raw(server.port, data)) == [200, 200, 200, 400]

    run(scenario())


def test_a_head_that_grows_while_another_request_is_answered_is_refused(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"GET /wait HTTP/1.1\r\n" + HOST + b"\r\n")
            await server.entered.wait()
            for _ in range(20):
                writer.write(b"GET / HTTP/1.1\r\n" if not _ else b"X: " + b"a" * 8000 + b"\r\n")
                await writer.drain()
                await asyncio.sleep(0)
            server.gate.set()
            assert statuses(await reader.read()) == [200, 431]
            await hang_up(writer)

    run(scenario())


def test_a_flood_of_malformed_requests_costs_one_line_a_while(
    run: Run, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, "portside")
    monkeypatch.setattr(malformed, "QUIET", 3600)

    async def scenario() -> None:
        async with running() as server:
            for _ in range(5):
                await raw(server.port, GET + HOST + b"\xe2\x80\xae\x1b[31m\r\n\r\n")

    run(scenario())
    (line,) = [record for record in caplog.records if record.name == "portside.http"]
    assert line.levelname == "INFO"
    assert line.getMessage().startswith("Malformed request from 127.0.0.1: ")
    assert line.getMessage().isprintable()
    assert line.exc_info is None


def test_lines_that_were_left_out_are_counted(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "portside.test")
    quiet = malformed.Quiet(logging.getLogger("portside.test"))
    quiet.log("::1", ValueError("first"))
    quiet.log("::1", ValueError("second"))
    quiet.log("::1", ValueError("third"))
    quiet._next = 0
    quiet.log("::1", ValueError("last"))
    assert [record.getMessage() for record in caplog.records] == [
        "Malformed request from ::1: first",
        "Malformed request from ::1 (2 others were not logged): last",
    ]


def test_a_client_that_sends_on_reads_the_answer_nevertheless(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(OTHERS["huge target"][1])
            await reader.readuntil(b"\r\n\r\n")
            for _ in range(50):
                writer.write(b"a" * 1000)
                await writer.drain()
            assert (await reader.read()).startswith(b"The target is longer")
            await hang_up(writer)

    run(scenario())
