"""The event loop beside Qt: slots, painting and input while callbacks run, nested Qt loops, quitting."""

import asyncio
import socket
import sys
import time
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop.event_loop import PASS, BatchedEventLoop
from tests.desktop.event_loop.conftest import Finish


class PostedEvents(QObject):
    """Counts the events posted to it."""

    received = 0

    def customEvent(self, _: QEvent) -> None:  # noqa: N802 - Qt's name
        self.received += 1


def test_busy_callbacks_do_not_starve_qt(loop: asyncio.AbstractEventLoop, finish: Finish) -> None:
    done = loop.create_future()
    target = PostedEvents()
    timer = QTimer(target, interval=0)
    ticks: list[int] = []

    def tick() -> None:
        ticks.append(len(ticks))
        QCoreApplication.postEvent(target, QEvent(QEvent.Type.User))

    def again() -> None:
        if target.received < 50:
            loop.call_soon(again)
        else:
            done.set_result(None)

    timer.timeout.connect(tick)
    timer.start()
    loop.call_soon(again)
    finish(done)
    timer.stop()
    assert len(ticks) >= 50


def test_qt_gets_its_turn_between_callbacks_that_became_ready_together(
    batched: BatchedEventLoop, finish: Finish
) -> None:
    done = batched.create_future()
    seen: list[str] = []

    def run(number: int) -> None:
        seen.append("callback")
        begun = time.perf_counter()
        while time.perf_counter() < begun + PASS:
            pass
        if number == 39:
            done.set_result(None)

    for number in range(40):
        batched.call_soon(run, number)
    timer = QTimer(interval=0)
    timer.timeout.connect(partial(seen.append, "Qt"))
    timer.start()
    finish(done)
    timer.stop()
    assert seen.count("callback") == 40
    longest = max(len(run) for run in " ".join(seen).replace("callback ", "c").replace("callback", "c").split("Qt"))
    assert longest <= 2


def test_a_loop_that_was_interrupted_looks_at_sockets_when_it_runs_again(
    batched: BatchedEventLoop, finish: Finish
) -> None:
    def linger() -> None:
        begun = time.perf_counter()
        while time.perf_counter() < begun + PASS:
            pass

    batched.call_soon(linger)  # and the others have to wait for the next pass
    for _ in range(20):
        batched.call_soon(bool)
    batched.call_soon(sys.exit)
    with pytest.raises(SystemExit):
        batched.run_forever()
    here, there = socket.socketpair()
    with here, there:
        here.setblocking(False)
        there.send(b"x")
        assert finish(batched.sock_recv(here, 1)) == b"x"
        batched.call_later(0.01, there.send, b"y")
        assert finish(batched.sock_recv(here, 1)) == b"y"


def test_each_of_many_readable_sockets_is_given_one_callback(batched: BatchedEventLoop, finish: Finish) -> None:
    pairs = [socket.socketpair() for _ in range(40)]
    done = batched.create_future()
    seen: list[int] = []

    def read(number: int) -> None:
        seen.append(number)
        assert pairs[number][0].recv(10) == b"x"
        if len(seen) == len(pairs):
            done.set_result(None)

    for number, (near, far) in enumerate(pairs):
        near.setblocking(False)
        far.send(b"x")
        batched.add_reader(near, read, number)
    finish(done)
    for near, far in pairs:
        batched.remove_reader(near)
        near.close()
        far.close()
    assert sorted(seen) == list(range(40))


def test_busy_qt_does_not_starve_callbacks(loop: asyncio.AbstractEventLoop, finish: Finish) -> None:
    timer = QTimer(interval=0)
    timer.start()

    async def many_steps() -> str:
        for _ in range(200):
            await asyncio.sleep(0)
        return "through"

    assert finish(many_steps()) == "through"
    timer.stop()


def test_slots_use_the_running_loop(loop: asyncio.AbstractEventLoop, finish: Finish) -> None:
    done = loop.create_future()
    tasks: list[asyncio.Task[None]] = []

    async def answer() -> None:
        await asyncio.sleep(0.001)
        done.set_result("from a slot")

    def slot() -> None:
        tasks.append(asyncio.get_running_loop().create_task(answer()))

    timer = QTimer(singleShot=True)
    timer.timeout.connect(slot)
    timer.start(5)  # the loop is idle by then
    assert finish(done) == "from a slot"


