"""The requests of a file, sent one after another, beside the one that is looked at."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from desktop import theme
from desktop.explorer.request_view.pane import RequestPane, Sheet
from desktop.explorer.runs.run import Result, Step, left_behind, run, tidy
from desktop.explorer.runs.run_view import RunView
from desktop.explorer.session import Session
from desktop.tasks import TaskSet

_NONE = 0


class RunTab(QWidget):
    """``path`` is the file or folder that is run, if there is one.

    ``again_wanted`` asks for the same run once more; ``close_wanted`` for the end of the tab.
    """

    again_wanted = Signal()
    close_wanted = Signal()
    curl_pasted = Signal(str)
    tour_wanted = Signal()
    cookies_wanted = Signal()

    def __init__(self, session: Session, tasks: TaskSet, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.path: Path | None = None
        self._session = session
        self._tasks = tasks
        self._running: asyncio.Task[None] | None = None
        self._tidying: asyncio.Task[None] | None = None
        self._shown = _NONE
        self._steps: tuple[Step, ...] = ()
        self._sheets: dict[int, Sheet] = {}
        self.pane = RequestPane(session, tasks, self)
        self.runs = RunView(self)
        self._lay_out()
        self.runs.chosen.connect(self._choose)
        self.runs.pressed.connect(self._press)
        self.runs.close_wanted.connect(self.close_wanted)
        self.pane.line.pasted.connect(self.curl_pasted)
        self.pane.tour_wanted.connect(self.tour_wanted)
        self.pane.editor.cookies_wanted.connect(self.cookies_wanted)

    @property
    def running(self) -> bool:
        """Whether requests are still being sent."""
        return self._running is not None

    def run(self, steps: Sequence[Step], variables: Mapping[str, str]) -> None:
        """Send these requests; nothing while a run goes on. ``variables`` go before those of files."""
        if self._running is not None:
            return
        self._shown = _NONE
        self._steps = tuple(steps)
        self._sheets.clear()
        self.runs.start(self.title, [step.part for step in steps])
        self._running = self._tasks.spawn(self._run(variables), name=f"running {self.title}")
        self._running.add_done_callback(self._ended)

    def cancel(self) -> None:
        """End the run."""
        if self._running is not None:
            self._running.cancel()

    def retire(self) -> None:
        """Go for good, as soon as the run has ended and what it has made is deleted."""
        self.blockSignals(True)
        self.hide()
        self._tasks.spawn(self._retire(), name=f"closing {self.title}")

    async def _retire(self) -> None:
        try:
            self.cancel()
            while works := [one for one in (self._running, self._tidying) if one is not None]:
                await asyncio.wait(works)
            await self.pane.end()
        finally:
            self.deleteLater()

    async def _run(self, variables: Mapping[str, str]) -> None:
        await run(self._steps, self._session, variables, self._add)

    def _add(self, result: Result) -> None:
        self.runs.add(result)
        if self._shown == _NONE:
            self._choose(1)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        """The run is over; what it has made and not deleted is deleted where it was cancelled, else told."""
        self._running = None
        left = left_behind(self.runs.results)
        if left and task.cancelled():
            self.runs.finish()
            work = self._tidy(left, self.runs.results)
            self._tidying = self._tasks.spawn(work, name=f"deleting what {self.title} has made")
            self._tidying.add_done_callback(self._tidied)
        else:
            self.runs.finish(left)

    async def _tidy(self, left: tuple[str, ...], results: list[Result]) -> None:
        still = await tidy(left, self._session)
        if self.runs.results is results:
            self.runs.finish(still)

    def _tidied(self, task: "asyncio.Task[None]") -> None:
        if self._tidying is task:
            self._tidying = None

    def _press(self) -> None:
        if self._running is None:
            self.again_wanted.emit()
        else:
            self.cancel()

    def _choose(self, number: int) -> None:
        """Bring the request of a row into the fields, and keep what is in them for its own row."""
        if number == self._shown:
            return
        if self._shown != _NONE:
            self._sheets[self._shown] = self.pane.sheet()
        self._shown = number
        self.pane.belong(self._steps[number - 1].spot)
        self.pane.show_sheet(self._sheets.get(number) or self._sheet(number))
        self.runs.mark(number)

    def _sheet(self, number: int) -> Sheet:
        result = self.runs.results[number - 1]
        return Sheet(result.request, result.reply, result.note)

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setObjectName("runSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.M)
        splitter.addWidget(self.runs)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        layout.addWidget(splitter)
