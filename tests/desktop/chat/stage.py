"""Real chat windows around a server, and the keys and clicks that a person would use in them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import CoroutineType

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

import desktop
from desktop.chat.entry import Entry, EntryKind
from desktop.chat.outgoing import Form
from desktop.chat.session import State
from desktop.chat.surroundings import Surroundings
from desktop.chat.target import Target
from desktop.chat.window import ChatWindow
from desktop.chat.windows import ChatWindows
from servers.recorder import Recorder
from servers.settings import Mode
from servers.websocket.server import WebSocketServer
from tests.desktop.chat.peers import app_server, failed, until

RETURN, CTRL, SHIFT = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

_PROGRAM = Path(desktop.__file__).parent


class Stage:
    """The chat windows of a program whose default server is at ``url``."""

    def __init__(self, url: str, folder: Path, authority: Path | None = None) -> None:
        self.url = url
        self.surroundings = Surroundings(Recorder(), failed, folder, authority)
        self.windows = ChatWindows(self._url, self.surroundings)

    def _url(self) -> str:
        return self.url

    async def open(self, **options: object) -> ChatWindow:
        """A new window, connected and welcomed; ``options`` are those of its target."""
        window = self.windows.new_window(replace(Target(self.url), **options))  # type: ignore[arg-type] # see Target
        await opened(window)
        return window


@asynccontextmanager
async def staged(url: str, folder: Path, authority: Path | None = None) -> AsyncIterator[Stage]:
    """Windows around a server; in the end they are closed, and no task of the program is left."""
    stage = Stage(url, folder, authority)
    try:
        yield stage
    finally:
        await stage.windows.close()
    assert stage.windows.open == []
    assert tasks() == []


def tasks() -> list[str]:
    """What the program is doing; servers and tests have tasks, too."""
    coroutines = ((task.get_name(), task.get_coro()) for task in asyncio.all_tasks())
    return [name for name, one in coroutines if isinstance(one, CoroutineType) and _is_ours(one)]


def _is_ours(coroutine: "CoroutineType[object, object, object]") -> bool:
    return Path(coroutine.cr_code.co_filename).is_relative_to(_PROGRAM)


@asynccontextmanager
async def chatting(folder: Path, mode: Mode = Mode.BROADCAST_REPLY) -> AsyncIterator[tuple[Stage, WebSocketServer]]:
    """Windows around the application's own server."""
    async with app_server(mode) as server:
        assert server.address
        async with staged(server.address.url, folder) as stage:
            yield stage, server


async def opened(window: ChatWindow) -> None:
    """Wait until a window is connected, and welcomed where the server speaks the chat subprotocol."""
    await until(lambda: state(window) is State.OPEN)
    session = window.session
    await until(lambda: session and (not session.speaks_chat or entries(window, EntryKind.JOIN)))


def state(window: ChatWindow) -> State | None:
    """That of the connection."""
    return window.session.state if window.session else None


def said(window: ChatWindow) -> str:
    """What the window says about its connection."""
    return window.state_bar.words.text()


def entries(window: ChatWindow, kind: EntryKind | None = None) -> list[Entry]:
    """What the transcript shows, of one kind or of all."""
    window.pane.messages.flush()
    return [entry for entry in window.pane.messages.rows if kind in (None, entry.kind)]


def texts(window: ChatWindow, kind: EntryKind) -> list[str]:
    """The texts of what the transcript shows of one kind."""
    return [entry.text for entry in entries(window, kind)]


def click(button: QAbstractButton) -> None:
    """Click a button that can be seen and used."""
    assert button.isEnabled()
    assert not button.visibleRegion().isEmpty()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key in a widget."""
    QTest.keyClick(widget, key, modifier)


async def use_shortcut(window: ChatWindow, keys: str) -> None:
    """Press the keys of a shortcut in the window, which is the active one then."""
    window.activateWindow()
    await until(window.isActiveWindow)
    QTest.keySequence(window, QKeySequence(keys))


def typed(window: ChatWindow) -> str:
    """What stands in the message box."""
    return window.box.content.editor.text()


def write(window: ChatWindow, text: str) -> None:
    """Type into the message box, line by line."""
    editor = window.box.content.editor
    for number, line in enumerate(text.split("\n")):
        if number:
            press(editor, RETURN, SHIFT)
        QTest.keyClicks(editor, line)


def submit(window: ChatWindow) -> None:
    """Press Enter in the message box."""
    press(window.box.content.editor, RETURN)


def say(window: ChatWindow, text: str) -> None:
    """Type a message and press Enter."""
    write(window, text)
    submit(window)


async def tell(window: ChatWindow, text: str) -> None:
    """The same, and wait until it is sent."""
    count = len(entries(window, EntryKind.OWN))
    say(window, text)
    await until(lambda: len(entries(window, EntryKind.OWN)) > count and not typed(window))


def choose(window: ChatWindow, form: Form) -> None:
    """Choose how the message is meant, with the keys of the list."""
    box = window.box.controls.form_box
    press(box, Qt.Key.Key_Home)
    for _ in range(list(Form).index(form)):
        press(box, Qt.Key.Key_Down)
    assert window.box.controls.form is form


async def toggle(window: ChatWindow, name: str) -> None:
    """Click the switch of a panel, and wait until the panel that is shown has its place."""
    click(window.bar.toggles[name])
    panel = window.close_row if name == "close" else getattr(window, name)
    await until(lambda: not panel.isVisible() or not panel.visibleRegion().isEmpty())


def click_entry(menu: QMenu, words: str) -> None:
    """Click an entry of an open menu."""
    action = next(one for one in menu.actions() if one.text() == words)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
