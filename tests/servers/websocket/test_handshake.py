"""Tests of the opening handshake: who is let in, as what, and how a refusal is answered and recorded."""

from contextlib import AsyncExitStack

import pytest
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from servers.chat_protocol import SUBPROTOCOL
from servers.settings import Mode
from tests.conftest import Run, until
from tests.servers.websocket.clients import Bench, handshake, plain, serving
from tests.servers.wire import Reply, parse, raw

OTHERS = "Pages of other sites may not connect to this server.\n"
NULL = (
    "Pages opened from disk, whose origin is null, may connect only when the server's settings allow it: "
    "sandboxed frames of any site have the same origin.\n"
)
NULL_ON_NETWORK = "Pages whose origin is null may connect only while the server is bound to this computer.\n"


async def _answer(server: Bench, *fields: str, host: str = "Host: localhost") -> Reply:
    """The answer to a handshake, which is recorded as it went."""
    hangs_up = b"\x88\x80\0\0\0\0"
    reply = parse(await raw(server.port, handshake(*fields, host=host) + hangs_up))
    record = server.exchanges[-1]
    assert (record.status, record.error) == (reply.status, None)
    if reply.status != 101:
        assert record.response_body == reply.body
        assert reply.headers["content-length"] == str(len(reply.body))
        assert reply.headers["connection"] == "close"
        assert not [one for one in server.messages if one.exchange is record]
    await until(lambda: not server.names)
    return reply


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        ([], None),
        ([SUBPROTOCOL], SUBPROTOCOL),
        (["foreign.v1"], None),
        (["foreign.v1", SUBPROTOCOL], SUBPROTOCOL),
        ([SUBPROTOCOL, "foreign.v1"], SUBPROTOCOL),
        (["portside.chat.v2"], None),
        ([SUBPROTOCOL.upper()], None),
    ],
)
def test_subprotocol(run: Run, offered: list[str], chosen: str | None) -> None:
    async def scenario() -> None:
        async with serving(Mode.ECHO) as server:
            subprotocols = [Subprotocol(one) for one in offered] or None
            async with plain(server, subprotocols=subprotocols) as client:
                assert client.subprotocol == chosen

    run(scenario())


@pytest.mark.parametrize(
    ("origins", "sentence"),
    [
        ([], ""),
        (["http://localhost:8001"], ""),
        (["https://localhost"], ""),
        (["http://127.0.0.1"], ""),
        (["http://127.8.8.8:1"], ""),
        (["http://[::1]:8001"], ""),
        (["HTTP://LOCALHOST:8001"], ""),
        (["http://app.localhost:5173"], ""),
        (["http://evil.example"], OTHERS),
        (["http://localhost.evil.example"], OTHERS),
        (["http://evil.example:8002"], OTHERS),
        (["http://localhost@evil.example"], OTHERS),
        (["http://localhost, http://evil.example"], OTHERS),
        (["http://localhost", "http://evil.example"], OTHERS),
        (["http://evil.example", "http://localhost"], OTHERS),
        (["null", "http://localhost"], OTHERS),
        (["null", "null"], OTHERS),
        (["file://"], OTHERS),
        (["NULL"], OTHERS),
        ([""], OTHERS),
        (["localhost"], OTHERS),
        (["http://192.168.1.1"], OTHERS),
        (["null"], NULL),
    ],
)
def test_origins(run: Run, origins: list[str], sentence: str) -> None:
    async def scenario() -> None:
        async with serving() as server:
            reply = await _answer(server, *(f"Origin: {origin}" for origin in origins))
            assert reply.status == (403 if sentence else 101)
            assert not sentence or reply.text == sentence

    run(scenario())


def test_two_origins_that_are_allowed_each_are_malformed(run: Run) -> None:
    """RFC 6454, section 7.3."""

    async def scenario() -> None:
        async with serving() as server:
            reply = await _answer(server, "Origin: http://localhost", "Origin: http://127.0.0.1")
            assert reply.status == 400

    run(scenario())


