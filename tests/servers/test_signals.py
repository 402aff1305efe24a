"""Being asked to end."""

import asyncio
import os
import signal

from servers.signals import on_signals
from tests.conftest import Run, until


def test_each_signal_is_heard_and_unknown_ones_are_left_out(run: Run) -> None:
    heard: list[bool] = []

    async def scenario() -> None:
        on_signals(lambda: heard.append(True), ("SIGTERM", "SIGUSR1", "SIGNOTHING"))
        for number in (signal.SIGTERM, signal.SIGUSR1):
            os.kill(os.getpid(), number)
        await until(lambda: len(heard) == 2)

    run(scenario())


def test_a_loop_without_signal_handlers_is_woken(run: Run) -> None:
    heard = []

    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        before = signal.getsignal(signal.SIGUSR1)
        loop.add_signal_handler = lambda *_: _refuse()  # type: ignore[method-assign]
        try:
            on_signals(lambda: heard.append(asyncio.get_running_loop()), ("SIGUSR1",))
            os.kill(os.getpid(), signal.SIGUSR1)
            await until(lambda: heard == [loop])
        finally:
            signal.signal(signal.SIGUSR1, before)

    run(scenario())


def _refuse() -> None:
    raise NotImplementedError
