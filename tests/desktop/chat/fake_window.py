"""A chat window without a connection: what those who keep many of them see of one."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from desktop.chat.keeping.values import target_from, to_json
from desktop.chat.link import Waiting
from desktop.chat.session import Session, State
from desktop.chat.surroundings import Surroundings
from desktop.chat.target import Target
from desktop.chat.windows import ChatWindows
from servers.recorder import Recorder

LEAST = QSize(384, 312)


class FakeSession:
    """A session as far as the list and the recent URLs look at it."""

    def __init__(self, target: Target) -> None:
        self.target, self.name = target, target.name
        self.state, self.failed, self.outcome = State.OPEN, False, ""
        self.speaks_chat = True
        self.closure = None


class FakeLink:
    """A link that waits when it is told to."""

    waiting: Waiting | None = None


class FakeWindow(QWidget):
    """Connects at once, to nothing."""

    changed = Signal()
    closing = Signal(QWidget)

    def __init__(self, target: Target, surroundings: Surroundings) -> None:
        super().__init__()
        self.setMinimumSize(LEAST)
        self.surroundings = surroundings
        self.session: Session | None = None
        self.extra: dict[str, object] = {"draft": ""}
        self.link = FakeLink()
        self.color = -1
        self.is_open = self.has_left = False
        self.typed = target

    @property
    def title_name(self) -> str:
        return self.typed.name

    @property
    def state_text(self) -> str:
        return "Not connected." if self.link.waiting is None else "Attempt 2 in 4 s …"

    def target(self) -> Target:
        return self.typed

    def set_recent(self, urls: Sequence[str]) -> None:
        self.recent = tuple(urls)

    def set_color(self, index: int) -> None:
        self.color = index

    def connect_now(self) -> None:
        self.is_open = True
        self.session = cast(Session, FakeSession(self.typed))
        self.changed.emit()

    def hang_up(self) -> None:
        self.is_open = False
        if self.session is not None:
            self.session.state = State.CLOSED
        self.changed.emit()

    async def leave(self) -> None:
        self.has_left = True

    def kept(self) -> dict[str, object]:
        return {"target": to_json(self.typed), **self.extra}

    def restore(self, kept: dict[str, object]) -> None:
        self.typed = target_from(kept["target"])
        self.extra = {key: value for key, value in kept.items() if key != "target"}

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        super().closeEvent(event)
        self.closing.emit(self)


@asynccontextmanager
async def fake_windows(folder: Path, url: str = "ws://localhost:8002") -> AsyncIterator[ChatWindows]:
    """Windows as after a start of the program, all of them fakes; in the end they are closed and no task is left."""

    def default_url() -> str:
        return url

    def fail(error: BaseException, where: str) -> None:
        raise AssertionError(where) from error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop.chat.window.ChatWindow", FakeWindow)
        windows = ChatWindows(default_url, Surroundings(Recorder(), fail, folder))
        try:
            yield windows
        finally:
            await windows.close()
    assert windows.open == []
    assert [task.get_name() for task in asyncio.all_tasks() if "chat" in task.get_name()] == []


def fake(window: object) -> FakeWindow:
    """The fake that a window is."""
    assert isinstance(window, FakeWindow)
    return window
