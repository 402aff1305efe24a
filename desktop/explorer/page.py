"""The explorer's page: a request with its response, and beside it the run of a collection."""

import asyncio

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from desktop import assets, shortcuts, theme
from desktop.explorer.client import Client
from desktop.explorer.http_file import HttpFile, parse
from desktop.explorer.request import Request
from desktop.explorer.request_pane import RequestPane, Sheet
from desktop.explorer.run import Result, left_behind, run, tidy
from desktop.explorer.run_view import RunView
from desktop.tasks import TaskSet

_OWN = 0
_TOUR = "CRUD tour"


class ExplorerPage(QWidget):
    """``tasks`` run the sending; their owner closes them and the client.

    ``tour_requested`` asks for the CRUD tour: ``run_tour`` starts it, or ``tour_failed`` says why it cannot be.
    A run touches the fields only when one of its rows is chosen, and what was in them comes back.
    """

    tour_requested = Signal()

    def __init__(self, client: Client, tasks: TaskSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._tasks = tasks
        self._running: asyncio.Task[None] | None = None
        self._shown = _OWN
        self._sheets: dict[int, Sheet] = {}
        self.pane = RequestPane(client, tasks, self)
        self.response = self.pane.response
        self.runs = RunView(self)
        self.runs.hide()
        self._lay_out()
        self._connect()

    def try_request(self, request: Request) -> None:
        """Put a request in place of the user's own and send it; typed headers stay, ticked off."""
        self._choose(_OWN)
        self.pane.try_request(request)

    def run_tour(self, base_url: str) -> None:
        """Run the CRUD tour against the server at ``base_url``; nothing while a run goes on."""
        if self._running is not None:
            return
        self._choose(_OWN)
        self._sheets.clear()
        self.pane.fault.say("")
        file = parse(assets.collection("crud-tour.http"))
        self.runs.start(_TOUR, file.requests)
        self.runs.show()
        self._running = self._tasks.spawn(self._run(file, base_url), name=f"running the {_TOUR}")
        self._running.add_done_callback(self._ended)

    def tour_failed(self, sentence: str) -> None:
        """Say why the tour cannot be run."""
        self.pane.fault.say(sentence, fault=True)

    def close_run(self) -> None:
        """End the run, and go back to the user's own request."""
        self._cancel()
        self._choose(_OWN)
        self.runs.hide()
        self.pane.line.focus_url()

    async def _run(self, file: HttpFile, base_url: str) -> None:
        await run(file, {"host": base_url.rstrip("/")}, self._client, self.runs.add)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        """The run is over; what it has made and not deleted is deleted where it was cancelled, else told."""
        self._running = None
        left = left_behind(self.runs.results)
        if left and task.cancelled():
            self.runs.finish()
            self._tasks.spawn(self._tidy(left, self.runs.results), name=f"deleting what the {_TOUR} has made")
        else:
            self.runs.finish(left)

    async def _tidy(self, left: tuple[str, ...], results: list[Result]) -> None:
        still = await tidy(left, self._client)
        if self.runs.results is results:
            self.runs.finish(still)

    def _press(self) -> None:
        if self._running is None:
            self.tour_requested.emit()
        else:
            self._cancel()

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _choose(self, number: int) -> None:
        """Bring the request of a row into the fields, and keep what is in them for its own row."""
        if number == self._shown:
            return
        self._sheets[self._shown] = self.pane.sheet()
        self._shown = number
        self.pane.show_sheet(self._sheets.get(number) or self._sheet(number))
        self.runs.mark(number)

    def _sheet(self, number: int) -> Sheet:
        result = self.runs.results[number - 1]
        return Sheet(result.request, result.reply, result.note)

    def _connect(self) -> None:
        self.pane.tour_wanted.connect(self.tour_requested)
        self.runs.chosen.connect(self._choose)
        self.runs.pressed.connect(self._press)
        self.runs.close_wanted.connect(self.close_run)
        for keys, action in ((shortcuts.SEND_REQUEST, self.pane.send), (shortcuts.FOCUS_URL, self.pane.line.focus_url)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setObjectName("runSplitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.L)
        splitter.addWidget(self.runs)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        layout.addWidget(splitter)
