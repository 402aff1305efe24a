"""Notices changes that others make to opened folders, within about a second, and goes on when the system cannot."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection
from contextlib import aclosing
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.explorer.workspace.files import ENVIRONMENTS, SUFFIXES

if TYPE_CHECKING:
    from watchfiles import Change
    from watchfiles.main import FileChange

log = logging.getLogger("portside.collections")

OnChange = Callable[[frozenset[Path]], Awaitable[None]]
"""Takes the paths that were reported; an empty set asks to look at everything."""

POLLING = "Changes from outside appear a little later: the system watches no more folders for this program."

_TOGETHER_MS = 400
_STEP_MS = 60
_TICK_MS = 1_000
_POLL_MS = 1_000


class Watcher:
    """Watches folders, without those below them, until it is cancelled; ``polling`` forces what is else a way out.

    ``on_change`` is awaited for every batch of changes, and with an empty set about once a second after folders were
    given anew and while ``is_waiting`` says that one of them is missing. ``on_polling`` is called once, when the
    system's own notices cannot be had.
    """

    def __init__(self, on_change: OnChange, on_polling: Callable[[], None], *, polling: bool = False) -> None:
        self.is_waiting = False
        self.is_polling = polling
        self._on_change = on_change
        self._on_polling = on_polling
        self._folders: frozenset[Path] = frozenset()
        self._given = asyncio.Event()

    def watch(self, folders: Collection[Path]) -> None:
        """Watch these folders from now on."""
        wanted = frozenset(folders)
        if wanted != self._folders:
            self._folders = wanted
            self._given.set()

    async def run(self) -> None:
        """Watch until cancelled."""
        await asyncio.to_thread(import_module, "watchfiles")  # 65 ms that nobody needs to wait for
        while True:
            self._given.clear()
            folders = self._folders
            if folders:
                await self._watch(folders)
            else:
                await self._idle()

    async def _watch(self, folders: frozenset[Path]) -> None:
        is_new = True
        async with aclosing(self._batches(folders)) as batches:
            while not self._given.is_set():
                try:
                    batch = await anext(batches)
                except StopAsyncIteration:
                    return
                except (OSError, RuntimeError) as error:  # watchfiles raises either
                    await self._fall_back(error, folders)
                    return
                paths = frozenset(Path(path) for _, path in batch)
                if paths or is_new or self.is_waiting:
                    is_new = False
                    await self._on_change(paths)
                if any(change.raw_str() == "deleted" and Path(path) in folders for change, path in batch):
                    return  # a folder that comes back at once under the same name needs to be watched anew

    def _batches(self, folders: frozenset[Path]) -> AsyncGenerator[set["FileChange"], None]:
        from watchfiles import awatch

        return awatch(
            *folders,
            watch_filter=_is_of_interest,
            debounce=_TOGETHER_MS,
            step=_STEP_MS,
            stop_event=self._given,
            rust_timeout=_TICK_MS,
            yield_on_timeout=True,
            force_polling=self.is_polling,
            poll_delay_ms=_POLL_MS,
            recursive=False,
            ignore_permission_denied=True,
        )

    async def _idle(self) -> None:
        """Nothing can be watched: wait for folders."""
        try:
            # wait_for of Python 3.11 loses a cancellation that comes in the same moment as the event.
            async with asyncio.timeout(_TICK_MS / 1000):
                await self._given.wait()
        except TimeoutError:
            if self.is_waiting:
                await self._on_change(frozenset())

    async def _fall_back(self, error: Exception, folders: frozenset[Path]) -> None:
        """Go on without what cannot be watched: a folder that has just gone, or the notices of the system."""
        if isinstance(error, FileNotFoundError) or self.is_polling:
            await self._on_change(frozenset())
            if folders == self._folders:
                await asyncio.sleep(_TICK_MS / 1000)
            return
        log.info("Folders cannot be watched: %s", error)
        self.is_polling = True
        self._on_polling()


def _is_of_interest(change: "Change", path: str) -> bool:
    """Whether a change may concern a collection: what comes and goes may be a folder."""
    return change.raw_str() != "modified" or path.lower().endswith((*SUFFIXES, *ENVIRONMENTS))
