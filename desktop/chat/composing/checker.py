"""Says what a message comes to while it is typed, and lets it go out only if nothing is wrong with it."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.chat.composing.payload import check, needs_time, size_of
from desktop.chat.outgoing import Form, Outgoing
from desktop.tasks import TaskSet
from desktop.widgets.fields.previews import without_value

PAUSE_MS = 250
"""Milliseconds without a key after which it is looked at what was typed."""


class Draft(NamedTuple):
    """A message with its variables filled in, and the names of those that have no value."""

    message: Outgoing
    missing: tuple[str, ...] = ()


class Checker(QObject):
    """``said`` has a remark about the draft, ``passed`` a message that may go out, ``failed`` why one may not."""

    said = Signal(str)
    passed = Signal(object)
    failed = Signal(str)

    def __init__(self, draft: Callable[[], Draft], tasks: TaskSet, parent: QObject) -> None:
        super().__init__(parent)
        self._draft = draft
        self._tasks = tasks
        self._looking: asyncio.Task[None] | None = None
        self.is_checking = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.look)

    def look_soon(self) -> None:
        """Look at the draft after the next pause."""
        self._pause.start()

    def stop(self) -> None:
        """Look no more, until something is typed."""
        self._pause.stop()
        if self._looking is not None:
            self._looking.cancel()

    def look(self) -> None:
        """Look at the draft now."""
        self.stop()
        draft = self._draft()
        if not draft.message.text:
            self.said.emit("")
        elif needs_time(draft.message):
            self._looking = self._tasks.spawn(self._look(draft), name="looking at a message")
        else:
            self.said.emit(_remark(draft))

    def submit(self, typed: Outgoing) -> None:
        """Check the draft, which was ``typed`` so, for sending; only one at a time."""
        self.stop()
        draft = self._draft()
        if needs_time(draft.message):
            self.is_checking = True
            self._tasks.spawn(self._submit(typed, draft), name="checking a message")
        else:
            self._conclude(typed, _fault(draft))

    async def _look(self, draft: Draft) -> None:
        self.said.emit(await asyncio.to_thread(_remark, draft))

    async def _submit(self, typed: Outgoing, draft: Draft) -> None:
        try:
            fault = await asyncio.to_thread(_fault, draft)
        finally:
            self.is_checking = False
        self._conclude(typed, fault)

    def _conclude(self, typed: Outgoing, fault: str) -> None:
        if fault:
            self.failed.emit(fault)
        else:
            self.passed.emit(typed)


def _remark(draft: Draft) -> str:
    """What to say about a draft that goes on."""
    if draft.missing:
        return without_value(draft.missing)
    try:
        size = size_of(draft.message)
    except ValueError as error:
        return str(error)
    return "" if draft.message.form is Form.TEXT else f"{size:,} byte{'s' if size != 1 else ''}"


def _fault(draft: Draft) -> str:
    """Why a draft cannot be sent; empty if it can."""
    try:
        check(draft.message)
    except ValueError as error:
        return f"{without_value(draft.missing)} {error}".lstrip()
    return ""
