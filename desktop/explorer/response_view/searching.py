"""Searches what is shown of a body, and goes from place to place."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject

from desktop.explorer.reading.finding import Pattern, find_all
from desktop.explorer.reading.jobs import JobDied
from desktop.explorer.response_view.find_bar import FindBar
from desktop.explorer.sending.blob import Blob
from desktop.tasks import TaskSet
from desktop.widgets.code_view import CodeView, Span
from desktop.widgets.page_view import PageView


class Ground(NamedTuple):
    """Where to search: bytes in a charset, and how to mark the places in them, the one with that number most of all."""

    blob: Blob
    charset: str
    mark: Callable[[list[Span], int], None]


class Search(QObject):
    """Connects a FindBar to whatever ground ``ground`` gives at that moment."""

    def __init__(self, bar: FindBar, ground: Callable[[], Ground | None], tasks: TaskSet, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._make_ground = ground
        self._tasks = tasks
        self._ground: Ground | None = None
        self._places: list[Span] = []
        self._current = -1
        self._searching: asyncio.Task[None] | None = None
        bar.wanted.connect(self.look_for)
        bar.moved.connect(self.move)

    def look_for(self, pattern: Pattern) -> None:
        """Search anew."""
        self.stop()
        self._ground = self._make_ground() if pattern.text else None
        if self._ground is None:
            self._bar.show_count(-1, 0)
        else:
            self._bar.show_count(-1, 0, whole=False)
            self._searching = self._tasks.spawn(self._find(self._ground, pattern), name="searching the body")

    def again(self) -> None:
        """Something else is shown: search there, if a search is open."""
        if self._bar.isHidden():
            self.stop()
        else:
            self.look_for(self._bar.pattern())

    def stop(self) -> None:
        """End the search and take its marks away."""
        if self._searching is not None:
            self._searching.cancel()
            self._searching = None
        if self._ground is not None:
            self._ground.mark([], -1)
        self._ground = None
        self._places, self._current = [], -1

    def move(self, step: int) -> None:
        """Go on to the next place or, with -1, back; past the last one comes the first."""
        if self._ground is not None and self._places:
            self._current = (self._current + step) % len(self._places)
            self._ground.mark(self._places, self._current)
            self._bar.show_count(self._current, len(self._places), whole=self._searching is None)

    async def _find(self, ground: Ground, pattern: Pattern) -> None:
        try:
            await find_all(ground.blob, pattern, ground.charset, self._add)
        except (ValueError, TimeoutError, OSError, JobDied) as error:
            self._bar.say(str(error))
        else:
            self._searching = None
            self._bar.show_count(self._current, len(self._places))

    def _add(self, found: list[tuple[int, int]]) -> None:
        if self._ground is None or not found:
            return
        self._places += found
        self._current = max(self._current, 0)
        if len(self._places) == len(found):
            self._ground.mark(self._places, self._current)
        self._bar.show_count(self._current, len(self._places), whole=False)


def ground_of_text(view: CodeView) -> Ground:
    """The text of a CodeView, which counts characters where searching counts bytes."""
    data = view.text().encode()
    plain = len(data) == len(view.text())
    spans: list[Span] = []

    def mark(places: list[Span], current: int) -> None:
        if plain or not places:
            view.mark(places, current)
            return
        at, count = (places[len(spans) - 1][1], spans[-1][1]) if spans else (0, 0)
        for start, end in places[len(spans) :]:
            first = count + len(data[at:start].decode())
            at, count = end, first + len(data[start:end].decode())
            spans.append((first, count))
        view.mark(spans, current)

    return Ground(Blob(data), "utf-8", mark)


def ground_of_page(view: PageView, blob: Blob, charset: str) -> Ground:
    """A body of any size in a PageView."""

    def mark(places: list[Span], current: int) -> None:
        view.mark(*(places[current] if places else (0, 0)))

    return Ground(blob, charset, mark)
