"""Tests of the three servers together."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from servers.exchange import Exchange
from servers.recorder import Recorder
from servers.server import ServerState
from servers.settings import HttpSettings, Mode, RestSettings, WebSocketSettings
from servers.tls import certificate_path
from servers.workbench import Workbench, WorkbenchSettings
from tests.conftest import Run
from tests.servers.wire import ask

SETTINGS = WorkbenchSettings(HttpSettings(port=0), RestSettings(port=0), WebSocketSettings(port=0))


def _states(workbench: Workbench) -> list[ServerState]:
    return [server.state for server in workbench.servers]


def test_all_start_answer_and_stop(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        recorder = Recorder()
        workbench = Workbench(SETTINGS, tmp_path / "data", recorder)
        assert _states(workbench) == [ServerState.STOPPED] * 3
        assert not (tmp_path / "data").exists()
        await asyncio.gather(*(server.start() for server in workbench.servers))
        statuses = []
        for server, target in zip(workbench.servers, ("/Breakout/index.html", "/players", "/"), strict=True):
            assert server.address
            assert {host for host, _ in server.address.bound} == {"127.0.0.1", "::1"}
            statuses.append((await ask(server.address.port, "GET", target)).status)
        assert statuses == [200, 200, 426]
        records = [record for record in recorder if isinstance(record, Exchange)]
        assert [(record.source, record.status) for record in records] == [("http", 200), ("rest", 200), ("ws", 426)]
        await workbench.stop()
        assert _states(workbench) == [ServerState.STOPPED] * 3
        await workbench.stop()

    run(scenario())


def test_the_names_and_settings_of_the_servers(tmp_path: Path) -> None:
    workbench = Workbench(SETTINGS, tmp_path, Recorder())
    assert [server.name for server in workbench.servers] == ["http", "rest", "ws"]
    assert workbench.settings == SETTINGS
    workbench.ws.settings = replace(workbench.ws.settings, mode=Mode.ECHO)
    workbench.http.settings = HttpSettings(port=0, root=tmp_path)
    assert workbench.settings.ws.mode is Mode.ECHO
    assert workbench.settings.http.root == tmp_path
    assert workbench.settings.rest == SETTINGS.rest


def test_one_that_cannot_stop_does_not_keep_the_others(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        workbench = Workbench(SETTINGS, tmp_path, Recorder())
        for server in workbench.servers:
            await server.start()
        really_stop = workbench.http._stop

        async def stop_and_fail() -> None:
            await really_stop()
            raise OSError("cannot stop")

        monkeypatch.setattr(workbench.http, "_stop", stop_and_fail)
        with pytest.raises(OSError, match="cannot stop"):
            await workbench.stop()
        assert _states(workbench) == [ServerState.FAILED, ServerState.STOPPED, ServerState.STOPPED]

    run(scenario())


def test_one_authority_for_all_made_only_when_one_speaks_tls(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        workbench = Workbench(SETTINGS, tmp_path, Recorder())
        await workbench.http.start()
        assert not (tmp_path / "tls").exists()
        await workbench.stop()
        assert {server.authority for server in workbench.servers} == {workbench.authority}
        workbench.http.settings = HttpSettings(port=0, tls=True)
        await workbench.http.start()
        assert certificate_path(tmp_path).exists()
        await workbench.stop()

    run(scenario())
