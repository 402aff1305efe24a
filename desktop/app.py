"""Puts the application together: Qt, the loop, the workbench, the window, and the order in which all of it ends."""

import asyncio
import importlib
import logging
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from desktop import assets, shortcuts, theme
from desktop.chat_desk import ChatDesk
from desktop.errors import ErrorReporter
from desktop.event_loop import EXECUTOR_THREADS, new_event_loop
from desktop.garbage import GarbageCollector
from desktop.main_window import EXPLORER, MainWindow
from desktop.server_panels.control import SPECS, ServerControl
from desktop.server_panels.page import ServersPage
from desktop.server_panels.traffic import TrafficFeed
from desktop.settings import SettingsFile
from desktop.showcase import Showcase
from desktop.tasks import TaskSet
from servers.recorder import Recorder
from servers.settings import Cors
from servers.signals import on_signals
from servers.tls import certificate_path
from servers.workbench import Workbench, WorkbenchSettings

if TYPE_CHECKING:
    from desktop.explorer.page import ExplorerPage
    from servers.rest.service import Service

log = logging.getLogger("portside.app")

EXIT_WITHIN = 3.0
"""Seconds that servers and clients get to end in good order; then the program leaves all the same."""

_PAINT_WITHIN = 0.5
_IDLE_WITHIN = 0.2
_EXPLORER = "desktop.explorer.page"
_HEAVY = (
    "servers.http.server",
    "servers.rest.server",
    "servers.websocket.server",
    "desktop.chat.connecting.handshake",
    "desktop.chat.window",
)
_LATER = "segno"  # which the local network needs, for its QR code


