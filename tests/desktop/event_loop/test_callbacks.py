"""The event loop's callbacks, timers, errors and lifecycle, on the batched loop and on stock qasync."""

import asyncio
import math
import os
import selectors
from typing import Any, NoReturn

import psutil
import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop import event_loop
from desktop.event_loop import BatchedEventLoop, new_event_loop
from tests.desktop.event_loop.conftest import Finish


def open_files() -> int:
    return int(psutil.Process().num_fds())


def test_call_soon_keeps_order_under_load(batched: BatchedEventLoop, finish: Finish) -> None:
    # Stock qasync has a Qt timer for each callback, and Qt does not promise the order of equal timers.
    calls: list[int] = []
    done = batched.create_future()

    def nested(number: int) -> None:
        calls.append(number)
        if number < 10_000:
            batched.call_soon(nested, number + 5_000)
        if len(calls) == 10_000:
            done.set_result(None)

    for number in range(5_000, 10_000):
        batched.call_soon(nested, number)
    finish(done)
    assert calls == list(range(5_000, 15_000))


def test_timers_fire_in_order_and_never_early(batched: BatchedEventLoop, finish: Finish) -> None:
    # Stock qasync rounds the delay of a timer down to milliseconds, and so fires up to one early.
    fired: list[float] = []
    done = batched.create_future()
    start = batched.time()
    delays = [0.0205, 0.0001, 0.0103, 0.0, 0.0051, -1.0, 0.0052]

    def fire(when: float) -> None:
        assert batched.time() >= when
        fired.append(when)
        if len(fired) == len(delays):
            done.set_result(None)

    for delay in delays:
        batched.call_at(start + delay, fire, start + delay)
    finish(done)
    assert fired == sorted(fired)


def test_call_later_passes_arguments(loop: asyncio.AbstractEventLoop, finish: Finish) -> None:
    done = loop.create_future()
    loop.call_later(0.001, done.set_result, "fired")
    assert finish(done) == "fired"


def test_cancelled_callbacks_do_not_run(loop: asyncio.AbstractEventLoop, finish: Finish) -> None:
    calls: list[str] = []
    loop.call_soon(calls.append, "soon").cancel()
    loop.call_later(0.001, calls.append, "later").cancel()
    finish(asyncio.sleep(0.01))
    assert calls == []


def test_timeouts_and_cancellation(loop: asyncio.AbstractEventLoop, finish: Finish) -> None:
    async def outlive() -> str:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.001):
                await asyncio.Event().wait()
        task = asyncio.current_task()
        assert task is not None
        loop.call_soon(task.cancel)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            task.uncancel()
        return "went on"

    assert finish(outlive()) == "went on"


def test_cancelled_timeouts_leave_nothing(batched: BatchedEventLoop, qapp: QApplication, finish: Finish) -> None:
    # Stock qasync keeps the Qt timer of a cancelled timeout until it would have been due.
    async def many() -> None:
        for _ in range(10_000):
            async with asyncio.timeout(3600):
                await asyncio.sleep(0)

    timers = len(qapp.findChildren(QTimer))
    finish(many())
    assert len(batched._scheduled) < 150  # asyncio sweeps its heap from 100 handles on
    assert len(qapp.findChildren(QTimer)) == timers
    assert [name for name, value in vars(batched).items() if isinstance(value, QObject)] == [
        "_app",
        "_timer",
        "_notifier",
    ]


def test_idle_loop_does_not_spin(batched: BatchedEventLoop, finish: Finish, monkeypatch: pytest.MonkeyPatch) -> None:
    # Counted at the selector, which stock qasync never asks.
    passes: list[float | None] = []
    select = batched._selector.select

    def counting(timeout: float | None = None) -> Any:
        passes.append(timeout)
        return select(timeout)

    monkeypatch.setattr(batched._selector, "select", counting)
    finish(asyncio.sleep(0.3005))
    assert len(passes) < 10


def test_timer_is_rounded_up_and_bounded(batched: BatchedEventLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batched, "time", lambda: 100.0)
    intervals = {}
    for due in (-math.inf, 99.0, 110.0001, 1e12):
        batched._set_timer(due)
        intervals[due] = batched._timer.interval()
    batched._set_timer(None)
    assert intervals == {-math.inf: 0, 99.0: 0, 110.0001: 10_001, 1e12: 86_400_000}
    assert not batched._timer.isActive()


