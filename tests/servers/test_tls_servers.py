"""Tests of the three servers under TLS, with the clients that people use: what works without TLS works with it."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from servers.listening import listen
from servers.recorder import Recorder
from servers.server import AnyServer
from servers.settings import HttpSettings, Mode, RestSettings, WebSocketSettings
from servers.tls import client_context
from servers.workbench import Workbench, WorkbenchSettings
from tests.conftest import Run
from tests.servers.wire import hang_up

SETTINGS = WorkbenchSettings(
    HttpSettings(port=0, tls=True),
    RestSettings(port=0, tls=True),
    WebSocketSettings(port=0, tls=True, mode=Mode.ECHO),
)
NAMESPACES = {"http://www.w3.org", "http://json-schema.org"}


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Workbench]:
    workbench = Workbench(SETTINGS, folder, Recorder())
    try:
        await asyncio.gather(*(server.start() for server in workbench.servers))
        yield workbench
    finally:
        await workbench.stop()


def url(server: AnyServer) -> str:
    assert server.address is not None
    return server.address.url


async def curl(*arguments: str) -> tuple[int, str]:
    """The exit code of curl, and its output."""
    process = await asyncio.create_subprocess_exec(
        "curl", "--silent", "--noproxy", "*", *arguments, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


def test_curl_trusts_the_authority_when_told(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as workbench:
            trusting = ("--cacert", str(workbench.authority.path))
            for host in ("localhost", "127.0.0.1", "[::1]"):
                root = url(workbench.http).replace("localhost", host)
                code, page = await curl(*trusting, f"{root}/SomeFolder/SomeResource.zzz")
                assert code == 0
                assert "You requested /SomeFolder/SomeResource.zzz on day" in page
            assert (await curl(url(workbench.http)))[0] == 60
            insecure = url(workbench.http).replace("https", "http")
            assert (await curl(insecure))[0] in (52, 56)

    run(scenario())


def test_the_addresses_say_that_they_are_secure(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as workbench:
            assert [url(server).partition(":")[0] for server in workbench.servers] == ["https", "https", "wss"]

    run(scenario())


@pytest.mark.parametrize("target", ["/", "/players", "/players/1", "/openapi.json", "/docs", "/lab", "/lab/get"])
@pytest.mark.parametrize("media_type", ["application/json", "text/html", "application/atom+xml"])
def test_no_link_of_the_rest_service_leads_out_of_tls(run: Run, tmp_path: Path, target: str, media_type: str) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as workbench:
            trusting = ("--cacert", str(workbench.authority.path), "--include", "--header", f"Accept: {media_type}")
            root = url(workbench.rest)
            code, answer = await curl(*trusting, f"{root}{target}")
            assert code == 0
            assert set(re.findall(r"http://[\w.]+", answer)) <= NAMESPACES
            if target == "/docs":
                assert root in answer

    run(scenario())


def test_redirects_and_new_resources_stay_under_tls(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as workbench:
            trusting = ("--cacert", str(workbench.authority.path), "--output", str(tmp_path / "out"))
            shown = ("--write-out", "%{http_code} %{redirect_url} %{header_json}")
            _, answer = await curl(*trusting, *shown, f"{url(workbench.http)}/Breakout")
            assert answer.startswith(f"301 {url(workbench.http)}/Breakout/ ")
            body = ("--json", '{"name": "Joe"}')
            _, answer = await curl(*trusting, *shown, *body, f"{url(workbench.rest)}/players")
            assert answer.startswith("201 ")
            assert '"location":["/players/' in answer
            _, answer = await curl(*trusting, *shown, f"{url(workbench.rest)}/lab/redirect/1")
            assert f" {url(workbench.rest)}/lab/" in answer

    run(scenario())


def test_host_and_origin_are_checked_as_without_tls(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as workbench:
            trusting = ("--cacert", str(workbench.authority.path), "--output", str(tmp_path / "out"))
            status = ("--write-out", "%{http_code}")
            root = url(workbench.rest)
            for method, number, field, expected in (
                ("GET", 1, "Host: evil.example", "421"),
                ("DELETE", 1, "Origin: https://evil.example", "403"),
                ("DELETE", 1, f"Origin: {root}", "200"),
                ("DELETE", 2, "Origin: https://localhost", "200"),
            ):
                request = ("--request", method, "--header", field)
                assert await curl(*trusting, *status, *request, f"{root}/players/{number}") == (0, expected), field

    run(scenario())


def test_websockets_talk_and_check_origins_over_tls(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as workbench:
            context, root = client_context(workbench.authority.path), url(workbench.ws)
            for origin in (None, root.replace("wss", "https"), "https://127.0.0.1:8001"):
                async with connect(root, ssl=context, proxy=None, origin=origin) as client:  # type: ignore[arg-type]
                    await client.send("hé")
                    assert await client.recv() == "ECHO! hé"
            with pytest.raises(InvalidStatus) as refused:
                await connect(root, ssl=context, proxy=None, origin="https://evil.example")  # type: ignore[arg-type]
            assert refused.value.response.status_code == 403

    run(scenario())


def test_stop_frees_the_ports_whatever_silent_clients_do(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as workbench:
            ports = [server.address.port for server in workbench.servers if server.address]
            silent = [await asyncio.open_connection("127.0.0.1", port) for port in ports for _ in range(5)]
            half = [await asyncio.open_connection("127.0.0.1", port) for port in ports]
            for _, writer in half:
                writer.write(b"\x16\x03\x01\x02\x00\x01")
            await workbench.stop()
            for port in ports:
                for sock in listen("localhost", port):
                    sock.close()
            for reader, writer in silent + half:
                with suppress(ConnectionResetError):  # where the server had not read all
                    assert await reader.read() == b""
                await hang_up(writer)

    run(scenario(), deadline=9.0)