def run(settings_file: SettingsFile, settings: WorkbenchSettings, data_dir: Path, *, start: bool) -> int:
    """Open the window and return the exit code when it has been closed."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Portside")
    app.setDesktopFileName("portside")
    app.setWindowIcon(assets.application_icon())
    app.setQuitOnLastWindowClosed(False)
    executor = ThreadPoolExecutor(EXECUTOR_THREADS, thread_name_prefix="portside")
    try:
        with asyncio.Runner(loop_factory=partial(new_event_loop, app, executor)) as runner:
            code = runner.run(Application(app, settings_file, settings, data_dir).live(start=start))
            _leave_if_busy(executor, code)
    except RuntimeError as error:  # the display has gone, and Qt has ended the loop under everything that runs
        log.error("The window has gone (%s); what was typed until then is kept.", error)
        logging.shutdown()
        os._exit(1)
    return code


def _leave_if_busy(executor: ThreadPoolExecutor, code: int) -> None:
    """End the process here if a thread still does what nobody waits for any more, such as looking up a name.

    Python would wait for it, and such a call cannot be interrupted.
    """
    workers = [thread for thread in threading.enumerate() if thread.name.startswith("portside")]
    executor.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.join(_IDLE_WITHIN)
    if any(worker.is_alive() for worker in workers):
        log.info("Left while a thread was still waiting for the system.")
        logging.shutdown()
        os._exit(code)


class Application(QObject):
    """Owns everything between the first window and the last task."""

    def __init__(
        self, app: QApplication, settings_file: SettingsFile, settings: WorkbenchSettings, data_dir: Path
    ) -> None:
        super().__init__()
        self._app = app
        self._file = settings_file
        self._settings = settings
        self._data_dir = data_dir
        self._state = QSettings(str(settings_file.path.with_name("windows.ini")), QSettings.Format.IniFormat)
        self._exit, self._leave_now = asyncio.Event(), asyncio.Event()
        self.workbench: Workbench | None = None
        self._garbage: GarbageCollector | None = None
        self.recorder = Recorder()
        self._choose_scheme(settings_file.appearance().scheme)
        self.tasks = TaskSet(self._report)
        self._make_windows(settings)
        self.reporter = ErrorReporter(self.window)
        self._connect()

    async def live(self, *, start: bool = False) -> int:
        """Show the window and stay until someone asks to exit; then end everything in order. Returns the exit code."""
        loop = asyncio.get_running_loop()
        self.reporter.install(loop)
        on_signals(self.request_exit)
        self.window.restore_state(self._state)
        self.window.show()
        self.tasks.spawn(self._load(start), name="load the servers")
        await self._exit.wait()
        endings = TaskSet(self._report)
        endings.spawn(self._end(), name="exit").add_done_callback(self._ended)
        try:
            await asyncio.wait_for(self._leave_now.wait(), EXIT_WITHIN)
        except TimeoutError:
            log.warning("Not everything had ended after %s seconds; leaving.", EXIT_WITHIN)
        await endings.close()
        self.reporter.uninstall()
        return 0

    def request_exit(self) -> None:
        """Begin to exit; asked a second time, leave at once."""
        if self._exit.is_set():
            self._leave_now.set()
            return
        self.window.save_state(self._state)
        if self.explorer is not None:
            self._save_explorer(self.explorer)
        self._state.sync()
        self.window.hide()
        self.chat.windows.save_state()
        for window in self.chat.windows.open:
            window.hide()
        self._exit.set()

    def _make_windows(self, settings: WorkbenchSettings) -> None:
        listening = {"http": settings.http, "rest": settings.rest, "ws": settings.ws}
        self.controls = tuple(ServerControl(spec, listening[spec.name], self.tasks, self) for spec in SPECS)
        self.feed = TrafficFeed(self)
        self.recorder.subscriber = self.feed.push
        self.explorer: ExplorerPage | None = None
        authority = certificate_path(self._data_dir)
        self.chat = ChatDesk(self.controls[-1], self.recorder, self._report, self._data_dir, self)
        recent_folders = self._data_dir / "recent_folders.json"
        self.servers_page = ServersPage(self.controls, authority, recent_folders, self.tasks)
        self.window = MainWindow((self.servers_page, QWidget(), self.chat.page), self.controls)
        self.showcase = Showcase(
            self.window,
            self.chat.windows,
            {control.spec.name: control for control in self.controls},
            self._rest_service,
            self.tasks,
        )
        self.window.add_menus(
            {
                "&File": [
                    self._action("Quit", self.request_exit, shortcuts.QUIT),
                ],
                "&Servers": [
                    self._action("Start all", self.servers_page.start_all, shortcuts.START_ALL),
                    self._action("Stop all", self.servers_page.stop_all, shortcuts.STOP_ALL),
                ],
                "&Chat": self.chat.menu.actions,
            },
            self._file.appearance().scheme,
        )

    def _make_explorer(self) -> "ExplorerPage":
        from desktop.explorer.page import ExplorerPage
        from desktop.explorer.session import new_session

        session = new_session(self.recorder, self._data_dir, _open_url)
        explorer = ExplorerPage(session, self.tasks, self._data_dir / "explorer")
        explorer.restore_state(self._state)
        self.window.put_page(EXPLORER, explorer)
        self.showcase.attach(explorer)
        self.chat.borrow(explorer)
        return explorer

    def _save_explorer(self, explorer: "ExplorerPage") -> None:
        try:
            explorer.save_state(self._state)
        except OSError as error:
            log.warning("What is open in the explorer could not be kept: %s", error)

    def _connect(self) -> None:
        self.feed.flushed.connect(self.servers_page.take)
        self.servers_page.explorer_wanted.connect(self.showcase.open_exchange)
        self.servers_page.page_wanted.connect(self.showcase.open_page)
        self.servers_page.site_wanted.connect(self.showcase.open_site)
        self.servers_page.data.settings_changed.connect(self._remember_rest)
        self.window.exit_requested.connect(self.request_exit)
        self.chat.quit_requested.connect(self.request_exit)
        self.window.scheme_chosen.connect(self._remember_scheme)
        self._app.styleHints().colorSchemeChanged.connect(self._follow_system)
        for control in self.controls:
            control.setting_chosen.connect(self._remember_setting)

    async def _load(self, start: bool) -> None:
        """Import what is heavy once the window is on the screen, then make the servers and hand them to their cards."""
        await self._first_paint()
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, importlib.import_module, _EXPLORER)
        self.explorer = self._make_explorer()
        await self.explorer.load()
        for module in _HEAVY:
            await loop.run_in_executor(None, importlib.import_module, module)
        self.workbench = Workbench(self._settings, self._data_dir, self.recorder)
        for control, server in zip(self.controls, self.workbench.servers, strict=True):
            control.attach(server)
        self.servers_page.data.attach(self.workbench.rest)
        self.servers_page.clients.attach(self.workbench.ws)
        self._garbage = GarbageCollector(self)
        self.chat.windows.restore()
        if start:
            self.servers_page.start_all()
        await loop.run_in_executor(None, importlib.import_module, _LATER)

    async def _first_paint(self) -> None:
        painted = asyncio.Event()
        self.window.painted.connect(painted.set)
        try:
            await asyncio.wait_for(painted.wait(), _PAINT_WITHIN)
        except TimeoutError:
            log.debug("The window has not been painted: it starts hidden or covered.")
        self.window.painted.disconnect(painted.set)

    async def _end(self) -> None:
        await self.tasks.close()  # first, so that nothing is started any more
        servers = [] if self.workbench is None else [self.workbench.stop()]
        try:
            await asyncio.gather(self.chat.windows.close(), *servers)
        finally:
            if self._garbage is not None:
                self._garbage.end()
            if self.explorer is not None:
                await self.explorer.end()

    def _ended(self, _: "asyncio.Task[None]") -> None:
        self._leave_now.set()

    def _action(self, text: str, slot: Callable[[], None], shortcut: str) -> QAction:
        action = QAction(text, self)
        action.setShortcut(shortcut)
        action.triggered.connect(slot)
        return action

    def _report(self, error: BaseException, where: str) -> None:
        self.reporter.report(error, where)

    def _remember_rest(self, key: str, value: object) -> None:
        self._remember_setting("rest", key, value)

    def _remember_setting(self, name: str, key: str, value: object) -> None:
        """Keep what was chosen; being open to other computers or to every page is a choice of one run."""
        is_for_now = key == "host" or (key, value) == ("cors", Cors.ANY.value)
        if isinstance(value, str | int | None) and not is_for_now:
            self._remember(name, key, value)

    def _rest_service(self) -> "Service | None":
        return None if self.workbench is None else self.workbench.rest.service

    def _remember_scheme(self, scheme: str) -> None:
        self._remember("appearance", "scheme", scheme)
        self._choose_scheme(scheme)

    def _remember(self, area: str, key: str, value: str | int | None) -> None:
        try:
            self._file.set(area, key, value)
        except OSError as error:
            self.window.statusBar().showMessage(f"The settings could not be saved: {error.strerror}", 10_000)

    def _choose_scheme(self, scheme: str) -> None:
        theme.apply(self._app, theme.Scheme(scheme))

    def _follow_system(self) -> None:
        if self._file.appearance().scheme == theme.Scheme.SYSTEM.value:
            self._choose_scheme(theme.Scheme.SYSTEM.value)


def _open_url(url: str) -> None:
    QDesktopServices.openUrl(QUrl(url))
