"""The two loops under test."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.event_loop import BatchedEventLoop, new_event_loop

Finish = Callable[[Any], Any]
"""Runs an awaitable on the loop of the test, for 30 seconds at most."""


@pytest.fixture(params=["batched", "qasync"])
def loop(
    request: pytest.FixtureRequest, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[asyncio.AbstractEventLoop]:
    """Each of the two loops in turn."""
    monkeypatch.setenv("PORTSIDE_EVENT_LOOP", request.param)
    loop = new_event_loop(qapp)
    yield loop
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


@pytest.fixture
def batched(qapp: QApplication) -> Iterator[BatchedEventLoop]:
    """Only the batched loop: what the tests that take it ask for, stock qasync 0.28 does not do."""
    loop = BatchedEventLoop(qapp)
    yield loop
    loop.close()


@pytest.fixture
def finish(request: pytest.FixtureRequest) -> Finish:
    """Run an awaitable on the loop that the test takes."""
    name = "loop" if "loop" in request.fixturenames else "batched"
    loop: asyncio.AbstractEventLoop = request.getfixturevalue(name)
    return lambda awaitable: loop.run_until_complete(asyncio.wait_for(awaitable, 30))
