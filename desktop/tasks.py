"""Keeps background tasks: each named, referenced, cancelled with its owner, its failure reported."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

Report = Callable[[BaseException, str], None]
"""Takes an unexpected error and the name of the task it ended."""


class TaskSet:
    """The background tasks of one owner.

    A task that fails is handed to ``report`` with its name; a cancelled one is not. ``close`` cancels all of them.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._tasks: set[asyncio.Task[Any]] = set()

    def spawn(self, coroutine: Coroutine[Any, Any, Any], *, name: str) -> "asyncio.Task[Any]":
        """Run a coroutine in the background under a name that a person understands."""
        task = asyncio.get_running_loop().create_task(coroutine, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    async def close(self) -> None:
        """Cancel every task and wait until all have ended."""
        while self._tasks:
            tasks = list(self._tasks)
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    def __len__(self) -> int:
        return len(self._tasks)

    def _done(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._report(error, task.get_name())
