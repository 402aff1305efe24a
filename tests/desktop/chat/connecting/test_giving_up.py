"""Tests of attempts that are cancelled or run out of time: nothing is left open, whenever it happens."""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import AsyncIterator, Callable

import pytest

from desktop.chat.connecting import handshake
from desktop.chat.connecting.handshake import open_connection
from desktop.chat.target import Target
from servers.exchange import Exchange
from servers.tls.client import Trust, make_context
from tests.conftest import Run
from tests.desktop.chat.connecting.stage import failure
from tests.desktop.chat.peers import accept, raw_server, surroundings, until
from tests.desktop.explorer.sending.misbehaving import listening
from tests.desktop.explorer.sending.test_tls import Authority

pytestmark = pytest.mark.without_qt


class Visitors:
    """Counts who is connected; answers handshakes, or asks for tunnels, in as many pieces as there are lines."""

    def __init__(self, *, answers: bool = True, proxies: bool = False) -> None:
        self.present = self.seen = 0
        self._answers = answers
        self._proxies = proxies

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.present += 1
        self.seen += 1
        try:
            if self._proxies:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            if self._answers:
                await accept(reader, writer)
            await reader.read()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self.present -= 1


async def _given_up(target: Target, steps: int) -> bool:
    """Cancel an attempt after so many turns of the loop; whether it was connected by then."""
    around = surroundings()
    attempt = asyncio.get_running_loop().create_task(open_connection(target, around), name="attempt")
    for _ in range(steps):
        await asyncio.sleep(0)
    attempt.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        connection = await attempt
        connection.transport.abort()
        await connection.wait_closed()
        return True
    assert all(isinstance(one, Exchange) and one.error == "The attempt was given up." for one in around.recorder)
    return False


@contextlib.asynccontextmanager
async def _place(kind: str, visitors: Visitors, authority: Authority) -> AsyncIterator[Target]:
    secure = authority.server() if kind in ("wss", "https proxy") else None
    async with listening(visitors.serve, secure) as port:
        match kind:
            case "http proxy":
                yield Target("ws://far.example", proxy=f"http://127.0.0.1:{port}")
            case "https proxy":
                yield Target("ws://far.example", proxy=f"https://127.0.0.1:{port}", verify=False)
            case _:
                yield Target(f"{kind}://localhost:{port}", verify=False)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.mark.parametrize("kind", ["ws", "wss", "http proxy", "https proxy"])
def test_at_any_moment(run: Run, authority: Authority, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    context = make_context(Trust(False, "", "", ""))
    monkeypatch.setattr(handshake, "make_context", _giver(context))  # so that each turn of the loop is a step ahead
    visitors = Visitors(proxies="proxy" in kind)

    async def scenario() -> None:
        async with _place(kind, visitors, authority) as target:
            steps = 0
            while not await _given_up(target, steps):
                steps += 1
            assert 0 < visitors.seen <= steps  # the first was given up before it had begun
            await until(lambda: visitors.present == 0)

    run(scenario())


def _giver(context: ssl.SSLContext) -> Callable[..., ssl.SSLContext]:
    def give(*_: object) -> ssl.SSLContext:
        return context

    return give


@pytest.mark.parametrize("scheme", ["ws", "wss"])
def test_while_a_server_is_silent(run: Run, scheme: str) -> None:
    visitors = Visitors(answers=False)

    async def scenario() -> None:
        async with raw_server(visitors.serve) as url:
            around = surroundings()
            wanted = Target(url.replace("ws://", f"{scheme}://"))
            attempt = asyncio.get_running_loop().create_task(open_connection(wanted, around), name="attempt")
            await until(lambda: visitors.present)
            attempt.cancel()
            await until(lambda: visitors.present == 0)
            assert attempt.cancelled()
            (exchange,) = around.recorder
            assert isinstance(exchange, Exchange)
            assert exchange.error == "The attempt was given up."

    run(scenario())


@pytest.mark.parametrize("scheme", ["ws", "wss"])
def test_out_of_time(run: Run, monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setattr(handshake, "OPEN_TIMEOUT", 0.5)
    monkeypatch.setattr(handshake, "make_context", _giver(make_context(Trust(False, "", "", ""))))
    visitors = Visitors(answers=False)

    async def scenario() -> None:
        async with raw_server(visitors.serve) as url:
            failed = await failure(Target(url.replace("ws://", f"{scheme}://")))
            assert "did not answer in time" in str(failed)
            assert failed.retryable
            await until(lambda: visitors.present == 0)

    run(scenario())


def test_a_system_that_does_not_tell_its_proxy(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    told = threading.Event()

    def wait(*_: object) -> None:
        told.wait()

    async def scenario() -> None:
        failed = await failure(Target("ws://far.example"))
        assert "did not tell in time which proxy" in str(failed)
        assert (failed.exchange, failed.retryable) == (None, True)
        told.set()

    monkeypatch.setattr(handshake, "OPEN_TIMEOUT", 0.05)
    monkeypatch.setattr(handshake, "system_proxy", wait)
    run(scenario())
