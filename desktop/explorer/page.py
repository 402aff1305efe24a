"""The explorer's page: collections and history at the left, open requests and runs at the right."""

import asyncio
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QTabWidget, QVBoxLayout, QWidget

from desktop import assets, theme
from desktop.explorer.collection_view.view import CollectionView
from desktop.explorer.environment_view.chooser import EnvironmentChooser
from desktop.explorer.history.entry import Entry, NewEntry
from desktop.explorer.history.store import History, HistoryError
from desktop.explorer.history_view.view import HistoryView
from desktop.explorer.http_files.disk import read_file
from desktop.explorer.http_files.http_file import parse
from desktop.explorer.model.recorded import request_of
from desktop.explorer.model.request import Request
from desktop.explorer.request_view.pane import Sheet
from desktop.explorer.runs.run import Step
from desktop.explorer.sending.blob import clear
from desktop.explorer.sending.reply import Reply
from desktop.explorer.session import Session, Spot
from desktop.explorer.tabs.auth_dialog import AuthDialog
from desktop.explorer.tabs.cookie_keeper import CookieKeeper
from desktop.explorer.tabs.desk import Desk
from desktop.explorer.tabs.document import Document
from desktop.explorer.tabs.pasting import paste
from desktop.explorer.tabs.request_tab import RequestTab
from desktop.explorer.tabs.run_tab import RunTab
from desktop.explorer.workspace.listing import files_below
from desktop.explorer.workspace.opened import Opened, load, save
from desktop.explorer.workspace.origin import Origin
from desktop.explorer.workspace.samples import NAMES, put_samples
from desktop.explorer.workspace.steps import Change
from desktop.tasks import TaskSet
from servers.exchange import Exchange

TOUR = "CRUD tour"
_ROLE = "explorer"
_SIDE = 280


