"""Tests of the records that the HTTP and the REST server make of their exchanges."""

import asyncio

from servers.exchange import BODY_CAP, End, header
from tests.conftest import Run, until
from tests.servers.probe_web import ProbeServer, running
from tests.servers.wire import ask, hang_up, parse, raw, request


def test_a_record_is_complete(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("::1", server.port)
            client = writer.get_extra_info("sockname")[:2]
            writer.write(request("POST", "/body?q=1", "X-One: 1", "x-one: 2", body=b"abc"))
            reply = parse(await reader.read())
            await hang_up(writer)
            record, port = server.exchanges[0], server.port
        assert (record.source, record.end, record.version) == ("http", End.SERVER, "1.1")
        assert (record.method, record.target) == ("POST", "/body?q=1")
        assert [field for field in record.request_headers if field[0].lower() == "x-one"] == [
            ("X-One", "1"),
            ("x-one", "2"),
        ]
        assert (record.request_body, record.request_size) == (b"abc", 3)
        assert (record.status, record.reason) == (200, "OK")
        assert header(record.response_headers, "date") == reply.headers["date"]
        assert (record.response_body, record.response_size) == (b"abc", 3)
        assert (record.local, record.remote) == (("::1", port), client)
        assert record.started_ns <= record.responded_ns <= record.finished_ns
        assert (record.error, record.truncated) == (None, False)

    run(scenario())


def test_records_of_many_requests_on_one_connection_are_in_order(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            one = b"GET /%d HTTP/1.1\r\nHost: localhost\r\n\r\n"
            data = b"".join(one % number for number in range(50)) + request("GET", "/last")
            assert (await raw(server.port, data)).count(b"HTTP/1.1 200 OK") == 51
            assert [record.target for record in server.exchanges] == [*(f"/{n}" for n in range(50)), "/last"]
            starts = [record.started_ns for record in server.exchanges]
            assert starts == sorted(starts)

    run(scenario())


def test_head_has_no_body_on_the_wire_nor_in_the_record(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reply = await ask(server.port, "HEAD", "/")
            assert (reply.body, reply.headers["content-length"]) == (b"", "5")
            record = server.exchanges[0]
            assert (record.response_body, record.response_size, record.truncated) == (b"", 0, False)

    run(scenario())


def test_big_bodies_are_capped_in_the_record(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            await ask(server.port, "POST", "/unread", body=bytes(BODY_CAP + 1))
            record = server.exchanges[0]
            assert (record.request_body, record.request_size, record.truncated) == (b"", BODY_CAP + 1, True)

    run(scenario())


def _assert_unanswered(server: ProbeServer) -> None:
    record = server.exchanges[0]
    assert (record.status, record.reason, record.response_headers) == (0, "", ())
    assert record.error == "The client went away before the whole response was sent."
    assert record.local is not None
    assert record.remote is not None


def test_a_client_that_goes_away_while_it_sends(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(request("POST", "/body", "Content-Length: 100", "Expect: 100-continue"))
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"some")
            writer.transport.abort()
            await until(lambda: server.exchanges)
            _assert_unanswered(server)
            assert server.exchanges[0].request_size == 100

    run(scenario())


def test_a_client_that_goes_away_while_it_waits(run: Run) -> None:
    async def scenario() -> None:
        async with running() as server:
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            client = writer.get_extra_info("sockname")[:2]
            writer.write(request("GET", "/wait"))
            await server.entered.wait()
            writer.transport.abort()
            await hang_up(writer)
            server.gate.set()
            await until(lambda: server.exchanges)
            record = server.exchanges[0]
            assert record.remote == client
            assert record.local is not None
            assert record.started_ns <= record.responded_ns <= record.finished_ns

    run(scenario())
