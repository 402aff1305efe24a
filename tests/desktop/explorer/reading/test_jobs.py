"""Tests of work in child processes."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable

import psutil
import pytest

from desktop.explorer.reading.jobs import JobDied, in_process
from desktop.tasks import TaskSet
from tests.conftest import Run, until
from tests.desktop.explorer.reading import jobs_for_tests as jobs


def fail(error: BaseException, where: str) -> None:
    raise AssertionError(where) from error


def test_the_result_comes_back_without_qt_in_the_child(run: Run) -> None:
    assert run(in_process(jobs.qt_is_loaded)) is False


def test_reports_come_in_order_before_the_result(run: Run) -> None:
    heard: list[int] = []
    assert run(in_process(jobs.count, 300, progress=heard.append)) == 300
    assert heard == list(range(300))


def test_megabytes_of_arguments(run: Run) -> None:
    assert run(in_process(jobs.length, bytes(4_000_000))) == 4_000_000


def test_an_error_is_raised_here(run: Run) -> None:
    with pytest.raises(ValueError, match="so it goes"):
        run(in_process(jobs.fail, "so it goes"))


def test_an_error_that_cannot_travel_is_told_in_words(run: Run) -> None:
    with pytest.raises(RuntimeError, match="Awkward: one two"):
        run(in_process(jobs.fail_awkwardly))


def test_a_child_that_dies_is_an_error_not_a_hang(run: Run) -> None:
    with pytest.raises(JobDied, match="exit code -9"):
        run(in_process(jobs.die))


def test_what_cannot_be_sent_is_an_error(run: Run) -> None:
    with pytest.raises((TypeError, AttributeError)):
        run(in_process(jobs.length, lambda: None))


@pytest.mark.parametrize("function", [jobs.tell_and_wait, jobs.tell_and_hold_the_interpreter])
def test_cancelling_kills_at_once(run: Run, function: Callable[..., None]) -> None:
    async def cancel() -> int:
        tasks, pids = TaskSet(fail), list[int]()
        tasks.spawn(in_process(function, progress=pids.append), name="a long job")
        await until(lambda: pids)
        await tasks.close()
        return pids[0]

    assert not psutil.pid_exists(run(cancel()))


def test_cancelled_before_it_has_started(run: Run) -> None:
    async def cancel() -> None:
        tasks = TaskSet(fail)
        tasks.spawn(in_process(jobs.tell_and_wait, progress=print), name="a long job")
        await asyncio.sleep(0)
        await tasks.close()

    run(cancel())
    assert not [child for child in psutil.Process().children() if "multiprocessing-fork" in " ".join(child.cmdline())]


PARENT = """
import asyncio
from desktop.explorer.reading.jobs import in_process
from tests.desktop.explorer.reading.jobs_for_tests import tell_and_hold_the_interpreter
def told(pid): print(pid, flush=True)
asyncio.run(in_process(tell_and_hold_the_interpreter, progress=told))
"""


def test_a_child_does_not_outlive_its_parent(run: Run) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        os.kill(parent.pid, signal.SIGKILL)
    run(until(lambda: not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE))
