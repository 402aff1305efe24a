"""Looks at a folder in a thread of its own: when the system tells of a change, and now and then at any rate."""

import asyncio
import logging
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic

from servers.http.live.tree import MOST_FILES, Tree, identity, scan
from servers.logs import visible

log = logging.getLogger("portside.http")

STEP = 50
"""Milliseconds in which nothing more may happen before a change counts, and those in which a stop is noticed."""

LONGEST = 400
"""Milliseconds for which changes that follow one another are put off."""

TICK = 0.5
"""Seconds in which it is noticed that another folder is to be served, or that it was moved away."""

POLL = 1.0
"""Seconds between looks where the system cannot tell of changes."""

SURE = 10.0
"""Seconds after which a look is taken though nothing was told: of what is on a network drive, nothing may be."""

SHARE = 10
"""How many times as long as a look took nothing is looked at after it, up to SURE."""

MOST_FOLDERS = 500
"""Folders that Linux is asked to tell of: each costs a bit of a limited number, and of the time that all wait for."""

PATIENCE = 1.0
"""Seconds that a look gets to notice that it is not wanted any more; a dead network drive may keep it for longer."""

_ONE_BY_ONE = sys.platform.startswith("linux")
"""Whether folders are asked for one by one: where that is needed to leave some out."""


class Watcher:
    """Calls ``found`` in the loop with what is in the folder that ``root`` names, at first and after every change.

    Its thread begins when that of ``after`` has ended.
    """

    def __init__(self, root: Callable[[], Path], found: Callable[[Tree], None], after: "Watcher | None" = None) -> None:
        self._root = root
        self._found = found
        self._stop = threading.Event()
        self._looked = self._spent = 0.0
        self._said: set[str] = set()
        self._can_follow = True
        self._loop = asyncio.get_running_loop()
        self._ended = self._loop.create_future()
        self._thread = threading.Thread(target=self._run, args=(after,), name="portside-live", daemon=True)
        self._thread.start()

    @property
    def is_stopping(self) -> bool:
        """Whether it was told to stop, or has failed."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Have it end soon."""
        self._stop.set()

    async def close(self) -> None:
        """Stop, and wait until it has ended."""
        self.stop()
        await asyncio.wait([self._ended], timeout=PATIENCE)
        if self._ended.done():
            self._thread.join()

    def _run(self, after: "Watcher | None") -> None:
        try:
            if after is not None:
                after._thread.join()
            self._watch()
        except Exception:
            log.exception("Changes of the site's files are not noticed any more")
        finally:
            self._stop.set()
            self._tell(self._ended.set_result, None)

    def _tell(self, call: Callable[..., object], *arguments: object) -> None:
        with suppress(RuntimeError):  # the loop may have been closed without stopping this first
            self._loop.call_soon_threadsafe(call, *arguments)

    def _report(self, tree: Tree) -> None:
        if not self._stop.is_set():  # it may have been set since the thread looked
            self._found(tree)

    def _watch(self) -> None:
        tree = self._look(None)
        while not self._stop.is_set():
            if self._can_follow and tree.folders and not self._is_too_much(tree):
                tree = self._follow(tree)
            else:
                self._stop.wait(POLL if tree.folders else TICK)
                tree = self._look(tree)

    def _is_too_much(self, tree: Tree) -> bool:
        if not _ONE_BY_ONE or len(tree.folders) <= MOST_FOLDERS:
            return False
        self._say(f"Live reload looks at all files every {POLL:.0f} s: the site has more than {MOST_FOLDERS} folders")
        return True

    def _follow(self, tree: Tree) -> Tree:
        """Look whenever there may be a change, until there are other folders or the system cannot tell any more."""
        try:
            with closing(_hints(tree, self._stop)) as hints:
                is_first = True  # what was changed before the watch began is seen by the first look
                for is_hint in hints:
                    older = tree
                    if is_hint or is_first or self._is_due(tree):
                        tree = self._look(tree)
                    if tree.folders != older.folders:
                        break
                    is_first = False
        except FileNotFoundError:
            self._stop.wait(TICK)
            return self._look(tree)
        except (OSError, RuntimeError, ValueError) as error:  # a limit, or a name that the library cannot read
            self._can_follow = False
            self._say(f"Live reload looks at all files every {POLL:.0f} s: {error}")
        return tree

    def _is_due(self, tree: Tree) -> bool:
        is_long_ago = monotonic() - self._looked > SURE
        return is_long_ago or identity(self._root()) != tree.identity

    def _look(self, before: Tree | None) -> Tree:
        """What is in the folder now; it is told if it is something else than ``before``."""
        self._stop.wait(min(SHARE * self._spent, SURE))
        begun = monotonic()
        tree = scan(self._root(), stopping=self._stop.is_set)
        self._looked = monotonic()
        self._spent = self._looked - begun
        if not tree.is_whole:
            self._say(f"Live reload looks at the first {MOST_FILES:,} files of the site alone")
        if not self._stop.is_set() and (before is None or tree.digest != before.digest):
            self._tell(self._report, tree)
        return tree

    def _say(self, sentence: str) -> None:
        """Log it, once."""
        if sentence not in self._said:
            self._said.add(sentence)
            log.info("%s", visible(sentence))


def _hints(tree: Tree, stop: threading.Event) -> Generator[bool, None, None]:
    """Whether something may have changed since the last time, again and again.

    Raises FileNotFoundError for a folder that is gone; OSError, RuntimeError or ValueError where nothing can be told.
    """
    from watchfiles import watch

    logging.getLogger("watchfiles").setLevel(logging.WARNING)  # it counts all changes in the log
    paths = sorted(tree.folders) if _ONE_BY_ONE else [tree.identity[0]]
    changes = watch(
        *paths,
        watch_filter=None,
        debounce=LONGEST,
        step=STEP,
        stop_event=stop,
        rust_timeout=int(TICK * 1000),
        yield_on_timeout=True,
        raise_interrupt=False,
        poll_delay_ms=int(POLL * 1000),
        recursive=not _ONE_BY_ONE,
        ignore_permission_denied=True,
    )
    with closing(changes):
        for change in changes:
            yield bool(change)
