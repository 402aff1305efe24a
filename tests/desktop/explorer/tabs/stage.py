"""A desk on the screen, with files to open, and hands that type into it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.explorer.session import Session
from desktop.explorer.tabs.desk import Desk
from desktop.explorer.tabs.question import UnsavedQuestion
from desktop.explorer.tabs.request_tab import RequestTab
from desktop.explorer.tabs.save_dialog import SaveDialog
from desktop.explorer.workspace.origin import Origin
from desktop.explorer.workspace.requests import origin_of
from desktop.explorer.workspace.steps import Place
from desktop.tasks import TaskSet
from tests.desktop.explorer.pages import session_client, until

TWO = "### One\nGET http://h/1\nA: b\n\n### Two\nPOST http://h/2\n\nbody\n"


class Stage:
    """``folder`` is an opened collection with ``a.http`` in it; ``drafts`` is where the desk keeps what is open."""

    def __init__(self, desk: Desk, folder: Path, drafts: Path) -> None:
        self.desk = desk
        self.tabs = desk.tabs
        self.folder = folder
        self.drafts = drafts
        self.file = folder / "a.http"

    def place(self, index: int) -> Origin:
        """A request of the file as it stands now."""
        return origin_of(Place(self.file, index))

    def open(self, index: int = 0, *, another: bool = False) -> RequestTab:
        """Open a request of the file."""
        return self.tabs.open_origin(self.place(index), another)

    def text(self) -> str:
        """What is in the file."""
        return self.file.read_bytes().decode()

    def kept(self) -> str:
        """All drafts in one text."""
        return "\n".join(one.read_text() for one in sorted(self.drafts.glob("*.json")))

    def question(self) -> UnsavedQuestion:
        """The question that is open."""
        (one,) = (one for tab in [self.tabs, *self.desk.windows.open] for one in tab.findChildren(UnsavedQuestion))
        return one


@asynccontextmanager
async def stage(qtbot: QtBot, folder: Path) -> AsyncIterator[Stage]:
    """A desk without drafts; what comes after ``load`` is the matter of the test."""
    collection, drafts = folder / "mine", folder / "open"
    collection.mkdir(exist_ok=True)
    if not (collection / "a.http").exists():
        (collection / "a.http").write_text(TWO)
    failures: list[str] = []
    client, tasks = session_client(folder), TaskSet(lambda error, name: failures.append(f"{name}: {error!r}"))
    owner = QObject()
    desk = Desk(Session(client, folder / "home"), tasks, drafts, owner)
    qtbot.addWidget(desk.tabs)
    desk.tabs.resize(900, 700)
    desk.tabs.show()
    desk.set_roots((collection,))
    try:
        yield Stage(desk, collection, drafts)
        desk.stop()
        desk.windows.close()
    finally:
        await tasks.close()
        await client.close()
        owner.deleteLater()
    assert not failures


def type_in(tab: RequestTab, words: str) -> None:
    """Append to the URL, as by typing."""
    tab.pane.line.url.setText(tab.pane.line.url.text() + words)


def modified(tab: RequestTab) -> bool:
    """Whether something in it is not saved at this moment."""
    return tab.is_modified


async def saved(tab: RequestTab) -> None:
    """Save, and wait until it has gone well or not."""
    tab.save()
    await tab.upkeep.ended()


async def dialog_of(tab: RequestTab) -> SaveDialog:
    """The dialog that asks where to save, with its files."""
    await until(lambda: bool(tab.findChildren(SaveDialog)))
    await tab.upkeep.ended()
    return tab.findChildren(SaveDialog)[-1]


async def settle() -> None:
    """Let everything run that is due."""
    for _ in range(3):
        await asyncio.sleep(0)


def full_disk(*_: object, **__: object) -> None:
    """What stands in the place of writing, where nothing can be written."""
    raise OSError(28, "No space left on device")
