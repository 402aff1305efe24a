"""Lets a request's handler begin at once, as aiohttp itself does with the eager tasks of Python 3.12 and later."""

import asyncio
import sys
from collections.abc import Coroutine, Sized
from typing import Any, cast


def without_tasks(loop: asyncio.AbstractEventLoop, waiting: Sized) -> asyncio.AbstractEventLoop:
    """The loop as aiohttp uses it for a connection, but that it makes no task for a request.

    That, and the turn of the loop until it runs, take a fifth of the time of a small request. While further requests
    are ``waiting`` each has a task nevertheless, so that one client cannot keep the others from having their turn.
    """
    return loop if sys.version_info >= (3, 12) else cast(asyncio.AbstractEventLoop, _Inline(loop, waiting))


class _Inline:
    """Has nothing of a loop but what aiohttp uses of it: whatever it comes to use besides is an error in every test."""

    __slots__ = ("_loop", "_waiting", "call_at", "create_future", "time")

    def __init__(self, loop: asyncio.AbstractEventLoop, waiting: Sized) -> None:
        self._loop = loop
        self._waiting = waiting
        self.time, self.create_future, self.call_at = loop.time, loop.create_future, loop.call_at

    def create_task(self, handling: Coroutine[Any, Any, object]) -> Any:
        """What aiohttp awaits next: the handling itself, or its task."""
        return self._loop.create_task(handling) if self._waiting else handling