def test_exception_in_a_callback_reaches_the_handler(loop: asyncio.AbstractEventLoop, finish: Finish) -> None:
    contexts: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _, context: contexts.append(context))
    loop.call_soon(int, "no number")
    finish(asyncio.sleep(0.01))
    assert isinstance(contexts[0]["exception"], ValueError)


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt])
@pytest.mark.parametrize("in_task", [False, True])
def test_exits_leave_run_forever(batched: BatchedEventLoop, error: type[BaseException], in_task: bool) -> None:
    # Stock qasync lets them vanish in a Qt slot, or end the process there.
    def leave() -> NoReturn:
        raise error(7)

    async def leave_later() -> NoReturn:
        await asyncio.sleep(0.001)
        leave()

    if in_task:
        with pytest.raises(error):
            batched.run_until_complete(leave_later())
    else:
        batched.call_soon(leave)
        with pytest.raises(error):
            batched.run_forever()
    assert not batched.is_running()
    assert batched.run_until_complete(asyncio.sleep(0, "usable")) == "usable"


def test_stop_ends_after_the_callbacks_already_scheduled(batched: BatchedEventLoop) -> None:
    # Stock qasync ignores a stop before the start, and stops at once instead of after the pass.
    calls: list[str] = []
    batched.stop()
    batched.call_soon(calls.append, "before")
    batched.run_forever()
    batched.call_soon(batched.stop)
    batched.call_soon(lambda: batched.call_soon(calls.append, "next run"))
    batched.run_forever()
    assert calls == ["before"]
    batched.run_until_complete(asyncio.sleep(0))
    assert calls == ["before", "next run"]


def test_many_starts_and_stops_leave_no_descriptor(
    loop: asyncio.AbstractEventLoop, finish: Finish, qapp: QApplication
) -> None:
    for number in range(20):
        assert finish(asyncio.sleep(0, number)) == number
    before = open_files()
    for number in range(20):
        other = new_event_loop(qapp)
        assert other.run_until_complete(asyncio.sleep(0, number)) == number
        other.close()
        other.close()
        assert other.is_closed()
        with pytest.raises(RuntimeError, match="closed"):
            other._check_closed()  # type: ignore[attr-defined]
    assert open_files() == before


def test_a_running_loop_refuses_to_close_or_start(loop: asyncio.AbstractEventLoop, finish: Finish) -> None:
    async def refuse() -> None:
        with pytest.raises(RuntimeError):
            loop.close()
        with pytest.raises(RuntimeError):
            loop.run_until_complete(loop.create_future())
        assert asyncio.get_running_loop() is loop

    finish(refuse())
    assert asyncio._get_running_loop() is None
    assert not loop.is_running()


def test_runner_takes_the_loop(qapp: QApplication) -> None:
    async def kind() -> type:
        await asyncio.to_thread(os.getpid)
        return type(asyncio.get_running_loop())

    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        assert runner.run(kind()) is BatchedEventLoop
        assert runner.run(kind()) is BatchedEventLoop


def test_debug_mode_reports_slow_callbacks(batched: BatchedEventLoop, finish: Finish, expected_logs: list[str]) -> None:
    expected_logs.append("WARNING asyncio: Executing <Task")
    expected_logs.append("WARNING asyncio: Executing <Handle")
    batched.set_debug(True)
    batched.slow_callback_duration = 0
    finish(asyncio.sleep(0))


def test_choice_of_the_loop(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    def chosen(value: str) -> bool:
        monkeypatch.setenv("PORTSIDE_EVENT_LOOP", value)
        loop = new_event_loop()
        loop.close()
        return isinstance(loop, BatchedEventLoop)

    assert chosen("")
    assert chosen("batched")
    assert not chosen("qasync")
    with pytest.raises(ValueError, match="'uvloop'"):
        chosen("uvloop")
    monkeypatch.setattr(selectors, "DefaultSelector", selectors.SelectSelector)
    assert not chosen("batched")


def test_no_application_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoApplication:
        instance = staticmethod(lambda: None)

    monkeypatch.setattr(event_loop, "QApplication", NoApplication)
    with pytest.raises(RuntimeError, match="QApplication"):
        new_event_loop()
