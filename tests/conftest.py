"""What every test shares: one way to run a coroutine, and the rule that nothing unexpected is logged."""

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, Protocol, TypeVar

import pytest
from hypothesis import HealthCheck, settings

# No test depends on time, and what continuous integration runs is the same every time.
settings.register_profile(
    "portside", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("portside")

T = TypeVar("T")
DEADLINE = 30.0


class Run(Protocol):
    """Runs a coroutine to its end and returns its result."""

    def __call__(self, coroutine: Coroutine[Any, Any, T], deadline: float = DEADLINE) -> T: ...


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture
def expected_logs() -> list[str]:
    """Beginnings of the warnings and errors (`LEVEL logger: text`) that the test expects; each must occur."""
    return []


@pytest.fixture(autouse=True)
def no_unexpected_logs(expected_logs: list[str]) -> Iterator[None]:
    """Fail the test on a warning or an error in the log that it did not announce in ``expected_logs``."""
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    unexpected = [line for line in collector.lines if not line.startswith(tuple(expected_logs) or "\0")]
    missing = [start for start in expected_logs if not any(line.startswith(start) for line in collector.lines)]
    assert not unexpected, f"unexpected log: {unexpected}"
    assert not missing, f"expected in the log, but not there: {missing}"


def run_on(new_loop: Callable[[], asyncio.AbstractEventLoop], coroutine: Coroutine[Any, Any, T], deadline: float) -> T:
    """Run on a fresh loop, within ``deadline`` seconds; fail on lost errors and on tasks that are left."""
    loop = new_loop()
    faults: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _, context: faults.append(context))
    try:
        result = loop.run_until_complete(asyncio.wait_for(coroutine, deadline))
        leftover = [task.get_name() for task in asyncio.all_tasks(loop)]
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
    assert not leftover, f"tasks left: {leftover}"
    assert not faults, f"errors that nobody caught: {faults}"
    return result


async def until(condition: Callable[[], object]) -> None:
    """Wait until the condition holds; the deadline of ``run`` bounds it."""
    while not condition():  # noqa: ASYNC110 - conditions of widgets have no event to wait for
        await asyncio.sleep(0.005)


@pytest.fixture
def run() -> Run:
    """Run a coroutine on a fresh asyncio loop with a deadline; nothing may be left afterwards."""

    def runner(coroutine: Coroutine[Any, Any, T], deadline: float = DEADLINE) -> T:
        return run_on(asyncio.new_event_loop, coroutine, deadline)

    return runner
