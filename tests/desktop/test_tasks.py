"""TaskSet keeps its tasks, reports what fails, and leaves nothing when it is closed."""

import asyncio

import pytest

from desktop.tasks import TaskSet
from tests.conftest import Run


class Reports:
    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []

    def __call__(self, error: BaseException, where: str) -> None:
        self.seen.append((str(error), where))


def test_a_task_runs_under_its_name_and_is_forgotten_when_done(run: Run) -> None:
    async def scenario() -> None:
        tasks = TaskSet(Reports())
        task = tasks.spawn(asyncio.sleep(0, "done"), name="sleep")
        assert task.get_name() == "sleep"
        assert len(tasks) == 1
        assert await task == "done"
        await asyncio.sleep(0)
        assert len(tasks) == 0

    run(scenario())


def test_a_failure_is_reported_with_the_name_of_its_task(run: Run) -> None:
    async def fail() -> None:
        raise ValueError("no such luck")

    async def scenario() -> Reports:
        reports = Reports()
        tasks = TaskSet(reports)
        with pytest.raises(ValueError, match="no such luck"):
            await tasks.spawn(fail(), name="try")
        return reports

    assert run(scenario()).seen == [("no such luck", "try")]


def test_close_cancels_also_what_tasks_spawn_while_they_are_cancelled(run: Run) -> None:
    async def scenario() -> None:
        reports = Reports()
        tasks = TaskSet(reports)

        async def stubborn() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                tasks.spawn(asyncio.Event().wait(), name="late")

        tasks.spawn(stubborn(), name="stubborn")
        await asyncio.sleep(0)
        await tasks.close()
        assert len(tasks) == 0
        assert reports.seen == []

    run(scenario())
