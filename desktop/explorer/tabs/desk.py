"""Everything that is open, in tabs and in windows, and its drafts: it is there again at the next start."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.explorer.request_view.pane import FIRST_REQUEST
from desktop.explorer.session import Session
from desktop.explorer.tabs.document import Document, opened
from desktop.explorer.tabs.draft_keeper import DraftKeeper
from desktop.explorer.tabs.drafts import Drafts, Open
from desktop.explorer.tabs.request_tab import RequestTab
from desktop.explorer.tabs.tabs import Tabs
from desktop.explorer.tabs.windows import RequestWindows
from desktop.explorer.workspace.origin import Origin
from desktop.tasks import TaskSet

_ARRANGED = 300  # ms in which changes of the order are written as one


class Desk(QObject):
    """``unsaved`` carries the places in files that have changes here; ``saved`` a place that was written."""

    unsaved = Signal(object)
    saved = Signal(object)

    def __init__(self, session: Session, tasks: TaskSet, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._drafts = Drafts(folder)
        self._loaded = False
        self._told: frozenset[tuple[Path, int]] = frozenset()
        self.tabs = Tabs(session, tasks)
        self.windows = RequestWindows(self.tabs)
        self._keeper = DraftKeeper(self._drafts, tasks, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_ARRANGED)
        self._timer.timeout.connect(self._keep_order)
        self._connect()
        self.tabs.open_document(Document(FIRST_REQUEST))

    @property
    def requests(self) -> list[RequestTab]:
        """Every request that is open."""
        return [*self.tabs.requests, *self.windows.requests]

    async def load(self) -> None:
        """Open what was open when the program ended."""
        found, current = await asyncio.to_thread(self._drafts.load)
        first = self.tabs.requests
        known = {tab.key for tab in self.requests}
        for number, one in enumerate(found):
            if one.key not in known:
                await self._open_again(one, in_front=number == current)
        for tab in first if found else ():
            if tab.origin is None and not tab.is_modified:
                self.tabs.leave_out(tab)
        self._loaded = True
        self._tell_unsaved()

    async def _open_again(self, one: Open, *, in_front: bool) -> None:
        self._keeper.know(one)
        self.tabs.open_document(one.document, one.key, in_front=in_front).file_changed()
        await asyncio.sleep(0)  # there may be many, and the window stays alive

    def show_window(self, document: Document) -> None:
        """Open a window of its own for a request, and keep its draft as well."""
        self._keeper.keep(self.windows.show(document).tab)

    def show_origin(self, origin: Origin) -> None:
        """Open a window of its own for the request of a file."""
        self.show_window(opened(origin))

    def set_roots(self, roots: tuple[Path, ...]) -> None:
        """Other folders are open."""
        self.tabs.set_roots(roots)
        self.windows.set_roots(roots)

    def files_changed(self, paths: Iterable[Path]) -> None:
        """Files have changed on the disk."""
        changed = frozenset(paths)
        for tab in self.requests:
            if tab.origin is not None and tab.origin.path in changed:
                tab.file_changed()
            else:
                tab.refresh_variables()

    def moved(self, before: Origin, after: Origin) -> None:
        """A request has gone to another place in the collections."""
        for tab in self.requests:
            if tab.origin == before:
                tab.upkeep.moved(after)

    def renamed(self, before: Path, after: Path) -> None:
        """A file, or a folder with files, is called otherwise now."""
        for tab in self.requests:
            origin = tab.origin
            if origin is not None and origin.path.is_relative_to(before):
                path = after / origin.path.relative_to(before) if origin.path != before else after
                tab.upkeep.moved(Origin(path, origin.index, origin.text))

    def refresh_variables(self) -> None:
        """The environment has changed."""
        for tab in self.requests:
            tab.refresh_variables()

    def stop(self) -> None:
        """Keep nothing from now on: what runs in the background has ended."""
        self._loaded = False
        self._timer.stop()
        for tab in self.requests:
            tab.stop()

    def finish(self) -> None:
        """The program ends: write what is typed and not yet kept. Raises OSError."""
        try:
            if self._loaded:
                self._drafts.keep_order(*self._order())
            self._keeper.keep_now(self.requests)
        finally:
            self.stop()
            self.windows.close()

    def _edited(self, tab: RequestTab) -> None:
        self._keeper.keep(tab)
        self._tell_unsaved()

    def _saved(self, before: Origin | None, after: Origin) -> None:
        self.saved.emit(after)
        for tab in self.requests:
            if tab.origin is not None and tab.origin == before:
                tab.upkeep.meet(opened(after))
            elif tab.origin is not None and tab.origin != after and tab.origin.path == after.path:
                tab.file_changed()
        self._tell_unsaved()

    def _dropped(self, tab: RequestTab) -> None:
        self._keeper.drop(tab)
        self._tell_unsaved()

    def _tell_unsaved(self) -> None:
        origins = (tab.origin for tab in self.requests if tab.is_marked)
        places = frozenset((origin.path, origin.index) for origin in origins if origin is not None)
        if places != self._told:
            self._told = places
            self.unsaved.emit(places)

    def _arranged(self) -> None:
        if self._loaded:
            self._timer.start()

    def _keep_order(self) -> None:
        self._keeper.keep_new(self.requests)
        self._tasks.spawn(self._write_order(*self._order()), name="keeping the order of the tabs")

    def _order(self) -> tuple[list[str], int]:
        """The keys of what is open, and which of them is in front."""
        requests = self.tabs.requests
        current = next((n for n, tab in enumerate(requests) if tab is self.tabs.currentWidget()), 0)
        return [tab.key for tab in self.requests], current

    async def _write_order(self, keys: list[str], current: int) -> None:
        try:
            await asyncio.to_thread(self._drafts.keep_order, keys, current)
        except OSError:
            return  # the drafts themselves say in their tabs that the disk is full

    def _connect(self) -> None:
        self.tabs.edited.connect(self._edited)
        self.tabs.saved.connect(self._saved)
        self.tabs.dropped.connect(self._dropped)
        self.tabs.arranged.connect(self._arranged)
        self.tabs.window_wanted.connect(self.show_window)
        self.windows.dropped.connect(self._dropped)
