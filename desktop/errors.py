"""The one place that unexpected errors reach: logged, and one dialog for each distinct cause."""

import asyncio
import logging
import sys
import traceback
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

log = logging.getLogger("portside.errors")


class ErrorReporter(QObject):
    """Stands behind ``sys.excepthook``, the loop's exception handler and every TaskSet."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._loop: asyncio.AbstractEventLoop | None = None
        self._old_hook = sys.excepthook
        self._shown: set[tuple[str, str, int]] = set()

    def install(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take over the errors that reach the top of the program and of the loop."""
        self._loop, self._old_hook = loop, sys.excepthook
        sys.excepthook = self._uncaught
        loop.set_exception_handler(self._from_loop)

    def uninstall(self) -> None:
        """Give both back; the window in which dialogs would appear is about to go."""
        sys.excepthook = self._old_hook
        if self._loop is not None:
            self._loop.set_exception_handler(None)

    def report(self, error: BaseException, where: str) -> None:
        """Log an error that ended ``where``; show it unless its cause has been shown or the window has gone."""
        log.error("Unexpected error in %s", where, exc_info=error)
        cause = _cause(error)
        if cause not in self._shown and self._window.isVisible():
            self._shown.add(cause)
            self._show(error, where)

    def _show(self, error: BaseException, where: str) -> None:
        box = QMessageBox(
            QMessageBox.Icon.Critical,
            "Portside: unexpected error",
            f"Something went wrong in “{where}”: {type(error).__name__}: {error}",
            QMessageBox.StandardButton.Ok,
            self._window,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText("Portside goes on. The details below help to find the cause.")
        box.setDetailedText("".join(traceback.format_exception(error)))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.report(error, "the window")

    def _from_loop(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.report(error, str(context["message"]))
        else:
            log.error("%s", context["message"])


def _cause(error: BaseException) -> tuple[str, str, int]:
    """What makes two errors the same: their type and the line that raised them."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return (type(error).__name__, last.filename if last else "", (last.lineno or 0) if last else 0)