def test_slots_stop_an_idle_loop(loop: asyncio.AbstractEventLoop) -> None:
    timer = QTimer(singleShot=True)
    timer.timeout.connect(loop.stop)
    timer.start(5)
    loop.run_forever()
    assert not loop.is_running()


def test_quitting_the_application_ends_the_run(loop: asyncio.AbstractEventLoop, qapp: QApplication) -> None:
    loop.call_soon(qapp.quit)
    loop.run_forever()
    assert not loop.is_running()
    assert loop.run_until_complete(asyncio.sleep(0, "usable")) == "usable"


def test_between_runs_qt_runs_no_callback(batched: BatchedEventLoop) -> None:
    # Stock qasync's timers fire in any Qt loop, whether it counts as running or not.
    calls: list[str] = []
    batched.run_until_complete(asyncio.sleep(0))
    batched.call_soon(calls.append, "early")
    other = QEventLoop()
    QTimer.singleShot(5, other, other.quit)
    other.exec()
    assert calls == []
    batched.run_until_complete(asyncio.sleep(0))
    assert calls == ["early"]


def test_nested_qt_loop_between_passes_delays_nothing(loop: asyncio.AbstractEventLoop, finish: Finish) -> None:
    nested = QEventLoop()
    done = loop.create_future()

    async def inside() -> None:
        await asyncio.sleep(0.001)
        assert nested.isRunning()
        assert asyncio.get_running_loop() is loop
        nested.quit()

    def slot() -> None:
        task = loop.create_task(inside())
        nested.exec()
        done.set_result(task.done())

    timer = QTimer(singleShot=True)
    timer.timeout.connect(slot)
    timer.start(0)
    assert finish(done)


def test_nested_qt_loop_in_a_callback_is_not_reentered(batched: BatchedEventLoop, finish: Finish) -> None:
    # Stock qasync runs other callbacks, even other steps of a task, in the midst of this one.
    near, far = socket.socketpair()
    calls: list[str] = []
    ticks: list[int] = []
    wakes: list[object] = []
    nested = QEventLoop()
    timer = QTimer(nested, interval=1)
    done = batched.create_future()

    def tick() -> None:
        ticks.append(len(ticks))
        if len(ticks) == 1:
            batched.call_soon(calls.append, "slot")
        elif len(ticks) == 50:
            nested.quit()

    def dialog() -> None:
        calls.append("dialog opens")
        batched.call_soon(calls.append, "soon")
        batched.call_later(0, calls.append, "later")
        batched.call_soon_threadsafe(calls.append, "thread")
        near.send(b"readable")
        timer.start()
        nested.exec()
        timer.stop()
        calls.append("dialog closes")

    def read() -> None:
        calls.append(far.recv(100).decode())
        batched.remove_reader(far)
        QTimer.singleShot(0, nested, lambda: done.set_result(batched._notifier.isEnabled()))

    timer.timeout.connect(tick)
    batched._notifier.activated.connect(lambda: wakes.append(None))
    with near, far:
        batched.add_reader(far, read)
        batched.call_soon(dialog)
        assert finish(done), "the descriptor is watched again"
    assert calls[:2] == ["dialog opens", "dialog closes"]
    assert set(calls[2:]) == {"soon", "later", "thread", "slot", "readable"}
    assert len(wakes) < 10  # the waiting descriptor did not keep the nested loop busy


def test_exit_inside_a_nested_qt_loop_comes_out(batched: BatchedEventLoop) -> None:
    nested = QEventLoop()

    def leave() -> None:
        assert nested.isRunning()
        raise SystemExit(3)

    def slot() -> None:
        batched.call_soon(leave)
        nested.exec()

    timer = QTimer(singleShot=True)
    timer.timeout.connect(slot)
    timer.start(0)
    with pytest.raises(SystemExit):
        batched.run_forever()
    assert not nested.isRunning()