class ExplorerPage(QWidget):
    """``tasks`` run everything that takes time; their owner closes them, then awaits ``end``.

    ``data_dir`` keeps what is open, and the history. ``tour_requested`` asks for the CRUD tour: ``run_tour`` starts it,
    or ``tour_failed`` says why it cannot be.
    """

    tour_requested = Signal()

    def __init__(self, session: Session, tasks: TaskSet, data_dir: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._tasks = tasks
        self._data_dir = data_dir
        self._history = History(data_dir / "history.sqlite")
        self._saving = asyncio.Lock()
        self.desk = Desk(session, tasks, data_dir / "open", self)
        self.tabs = self.desk.tabs
        self.collections = CollectionView(tasks, data_dir, self)
        self.history = HistoryView(self._history, tasks, self)
        self.environments = EnvironmentChooser(session, self)
        self.side = QTabWidget(self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._cookies = None if session.client.jar is None else CookieKeeper(session.client.jar, tasks, self)
        self._lay_out()
        self._connect()

    async def load(self) -> None:
        """Bring back what was there when the program ended; at the first start, the samples."""
        with suppress(OSError):  # what is left is only in the way
            await asyncio.to_thread(clear, self._data_dir / "bodies")
        first = not (self._data_dir / "collections.json").exists()
        opened = await asyncio.to_thread(load, self._data_dir)
        self.collections.restore(opened.view)
        if first:
            await self._show_samples()
        else:
            self.collections.open_folders(opened.folders)
        await self.desk.load()
        self.history.refresh()

    def save_state(self, store: QSettings) -> None:
        """Remember what is open, and what is typed. Raises OSError."""
        store.setValue(f"{_ROLE}/splitter", self._splitter.saveState())
        store.setValue(f"{_ROLE}/side", self.side.currentIndex())
        store.setValue(f"{_ROLE}/environment", self.session.environment)
        store.setValue(f"{_ROLE}/share", self.session.share)
        try:
            self.desk.finish()
        finally:
            if self.collections.folders() or (self._data_dir / "collections.json").exists():
                save(self._data_dir, self._opened())

    def restore_state(self, store: QSettings) -> None:
        """Come back as the page was left."""
        splitter = store.value(f"{_ROLE}/splitter")
        if splitter is not None:
            self._splitter.restoreState(splitter)
        self.side.setCurrentIndex(1 if str(store.value(f"{_ROLE}/side", 0)) == "1" else 0)
        self.session.environment = str(store.value(f"{_ROLE}/environment", ""))
        with suppress(ValueError):  # settings that somebody has edited
            share = float(str(store.value(f"{_ROLE}/share", self.session.share)))
            self.session.share = share if 0 < share < 1 else self.session.share

    def try_url(self, url: str) -> None:
        """Send a GET, in place of the request in front where nothing is lost by that."""
        tab = self.tabs.current_request()
        is_free = tab.origin is None and (not tab.is_modified or tab.request() == Request("GET", url))
        (tab if is_free else self.tabs.new_request()).pane.try_request(Request("GET", url))

    async def end(self) -> None:
        """Close every connection, and write what is still in memory."""
        try:
            await self.session.client.close()
            if self.session.client.jar is not None:
                await self.session.client.jar.save()
        finally:
            await self._history.close()

    def open_exchange(self, exchange: Exchange) -> None:
        """Open a recorded request in a tab of its own."""
        request, note = request_of(exchange)
        tab = self.tabs.open_document(Document(request))
        tab.take_as_it_is()
        tab.upkeep.say(note)

    def run_tour(self, base_url: str) -> None:
        """Run the CRUD tour against the server at ``base_url``; nothing while a run of it goes on."""
        if any(tab.title == TOUR and tab.running for tab in self.tabs.runs):
            return
        file = parse(assets.collection("crud-tour.http"))
        steps = [Step(part, Spot(name=part.name)) for part in file.requests]
        self.tabs.open_run(TOUR, steps, file.variables | {"host": base_url.rstrip("/")})

    def tour_failed(self, sentence: str) -> None:
        """Say why the tour cannot be run."""
        self.tabs.current_pane().fault.say(sentence, fault=True)

    async def _show_samples(self) -> None:
        texts = {name: assets.collection(name) for name in NAMES}
        try:
            folder = await asyncio.to_thread(put_samples, self.session.home, texts)
        except OSError as error:
            self.collections.say(f"The samples could not be written: {error.strerror or error}.", fault=True)
        else:
            self.collections.open_folder(folder)

    def _spawn_samples(self) -> None:
        self._tasks.spawn(self._show_samples(), name="writing the samples")

    def _open(self, origin: Origin, new_window: bool) -> None:
        if new_window:
            self.desk.show_origin(origin)
        else:
            self.tabs.open_origin(origin)

    def _run(self, path: Path) -> None:
        self._tasks.spawn(self._read_and_run(path), name=f"reading {path.name}")

    async def _read_and_run(self, path: Path) -> None:
        try:
            steps = await asyncio.to_thread(_steps, path, self.collections.folders())
        except OSError as error:
            self.collections.say(f"{path.name} cannot be read: {error.strerror or error}.", fault=True)
            return
        if steps:
            self.tabs.open_run(path.stem, steps, {}, path)
        else:
            self.collections.say(f"There is no request in {path.name}.")

    def _ask_for_auth(self, path: Path) -> None:
        root = next((one for one in self.collections.folders() if path.is_relative_to(one)), path.parent)
        dialog = AuthDialog(self.session, self._tasks, path, root, self)
        dialog.written.connect(self._auth_written)
        dialog.open()

    def _auth_written(self, file: Path) -> None:
        self.collections.saved(file)
        self.desk.set_roots(self.collections.folders())  # every request asks anew what it inherits

    def _again(self, tab: RunTab) -> None:
        if tab.title == TOUR:
            self.tour_requested.emit()
        elif tab.path is not None:
            self._run(tab.path)

    def _saved(self, origin: Origin) -> None:
        self.collections.saved(origin.path)

    def _folders_changed(self, folders: tuple[Path, ...]) -> None:
        self.session.folders = tuple(folders)
        self.desk.set_roots(tuple(folders))
        self.environments.show_folders(tuple(folders))
        self._tasks.spawn(self._save_opened(), name="saving which folders are open")

    async def _save_opened(self) -> None:
        """Write it now, as a crash must not forget it."""
        try:
            async with self._saving:
                await asyncio.to_thread(save, self._data_dir, self._opened())
        except OSError as error:
            self.collections.say(f"Which folders are open cannot be saved: {error.strerror or error}.", fault=True)

    def _opened(self) -> Opened:
        return Opened(self.collections.folders(), self.collections.state())

    def _show_past(self, entry: Entry, another: bool) -> None:
        """Show a request of the history; what is typed in front of it is not lost."""
        current = self.tabs.current_request()
        fresh = another or current.is_modified or current.origin is not None
        tab = self.tabs.open_document(Document(entry.request)) if fresh else current
        tab.pane.show_sheet(Sheet(entry.request, entry.reply, entry.note))
        tab.take_as_it_is()

    def cookies_changed(self) -> None:
        """Something else has put cookies into the jar."""
        if self._cookies is not None:
            self._cookies.sent()

    def _remember(self, typed: Request, reply: Reply, secrets: frozenset[str]) -> None:
        self.cookies_changed()
        if typed.options.log:
            self._tasks.spawn(self._add(NewEntry(typed, reply, secrets)), name="keeping the history")

    async def _add(self, entry: NewEntry) -> None:
        try:
            await self._history.add(entry)
        except HistoryError as error:
            self.history.say(error.sentence)
        else:
            self.history.refresh()

    def _pasted(self, tab: RequestTab, text: str) -> None:
        self._tasks.spawn(paste(text, tab, self.tabs, self.session.home), name="reading a curl command")

    def _carried_out(self, change: Change) -> None:
        """Something was changed in the collections; requests may have other numbers in their files now."""
        self.desk.files_changed({place.path for place in (*change.before, *change.after)})

    def _connect(self) -> None:
        collections = self.collections
        collections.request_opened.connect(self._open)
        collections.run_wanted.connect(self._run)
        collections.auth_wanted.connect(self._ask_for_auth)
        collections.samples_wanted.connect(self._spawn_samples)
        collections.changed_outside.connect(self.desk.files_changed)
        collections.file_renamed.connect(self.desk.renamed)
        collections.request_moved.connect(self.desk.moved)
        collections.keeper.changed.connect(self._carried_out)
        collections.folders_changed.connect(self._folders_changed)
        self.desk.unsaved.connect(collections.mark_unsaved)
        self.desk.saved.connect(self._saved)
        self.tabs.again_wanted.connect(self._again)
        self.tabs.tour_wanted.connect(self.tour_requested)
        self.tabs.curl_pasted.connect(self._pasted)
        self.environments.changed.connect(self.desk.refresh_variables)
        self.history.chosen.connect(self._show_past)
        self.session.on_reply = self._remember
        self.tabs.add_shortcuts(self)
        if self._cookies is not None:
            self.tabs.cookies_wanted.connect(self._cookies.show)

    def _lay_out(self) -> None:
        self.side.addTab(self.collections, "C&ollections")
        self.side.addTab(self.history, "H&istory")
        self.side.setDocumentMode(True)
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.environments)
        column.addWidget(self.side, 1)
        self._splitter.setObjectName("sideSplitter")
        self._splitter.setHandleWidth(theme.S)
        self._splitter.addWidget(side)
        self._splitter.addWidget(self.tabs)
        self._splitter.setCollapsible(1, False)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([_SIDE, 4 * _SIDE])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.S, theme.M, theme.S, theme.S)
        layout.addWidget(self._splitter)


def _steps(path: Path, folders: tuple[Path, ...]) -> list[Step]:
    """The requests of a file, or of all files of a folder in the order of their names. Raises OSError."""
    root = next((one for one in folders if path.is_relative_to(one)), path.parent)
    files = files_below(path) if path.is_dir() else [path]
    return [Step(part, Spot(file, root, part.name)) for file in files for part in read_file(file).requests]
