"""Tests of what the servers without a window say about TLS, and about the network."""

import asyncio
import signal
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from servers.headless import _notices, _say_address, _start
from servers.recorder import Recorder
from servers.settings import HttpSettings, RestSettings, WebSocketSettings
from servers.tls import client_context
from servers.workbench import Workbench, WorkbenchSettings
from tests.conftest import Run
from tests.servers.test_headless import PORTS, _command, serving


def test_tls_says_the_secure_addresses_and_what_trust_means(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path, "http", "ws", *PORTS, "--tls") as child:
            http, ws = child.ports
            certificate = tmp_path / "data" / "tls" / "authority.pem"
            assert child.lines == [
                f"Started HTTP server at https://localhost:{http}",
                f"Started WebSocket server at wss://localhost:{ws}",
                f"The certificate of the local authority is {certificate}",
                "Whoever trusts it believes every site that the holder of its key vouches for: trust only your own.",
                "Serving the bundled sites",
                "Press Ctrl+C to stop.",
            ]
            async with connect(f"wss://localhost:{ws}", ssl=client_context(certificate), proxy=None):
                assert await child.line("WebSocket") == "WebSocket: GET / 101 Switching Protocols"
            _, silent = await asyncio.open_connection("127.0.0.1", http)
            code, _, errors = await child.end(signal.SIGTERM)
            assert (code, errors) == (0, "")
            silent.close()

    run(scenario())


def test_a_damaged_authority_keeps_the_server_from_starting(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        folder = tmp_path / "data" / "tls"
        folder.mkdir(parents=True)
        (folder / "authority.key").write_text("damaged")
        command = _command(tmp_path, "http", *PORTS, "--tls")
        process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, err = await process.communicate()
        assert (process.returncode, out) == (1, b"")
        assert err.decode().startswith(f"The HTTP server cannot start: {folder}/authority.key is damaged.")
        assert err.count(b"\n") == 1

    run(scenario())


def test_notices_are_said_once(tmp_path: Path) -> None:
    settings = WorkbenchSettings(HttpSettings(), RestSettings(), WebSocketSettings())
    workbench = Workbench(settings, tmp_path, Recorder())
    workbench.http.notice = workbench.ws.notice = "The authority is new."
    assert _notices(list(workbench.servers)) == ["The authority is new."]


def test_the_addresses_for_other_computers_are_said(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def scenario() -> None:
        settings = WorkbenchSettings(HttpSettings(port=0), RestSettings(), WebSocketSettings())
        server = Workbench(settings, tmp_path, Recorder()).http
        assert await _start(server)
        assert capsys.readouterr().out.count("\n") == 1
        address = server.address
        assert address is not None
        server.address = replace(address, host="0.0.0.0", bound=(("0.0.0.0", address.port),))
        _say_address(server)
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == f"Started HTTP server at http://localhost:{address.port}"
        assert lines[1:] == [f"Other computers reach it at {', '.join(server.address.network_urls)}"]
        await server.stop()

    run(scenario())
