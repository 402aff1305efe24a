"""Shows what a JSONPath or an XPath selects of a body, in place of the body."""

import asyncio

from PySide6.QtCore import QObject

from desktop.explorer.reading.filters import FilterError, jsonpath, xpath
from desktop.explorer.reading.formats import Format
from desktop.explorer.reading.jobs import JobDied
from desktop.explorer.reading.rendering import SHOWN, language_of
from desktop.explorer.response_view.body_view import JSON, Body, BodyView
from desktop.explorer.response_view.filter_line import FilterLine
from desktop.tasks import TaskSet

QUERIED = (*JSON, Format.XML, Format.HTML, Format.SVG)
"""The formats that there is a query language for."""

_TOP = 16 * 1024  # bytes in which the first element of a document begins


class Filtering(QObject):
    """Connects a FilterLine to a BodyView."""

    def __init__(self, line: FilterLine, view: BodyView, tasks: TaskSet, parent: QObject) -> None:
        super().__init__(parent)
        self._line = line
        self._view = view
        self._tasks = tasks
        self._working: asyncio.Task[None] | None = None
        self._shows_selection = False
        line.wanted.connect(self.select)
        line.closed.connect(self.close)

    def select(self, expression: str) -> None:
        """Show what an expression selects."""
        self._stop()
        self._line.say("Selecting…")
        self._working = self._tasks.spawn(self._select(expression), name="selecting in the body")

    def close(self) -> None:
        """Close the line, and show the whole body again."""
        self.reset()
        body = self._view.body
        if self._shows_selection and body is not None:
            self._view.show_body(body, self._view.form)
        self._shows_selection = False
        self._view.focus_shown()

    def reset(self) -> None:
        """Close the line, whatever is shown."""
        self._stop()
        self._line.hide()
        self._line.say("")

    def forget(self) -> None:
        """Another body, or another form of it, is shown."""
        self.reset()
        self._shows_selection = False

    async def _select(self, expression: str) -> None:
        body = self._view.body
        if body is None:
            return
        try:
            if body.kind in JSON:
                found = await jsonpath(body.blob, expression)
            else:
                media_type = "text/html" if body.kind is Format.HTML else "application/xml"
                found = await xpath(body.blob, expression, f"{media_type}; charset={body.charset}")
        except (FilterError, OSError, JobDied) as error:
            self._line.say("")
            self._view.noted.emit(str(error))
            return
        self._shows_selection = True
        if found.text.size <= SHOWN:
            self._view.show_text(found.text.read().decode("utf-8", "replace"), language_of(body.kind))
        else:
            self._view.show_window(found.text)
        self._line.say(f"{found.count:,} selected")
        self._view.noted.emit(found.note or ("" if found.count else _hint(body)))

    def _stop(self) -> None:
        if self._working is not None:
            self._working.cancel()
            self._working = None


def _hint(body: Body) -> str:
    """Why an XPath without prefixes selects nothing."""
    if body.kind in JSON or b"xmlns=" not in body.blob.read(0, _TOP):
        return ""
    return "The elements of this document are in a namespace: write “_:” before their names, as in //_:item."