def test_pages_from_disk_connect_once_the_settings_say_so(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server:
            for allowed in (False, True, False):
                server.change(null_origin=allowed)
                assert (await _answer(server, "Origin: null")).status == (101 if allowed else 403)
                assert (await _answer(server, "Origin: null", "Origin: null")).status == 403
                assert (await _answer(server, "Origin: http://evil.example")).status == 403

    run(scenario())


@pytest.mark.parametrize("allowed", [False, True])
def test_pages_from_disk_never_connect_over_the_network(run: Run, allowed: bool) -> None:
    async def scenario() -> None:
        async with serving(host="0.0.0.0", null_origin=allowed) as server:
            reply = await _answer(server, "Origin: null")
            assert (reply.status, reply.text) == (403, NULL_ON_NETWORK)

    run(scenario())


def test_own_names_count_while_bound_to_the_network(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "Workshop")

    async def scenario() -> None:
        for host, own in (("localhost", 403), ("0.0.0.0", 101)):
            async with serving(host=host) as server:
                for origin in ("http://workshop", "http://WORKSHOP.local:8001"):
                    assert (await _answer(server, f"Origin: {origin}")).status == own
                assert (await _answer(server, "Origin: http://localhost:8001")).status == 101
                assert (await _answer(server, "Origin: http://workshop.evil.example")).status == 403
                assert (await _answer(server, host="Host: workshop:80")).status == (421 if own == 403 else 101)

    run(scenario())


@pytest.mark.parametrize(
    ("host", "fields", "status"),
    [
        ("Host: evil.example", [], 421),
        ("Host: user@localhost", [], 400),
        ("Host:", [], 400),
        ("", [], 400),
        ("Host: localhost", ["Host: localhost"], 400),
        ("Host: localhost", ["Origin: http://localhost", "Origin: http://evil.example"], 403),
        ("Host: localhost", ["Origin: http://evil.example", "Origin: http://localhost"], 403),
    ],
)
def test_handshakes_that_are_refused(run: Run, host: str, fields: list[str], status: int) -> None:
    async def scenario() -> None:
        async with serving() as server:
            assert parse(await raw(server.port, handshake(*fields, host=host))).status == status
            assert [one.status for one in server.exchanges] == [status]
            assert not server.messages

    run(scenario())


def test_no_more_clients_than_the_setting_says(run: Run) -> None:
    async def scenario() -> None:
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(serving(Mode.ECHO, max_clients=2))
            clients = [await stack.enter_async_context(plain(server)) for _ in range(2)]
            for most in (2, 1):
                server.change(max_clients=most)
                reply = parse(await raw(server.port, handshake()))
                assert (reply.status, reply.text) == (503, f"The server is full; it lets in {most} at a time.\n")
                assert (server.exchanges[-1].status, server.exchanges[-1].response_body) == (503, reply.body)
            assert len(server.names) == 2
            await clients[0].close()
            await until(lambda: len(server.names) == 1)
            with pytest.raises(InvalidStatus):
                await stack.enter_async_context(plain(server))
            server.change(max_clients=2)
            again = await stack.enter_async_context(plain(server))
            await again.send("in")
            assert await again.recv() == "ECHO! in"

    run(scenario())


def test_no_more_clients_than_the_system_has_files_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servers.websocket.server.most_connections", lambda: 1)

    async def scenario() -> None:
        async with serving(Mode.ECHO) as server, plain(server):
            reply = parse(await raw(server.port, handshake()))
            assert (reply.status, reply.text) == (503, "The server is full; it lets in 1 at a time.\n")

    run(scenario())


def test_who_may_not_come_in_is_not_told_whether_there_is_room(run: Run) -> None:
    async def scenario() -> None:
        async with serving(max_clients=1) as server, plain(server):
            for data, status in (
                (handshake("Origin: http://evil.example"), 403),
                (handshake(host="Host: evil.example"), 421),
                (handshake(path="/nowhere"), 404),
                (handshake(), 503),
            ):
                assert parse(await raw(server.port, data)).status == status

    run(scenario())


def test_what_is_sent_behind_a_refused_handshake_is_not_kept(run: Run) -> None:
    async def scenario() -> None:
        async with serving() as server:
            refused = handshake("Origin: http://evil.example")
            assert parse(await raw(server.port, refused + bytes(5_000_000))).status == 403
            (record,) = server.exchanges
            assert record.request_size == 0

    run(scenario())
