"""Tests of TLS around the connections of a server: renewal while it runs, refusals, deadlines, and the end."""

import asyncio
import logging
import ssl
from pathlib import Path

import pytest

from servers.server import ServerState
from servers.tls import client_context, layer
from tests.conftest import Run, until
from tests.servers.probe_web import ProbeServer
from tests.servers.tls.stage import Clock, another, get, running, shown
from tests.servers.wire import hang_up, raw, request

AUTHORITY = "authority.pem"


def _layer(server: ProbeServer) -> layer.TlsLayer:
    assert server._layer is not None
    return server._layer


def test_a_running_server_shows_a_new_certificate_in_time(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        clock = Clock()
        clock.pass_days(-300)
        async with running(tmp_path, clock) as server:
            first = await shown(server.port, tmp_path / AUTHORITY)
            clock.pass_days(300)
            _layer(server).look_again()
            second = await another(server.port, tmp_path / AUTHORITY, first)
            assert second.not_valid_after_utc > first.not_valid_after_utc
            assert server.notice is None

    run(scenario())


def test_a_timer_looks_again_while_the_server_runs(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        monkeypatch.setattr(layer, "LOOK_AGAIN", 0.01)
        clock = Clock()
        clock.pass_days(-300)
        async with running(tmp_path, clock) as server:
            first = await shown(server.port, tmp_path / AUTHORITY)
            clock.pass_days(300)
            await another(server.port, tmp_path / AUTHORITY, first)

    run(scenario())


def test_a_new_authority_is_told_while_the_server_runs(run: Run, tmp_path: Path, expected_logs: list[str]) -> None:
    expected_logs.append("WARNING portside.tls: The certificate of the local authority was about to run out")

    async def scenario() -> None:
        clock = Clock()
        clock.pass_days(-3600)
        async with running(tmp_path, clock) as server:
            told = asyncio.Event()
            server.on_state = told.set
            clock.pass_days(3600)
            _layer(server).look_again()
            await told.wait()
            server.on_state = None
            assert "about to run out" in str(server.notice)
            await shown(server.port, tmp_path / AUTHORITY)

    run(scenario())


def test_a_renewal_that_fails_leaves_what_is_in_use_and_is_told(
    run: Run, tmp_path: Path, expected_logs: list[str]
) -> None:
    expected_logs.append("WARNING portside.tls: The certificate could not be renewed: ")

    async def scenario() -> None:
        async with running(tmp_path) as server:
            (tmp_path / "authority.key").write_bytes(b"damaged")
            _layer(server).look_again()
            await until(lambda: server.notice)
            assert "could not be renewed" in str(server.notice)
            assert "authority.key is damaged" in str(server.notice)
            await shown(server.port, tmp_path / AUTHORITY)

    run(scenario())


def test_a_renewal_in_progress_when_the_server_stops_is_of_no_account(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as server:
            (tmp_path / "authority.key").write_bytes(b"damaged")
            _layer(server).look_again()
        assert server.notice is None

    run(scenario())


def test_an_authority_that_was_renewed_before_the_start_is_told(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        clock = Clock()
        async with running(tmp_path, clock):
            clock.pass_days(3600)
        async with running(tmp_path, clock) as server:
            assert "about to run out" in str(server.notice)
            await server.restart()
            assert str(server.notice).count("about to run out") == 1

    run(scenario())


@pytest.mark.parametrize("name", ["example.org", "192.0.2.250", "sub.example.localhost"])
def test_a_client_that_asks_for_another_name_gets_no_further(run: Run, tmp_path: Path, name: str) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as server:
            with pytest.raises(ssl.SSLCertVerificationError, match="certificate is not valid for"):
                await get(server.port, client_context(tmp_path / AUTHORITY), name)
            assert b"hello" in await get(server.port, client_context(tmp_path / AUTHORITY))

    run(scenario())


def test_a_server_on_another_loopback_address_answers_by_that_name(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path, host="127.0.0.9") as server:
            context = client_context(tmp_path / AUTHORITY)
            _, writer = await asyncio.open_connection("127.0.0.9", server.port, ssl=context)
            await hang_up(writer)

    run(scenario())


def test_only_clients_that_know_the_authority_get_in(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as server:
            with pytest.raises(ssl.SSLCertVerificationError, match="unable to get local issuer"):
                await get(server.port, client_context(None))
            await until(lambda: not _layer(server).connections)

    run(scenario())


def test_tls_1_1_is_refused_and_1_2_is_not(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as server:
            old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            old.load_verify_locations(tmp_path / AUTHORITY)
            old.set_ciphers("DEFAULT:@SECLEVEL=0")
            with pytest.warns(DeprecationWarning, match="TLSv1_1"):
                old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
            with pytest.raises((ssl.SSLError, ConnectionError)):
                await get(server.port, old)
            just = client_context(tmp_path / AUTHORITY)
            just.maximum_version = ssl.TLSVersion.TLSv1_2
            assert b"hello" in await get(server.port, just)

    run(scenario())


def test_the_protocol_is_agreed_on(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as server:
            context = client_context(tmp_path / AUTHORITY)
            context.set_alpn_protocols(["h2", "http/1.1"])
            _, writer = await asyncio.open_connection("localhost", server.port, ssl=context)
            assert writer.get_extra_info("ssl_object").selected_alpn_protocol() == "http/1.1"
            await hang_up(writer)

    run(scenario())


def test_what_is_no_tls_costs_nothing_but_its_connection(
    run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as server:
            for data in (request("GET", "/"), b"\x16\x03\x01\x00\x05nonsense", b"\x00" * 100_000):
                try:
                    await raw(server.port, data)
                except ConnectionError:
                    continue
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"\x16\x03\x01")
            await hang_up(writer)
            await until(lambda: not _layer(server).connections)
            assert b"hello" in await get(server.port, client_context(tmp_path / AUTHORITY))
            assert [exchange.status for exchange in server.exchanges] == [200]

    caplog.set_level(logging.INFO)
    run(scenario())
    assert [record for record in caplog.records if record.levelno >= logging.INFO] == []


def test_a_handshake_that_does_not_come_to_its_end_is_cut(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layer, "HANDSHAKE", 0.05)

    async def scenario() -> None:
        async with running(tmp_path) as server:
            assert await raw(server.port, b"") == b""
            assert await raw(server.port, b"\x16\x03\x01\x02\x00\x01") == b""
            assert server.state is ServerState.RUNNING

    run(scenario())


def test_stop_cuts_clients_that_have_said_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layer, "HANDSHAKE", 1000)

    async def scenario() -> None:
        async with running(tmp_path) as server:
            port = server.port
            silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(20)]
            await until(lambda: len(_layer(server).connections) == 20)
            await server.stop()
            assert {await reader.read() for reader, _ in silent} == {b""}
            server.settings = type(server.settings)(port=port)
            await server.start()
            for _, writer in silent:
                await hang_up(writer)

    run(scenario())


def test_stop_ends_clients_that_are_idle_and_those_that_do_not_read(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as server:
            context, port = client_context(tmp_path / AUTHORITY), server.port
            idle = await asyncio.open_connection("localhost", port, ssl=context)
            waiting = await asyncio.open_connection("localhost", port, ssl=context)
            waiting[1].write(request("GET", "/wait"))
            await server.entered.wait()
            await server.stop()
            for reader, writer in (idle, waiting):
                assert await reader.read() == b""
                await hang_up(writer)

    run(scenario())


def test_who_connects_while_the_server_ends_is_cut_at_once(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as server:
            _layer(server).cut_silent()
            assert await raw(server.port, b"") == b""

    run(scenario())
