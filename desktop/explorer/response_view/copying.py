"""Puts a body, or a value of it with its path, into the clipboard."""

import asyncio

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication

from desktop.explorer.reading.content import readable, text_in
from desktop.explorer.reading.formats import Form
from desktop.explorer.reading.json_at import Value, value_at
from desktop.explorer.response_view.body_view import JSON, Body, BodyView
from desktop.tasks import TaskSet
from desktop.widgets.json_text import NotJson

LIMIT = 32 * 1024 * 1024
"""Bodies over this many bytes do not go into the clipboard."""


class Copying(QObject):
    """Adds copying to a BodyView: ``copy_body``, and a menu on text that is JSON."""

    def __init__(self, view: BodyView, tasks: TaskSet, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._tasks = tasks
        view.code.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.code.customContextMenuRequested.connect(self._offer)
        self._value = QAction("Copy &value", self)
        self._value.triggered.connect(self._copy_value)
        self._path = QAction("Copy &path", self)
        self._path.triggered.connect(self._copy_path)

    def copy_body(self) -> None:
        """Copy the text that is shown, or the whole body as text."""
        body = self._view.body
        if self._view.currentWidget() is self._view.code:
            QGuiApplication.clipboard().setText(self._view.code.text())
            self._view.noted.emit("Copied what is shown.")
        elif body is not None and body.blob.size > LIMIT:
            self._view.noted.emit(f"More than {LIMIT >> 20} MB do not go into the clipboard; save the body to a file.")
        elif body is not None:
            self._tasks.spawn(self._copy(body), name="copying the body")

    async def _copy(self, body: Body) -> None:
        text = await asyncio.to_thread(_text, body)
        QGuiApplication.clipboard().setText(text)
        self._view.noted.emit("Copied the body as text.")

    def _offer(self, place: QPoint) -> None:
        code, body = self._view.code, self._view.body
        menu = code.createStandardContextMenu(place)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if body is not None and body.kind in JSON and self._view.form in (Form.PRETTY, Form.RAW):
            if not code.textCursor().hasSelection():
                code.setTextCursor(code.cursorForPosition(place))
            menu.addSeparator()
            menu.addActions([self._value, self._path])
        menu.popup(code.viewport().mapToGlobal(place))

    def _copy_value(self) -> None:
        self._tasks.spawn(self._copy_at(path=False), name="copying a value")

    def _copy_path(self) -> None:
        self._tasks.spawn(self._copy_at(path=True), name="copying a path")

    async def _copy_at(self, path: bool) -> None:
        code = self._view.code
        found = await asyncio.to_thread(_value, code.text(), code.offset_of(code.textCursor()))
        if found is None:
            self._view.noted.emit("There is no value at the cursor.")
        else:
            QGuiApplication.clipboard().setText(found.path if path else found.text)


def _text(body: Body) -> str:
    return readable(text_in(body.blob.read(0, LIMIT), body.charset))


def _value(text: str, offset: int) -> Value | None:
    try:
        return value_at(text, offset)
    except NotJson:
        return None
