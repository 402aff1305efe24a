"""Tests of the lifecycle that all servers share."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.server import Address, Server, ServerState
from servers.settings import Listen
from servers.tls import LocalAuthority
from tests.conftest import Run, run_on, until

ADDRESS = Address("http", "localhost", 1, (("127.0.0.1", 1), ("::1", 1)))
STOPPED, STARTING, RUNNING, STOPPING, FAILED = ServerState


async def _nothing() -> None:
    """What a step does unless a test puts something else in its place."""


class Probe(Server[Listen]):
    """A server without a socket: it counts what is open and does what the test says in each step."""

    name = "probe"

    def __init__(self) -> None:
        super().__init__(Listen(port=0))
        self.open = 0
        self.most_open = 0
        self.on_start: Callable[[], Awaitable[object]] = _nothing
        self.on_stop: Callable[[], Awaitable[object]] = _nothing
        self.seen: list[ServerState] = []
        self.on_state = self._note

    def _note(self) -> None:
        self.seen.append(self.state)

    async def _start(self) -> Address:
        self.open += 1
        self.most_open = max(self.open, self.most_open)
        await self.on_start()
        return ADDRESS

    async def _stop(self) -> None:
        try:
            await self.on_stop()
        finally:
            self.open = 0


def _condition(server: Probe) -> tuple[ServerState, Exception | None]:
    return server.state, server.error


async def _fail() -> None:
    raise OSError("no such luck")


async def _bug() -> None:
    raise ZeroDivisionError


async def _pause() -> None:
    await asyncio.sleep(0)


async def _forever() -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize(
    ("host", "url"), [("localhost", "http://localhost:1"), ("::1", "http://[::1]:1"), ("10.0.0.1", "http://10.0.0.1:1")]
)
def test_url_of_an_address(host: str, url: str) -> None:
    assert Address("http", host, 1, ()).url == url


def test_states_of_one_life(run: Run) -> None:
    async def scenario() -> None:
        server = Probe()
        await server.start()
        assert (server.state, server.address, server.open) == (RUNNING, ADDRESS, 1)
        await server.stop()
        assert (server.state, server.address, server.open) == (STOPPED, None, 0)
        assert server.seen == [STARTING, RUNNING, STOPPING, STOPPED]

    run(scenario())


def test_start_and_stop_do_nothing_where_there_is_nothing_to_do(run: Run) -> None:
    async def scenario() -> None:
        server = Probe()
        await server.stop()
        await server.start()
        await server.start()
        await server.stop()
        await server.stop()
        assert server.seen == [STARTING, RUNNING, STOPPING, STOPPED]
        assert server.most_open == 1

    run(scenario())


def test_restart_from_every_resting_state(run: Run) -> None:
    async def scenario() -> None:
        server = Probe()
        await server.restart()
        await server.restart()
        server.on_start = _fail
        with pytest.raises(OSError, match="no such luck"):
            await server.restart()
        server.on_start = _nothing
        await server.restart()
        life = [STARTING, RUNNING, STOPPING, STOPPED]
        assert server.seen == [*life, *life, STARTING, FAILED, STOPPED, STARTING, RUNNING]

    run(scenario())


@pytest.mark.parametrize(("fault", "kind"), [(_fail, OSError), (_bug, ZeroDivisionError)])
def test_a_failed_start_is_remembered_until_the_next_attempt(
    run: Run, fault: Callable[[], Awaitable[object]], kind: type[Exception]
) -> None:
    async def scenario() -> None:
        server = Probe()
        server.on_start = fault
        with pytest.raises(kind) as caught:
            await server.start()
        assert server.error is caught.value
        assert (server.state, server.address, server.open) == (FAILED, None, 0)
        server.on_start = _nothing
        await server.start()
        assert _condition(server) == (RUNNING, None)

    run(scenario())


def test_stopping_a_failed_server_forgets_the_failure(run: Run) -> None:
    async def scenario() -> None:
        server = Probe()
        server.on_start = _fail
        with pytest.raises(OSError, match="no such luck"):
            await server.start()
        await server.stop()
        assert (server.state, server.error) == (STOPPED, None)
        assert server.seen == [STARTING, FAILED, STOPPED]

    run(scenario())


def test_a_failed_stop_is_remembered_and_the_server_can_start_again(run: Run) -> None:
    async def scenario() -> None:
        server = Probe()
        await server.start()
        server.on_stop = _fail
        with pytest.raises(OSError, match="no such luck"):
            await server.stop()
        assert (server.state, server.address) == (FAILED, None)
        assert isinstance(server.error, OSError)
        server.on_stop = _nothing
        await server.start()
        assert _condition(server) == (RUNNING, None)

    run(scenario())


def test_the_release_after_a_failed_start_may_fail_too(run: Run) -> None:
    async def scenario() -> None:
        server = Probe()
        server.on_start, server.on_stop = _fail, _bug
        with pytest.raises(ZeroDivisionError):
            await server.start()
        assert server.state is FAILED
        server.on_start = server.on_stop = _nothing
        await server.start()
        assert server.state is RUNNING

    run(scenario())


def test_a_cancelled_start_leaves_a_stopped_server(run: Run) -> None:
    async def scenario() -> None:
        server = Probe()
        server.on_start = _forever
        starting = asyncio.get_running_loop().create_task(server.start())
        await until(lambda: server.state is STARTING)
        starting.cancel()
        await asyncio.wait([starting])
        assert starting.cancelled()
        assert (server.state, server.error, server.open) == (STOPPED, None, 0)

    run(scenario())


def test_a_start_cancelled_twice_does_not_stay_starting(run: Run) -> None:
    async def scenario() -> None:
        server = Probe()
        server.on_start = server.on_stop = _forever
        starting = asyncio.get_running_loop().create_task(server.start())
        for _ in range(2):
            await asyncio.sleep(0)
            starting.cancel()
        await asyncio.wait([starting])
        assert (server.state, server.open) == (STOPPED, 0)

    run(scenario())


def test_a_cancelled_stop_leaves_a_stopped_server(run: Run) -> None:
    async def scenario() -> None:
        server = Probe()
        await server.start()
        server.on_stop = _forever
        stopping = asyncio.get_running_loop().create_task(server.stop())
        await until(lambda: server.state is STOPPING)
        stopping.cancel()
        await asyncio.wait([stopping])
        assert stopping.cancelled()
        assert (server.state, server.address, server.open) == (STOPPED, None, 0)

    run(scenario())


def test_cancelling_one_who_waits_his_turn_disturbs_nobody(run: Run) -> None:
    async def scenario() -> None:
        server = Probe()
        gate = asyncio.Event()
        server.on_start = gate.wait
        loop = asyncio.get_running_loop()
        starting = loop.create_task(server.start())
        await until(lambda: server.state is STARTING)
        waiting = loop.create_task(server.stop())
        await asyncio.sleep(0)
        waiting.cancel()
        gate.set()
        await asyncio.wait([starting, waiting])
        assert waiting.cancelled()
        assert server.seen == [STARTING, RUNNING]

    run(scenario())


@given(st.lists(st.sampled_from(["start", "stop", "restart"]), max_size=12), st.data())
def test_any_order_of_calls_at_once_ends_as_the_last_one_says(calls: list[str], data: st.DataObject) -> None:
    failures = {"start": [_pause, _nothing, _fail], "stop": [_pause, _nothing]}

    async def scenario() -> None:
        server = Probe()
        server.on_start = data.draw(st.sampled_from(failures["start"]))
        server.on_stop = data.draw(st.sampled_from(failures["stop"]))
        outcomes = await asyncio.gather(*(getattr(server, call)() for call in calls), return_exceptions=True)
        assert all(outcome is None or str(outcome) == "no such luck" for outcome in outcomes)
        running = FAILED if server.on_start is _fail else RUNNING
        assert server.state is (running if calls and calls[-1] != "stop" else STOPPED)
        assert server.open == (server.state is RUNNING)
        assert server.most_open <= 1
        await server.stop()

    run_on(asyncio.new_event_loop, scenario(), 10)


def test_tls_needs_an_authority(run: Run) -> None:
    async def scenario() -> None:
        probe = Probe()
        probe.on_start = probe._tls
        await probe.restart()
        assert probe._layer is None
        probe.settings = Listen(port=0, tls=True)
        with pytest.raises(OSError, match="no certificate authority"):
            await probe.restart()
        assert (probe.state, probe.open) == (FAILED, 0)

    run(scenario())


def test_tls_ends_with_every_start_that_came_to_nothing(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        probe = Probe()
        probe.settings, probe.authority = Listen(port=0, tls=True), LocalAuthority(tmp_path)

        async def fail() -> None:
            assert await probe._tls() is not None
            raise OSError("no such port")

        probe.on_start = fail
        with pytest.raises(OSError, match="no such port"):
            await probe.start()
        assert probe._layer is None

    run(scenario())


def test_a_notice_is_of_one_start(run: Run) -> None:
    async def scenario() -> None:
        probe = Probe()

        async def notice() -> None:
            probe._add_notice("One thing.")
            probe._add_notice("Another thing.")
            probe._add_notice("One thing.")

        probe.on_start = notice
        await probe.start()
        notices = [probe.notice]
        probe.on_start = _nothing
        await probe.restart()
        notices.append(probe.notice)
        assert notices == ["One thing. Another thing.", None]
        seen = len(probe.seen)
        probe._add_notice("It ran out.")
        assert len(probe.seen) == seen + 1

    run(scenario())


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://localhost:80"),
        ("::", "http://localhost:80"),
        ("::1", "http://[::1]:80"),
        ("192.0.2.1", "http://192.0.2.1:80"),
    ],
)
def test_the_url_for_this_computer(host: str, url: str) -> None:
    assert Address("http", host, 80, ((host, 80),)).url == url


def test_the_urls_for_other_computers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servers.server.outward_hosts", lambda bound: ("192.0.2.1", "fd00::2") if bound else ())
    assert Address("https", "::", 443, (("::", 443),)).network_urls == (
        "https://192.0.2.1:443",
        "https://[fd00::2]:443",
    )


def test_there_are_none_while_bound_to_loopback() -> None:
    assert ADDRESS.network_urls == ()
