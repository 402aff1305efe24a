"""One body in one of its forms: in the view that suits its size, made readable away from the window."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from desktop import theme
from desktop.explorer.reading.formats import Form, Format
from desktop.explorer.reading.jobs import JobDied, in_process
from desktop.explorer.reading.json_marks import Marks, scan
from desktop.explorer.reading.json_rows import JsonRows
from desktop.explorer.reading.rendering import SHOWN, Rendering, render, table
from desktop.explorer.reading.source import INSTANT
from desktop.explorer.reading.tables import Table
from desktop.explorer.reading.windows import RawRows
from desktop.explorer.response_view.events_view import EventsView
from desktop.explorer.response_view.json_tree import JsonTree
from desktop.explorer.response_view.preview import LIMIT as PREVIEW_LIMIT
from desktop.explorer.response_view.preview import Preview
from desktop.explorer.response_view.table_view import TableView
from desktop.explorer.sending.blob import Blob
from desktop.tasks import TaskSet
from desktop.widgets.code_view import LIMIT, CodeView
from desktop.widgets.hex_rows import HexRows
from desktop.widgets.page_view import PageView
from desktop.widgets.rows import Rows

JSON = (Format.JSON, Format.NDJSON)
"""The formats whose text is made of JSON values."""

_REFRESH_MS = 400
_ON_THREAD = 256 * 1024
"""Bytes up to which a thread makes text of them; for more, starting a process is the smaller cost."""

_W = TypeVar("_W", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Body:
    """What is to be shown. ``cut`` says that it broke off somewhere."""

    blob: Blob
    kind: Format
    charset: str
    cut: bool = False


class BodyView(QStackedWidget):
    """``noted`` carries sentences about what is shown, ``changed`` follows when something else is.

    All views but that of a text are made when they are first needed, as most bodies are short texts.
    """

    noted = Signal(str)
    changed = Signal()

    def __init__(self, tasks: TaskSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.body: Body | None = None
        self.form = Form.RAW
        self.paged: tuple[Blob, str] | None = None
        self._loading: asyncio.Task[None] | None = None
        self._scanning: asyncio.Task[None] | None = None
        self._marks = Marks()
        self._refreshing = QTimer(self)
        self._refreshing.setSingleShot(True)
        self._refreshing.setInterval(_REFRESH_MS)
        self._refreshing.timeout.connect(self._refresh)
        self.code = CodeView(self)
        self.code.setAccessibleName("Response body")
        self.busy = QLabel("Reading the body…", self)
        self.busy.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for view in (self.code, self.busy):
            self.addWidget(view)

    @cached_property
    def page(self) -> PageView:
        """The window on a text of any size."""
        page = self._add(PageView(self))
        page.setAccessibleName("Response body")
        page.setFont(theme.mono_font())
        page.fault.connect(self.noted)
        return page

    @cached_property
    def tree(self) -> JsonTree:
        """The JSON values, one below the other."""
        tree = self._add(JsonTree(self))
        tree.setAccessibleName("Response body as a tree")
        tree.fault.connect(self.noted)
        return tree

    @cached_property
    def table(self) -> TableView:
        """Rows and columns."""
        table = self._add(TableView(self))
        table.setAccessibleName("Response body as a table")
        return table

    @cached_property
    def preview(self) -> Preview:
        """A page or a picture."""
        return self._add(Preview(self))

    @cached_property
    def events(self) -> EventsView:
        """The events of a stream."""
        return self._add(EventsView(self))

    def show_body(self, body: Body, form: Form) -> None:
        """Show a body in one of its forms; soon, where it takes time."""
        self._stop_loading()
        self.body, self.form = body, form
        self.code.setPlaceholderText("The response has no body.")
        self.noted.emit("")
        match form:
            case Form.EVENTS:
                self.events.show_stream(body.blob, live=False)
                self._turn_to(self.events)
            case Form.HEX:
                self._show_page(HexRows(body.blob), body.blob, body.charset)
            case Form.TREE:
                self.tree.show_json(body.blob, self._marks)
                self._turn_to(self.tree)
                self._scan(body)
            case _:
                self._show_made(body, form)

    def focus_shown(self) -> None:
        """Give the keyboard to what is shown."""
        if (shown := self.currentWidget()) is not None:
            shown.setFocus()

    def clear(self) -> None:
        """Let go of the body, its marks and whatever was made of it."""
        self._stop_loading()
        if self._scanning is not None:
            self._scanning.cancel()
            self._scanning = None
        self.body, self._marks, self.paged = None, Marks(), None
        for number in range(self.count()):
            _clear(self.widget(number))

    def show_events(self, blob: Blob) -> None:
        """Show what has come so far of a stream of events."""
        self.events.show_stream(blob, live=True)
        self.setCurrentWidget(self.events)

    def show_code(self) -> None:
        """Show the text that is being added to the CodeView."""
        self._stop_loading()
        self._turn_to(self.code)

    def show_text(self, text: str, language: str = "") -> None:
        """Show a text in place of the body."""
        self._stop_loading()
        self.code.setPlaceholderText("There is nothing to show.")
        self.code.show_text(text, language)
        self._turn_to(self.code)

    def show_window(self, blob: Blob) -> None:
        """Show a text of any size, in UTF-8, in place of the body."""
        self._stop_loading()
        self._show_page(RawRows(blob), blob, "utf-8")

    def _show_made(self, body: Body, form: Form) -> None:
        """Forms that are made of the bytes first."""
        if form is not Form.PREVIEW and body.blob.size > SHOWN and form is not Form.TABLE:
            self._show_large(body, form)
        elif form is Form.PREVIEW or body.blob.size > INSTANT:
            self._turn_to(self.busy)
            self._load(self._show_later(body, form))
        else:
            self._show_at_once(body, form, body.blob.read())

    def _show_at_once(self, body: Body, form: Form, data: bytes) -> None:
        if form is Form.TABLE:
            self._show_table(table(data, body.kind, body.charset), body)
        else:
            self._show_rendering(render(data, body.kind, form, body.charset, body.cut), body)

    async def _show_later(self, body: Body, form: Form) -> None:
        try:
            data = await asyncio.to_thread(body.blob.read, 0, PREVIEW_LIMIT if form is Form.PREVIEW else SHOWN)
            if form is Form.PREVIEW:
                await self._show_preview(body, data)
            elif form is Form.TABLE:
                made = await asyncio.to_thread(table, data, body.kind, body.charset)
                self._show_table(made, body)
            else:
                arguments = (data, body.kind, form, body.charset, body.cut)
                small = len(data) <= _ON_THREAD
                made_text = await (asyncio.to_thread(render, *arguments) if small else in_process(render, *arguments))
                self._show_rendering(made_text, body)
        except (OSError, JobDied) as error:
            self.show_text("")
            self.noted.emit(f"The body cannot be read any more: {error}")

    async def _show_preview(self, body: Body, data: bytes) -> None:
        if body.blob.size > PREVIEW_LIMIT:
            note = f"There is no preview of more than {PREVIEW_LIMIT >> 20} MB."
        else:
            note = await self.preview.show_body(data, body.kind, body.charset)
        self._turn_to(self.preview)
        self.noted.emit(note)

    def _show_rendering(self, made: Rendering, body: Body) -> None:
        if len(made.text) > LIMIT:
            self._show_large(body, self.form)
            return
        self.code.show_text(made.text, made.language)
        self._turn_to(self.code)
        self.noted.emit("\n".join(made.notes))

    def _show_table(self, made: Table, body: Body) -> None:
        self.table.show_table(made)
        self._turn_to(self.table)
        cut = (f"The table shows the first {SHOWN:,} bytes.",) if body.blob.size > SHOWN else ()
        self.noted.emit("\n".join((*cut, *made.notes)))

    def _show_large(self, body: Body, form: Form) -> None:
        """A body of any size, through a window on it."""
        if form is Form.PRETTY and body.kind in JSON:
            self._show_page(JsonRows(body.blob, self._marks, body.charset), body.blob, body.charset)
            self._scan(body)
            return
        self._show_page(RawRows(body.blob, body.charset), body.blob, body.charset)
        if form is Form.PRETTY:
            self.noted.emit("It is too long to be indented, and is shown as it came.")

    def _show_page(self, rows: Rows, blob: Blob, charset: str) -> None:
        self.paged = blob, charset
        self.page.show_rows(rows, hexadecimal=self.form is Form.HEX)
        self._turn_to(self.page)

    def _add(self, view: _W) -> _W:
        self.addWidget(view)
        return view

    def _turn_to(self, view: QWidget) -> None:
        self.setCurrentWidget(view)
        self.changed.emit()

    def _scan(self, body: Body) -> None:
        """Find the marks from which rows and nodes of the JSON text can be read."""
        if self._scanning is None:
            self._scanning = self._tasks.spawn(self._find_marks(body), name="reading the JSON text")

    async def _find_marks(self, body: Body) -> None:
        try:
            await scan(body.blob, self._marks, self._marked)
        except (OSError, JobDied) as error:
            self.noted.emit(f"The body cannot be read to its end: {error}")
        self._refresh()

    def _marked(self, _: int) -> None:
        """More of the text is known; showing that has time, as it comes often."""
        if not self._refreshing.isActive():
            self._refreshing.start()

    def _refresh(self) -> None:
        shown = self.currentWidget()
        if isinstance(shown, JsonTree | PageView):
            shown.refresh()

    def _load(self, work: Coroutine[Any, Any, None]) -> None:
        self._loading = self._tasks.spawn(work, name="making the body readable")

    def _stop_loading(self) -> None:
        if self._loading is not None:
            self._loading.cancel()
            self._loading = None


def _clear(view: QWidget | None) -> None:
    match view:
        case CodeView():
            view.show_text("")
        case PageView():
            view.show_rows(None)
        case JsonTree():
            view.show_json(None, Marks())
        case TableView():
            view.show_table(Table((), ()))
        case Preview():
            view.clear()
        case EventsView():
            view.show_stream(None, live=False)
