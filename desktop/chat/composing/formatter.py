"""Formats the JSON in an editor on demand; long texts off the thread."""

import asyncio

from PySide6.QtCore import QObject, Signal

from desktop.chat.composing.editor import MessageEditor
from desktop.chat.composing.json_form import indented
from desktop.chat.composing.payload import AT_ONCE
from desktop.chat.outgoing import Form
from desktop.tasks import TaskSet


class Formatter(QObject):
    """``failed`` has a sentence where the text is not JSON; it stays as it is then."""

    failed = Signal(str)

    def __init__(self, editor: MessageEditor, tasks: TaskSet, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._tasks = tasks

    def format(self) -> None:
        """Indent the text if it is meant as JSON, as one change that Undo takes back."""
        text = self._editor.text()
        if self._editor.form is not Form.JSON:
            return
        if len(text) > AT_ONCE:
            self._tasks.spawn(self._format_long(text), name="formatting a message")
            return
        try:
            self._put(text, indented(text))
        except ValueError as error:
            self.failed.emit(str(error))

    async def _format_long(self, text: str) -> None:
        try:
            self._put(text, await asyncio.to_thread(indented, text))
        except ValueError as error:
            self.failed.emit(str(error))

    def _put(self, before: str, after: str) -> None:
        """Show the formatted text, unless somebody has typed meanwhile."""
        if self._editor.text() == before != after:
            self._editor.show_text(after)
