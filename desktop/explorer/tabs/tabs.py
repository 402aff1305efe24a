"""Requests and runs side by side, each in a tab."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QWidget

from desktop import shortcuts
from desktop.explorer.model.request import Request
from desktop.explorer.request_view.pane import RequestPane
from desktop.explorer.runs.run import Step
from desktop.explorer.session import Session
from desktop.explorer.tabs.document import Document, opened
from desktop.explorer.tabs.question import UnsavedQuestion
from desktop.explorer.tabs.request_tab import RequestTab
from desktop.explorer.tabs.run_tab import RunTab
from desktop.explorer.tabs.tab_bar import TabBar
from desktop.explorer.workspace.origin import Origin, name_of
from desktop.tasks import TaskSet
from desktop.widgets.icon_button import IconButton
from servers.logs import visible

_TITLE = 28


class Tabs(QTabWidget):
    """``edited`` carries a RequestTab whose typing has paused, ``dropped`` one that is closed for good.

    ``saved`` carries the places before and after of a request that was written. ``arranged`` follows every change of
    what is open, in which order, and what is in front. ``window_wanted`` carries a Document that is to have a window of
    its own, ``curl_pasted`` the tab that a command was pasted into and the command.
    """

    edited = Signal(object)
    dropped = Signal(object)
    saved = Signal(object, object)
    arranged = Signal()
    again_wanted = Signal(object)
    curl_pasted = Signal(object, str)
    tour_wanted = Signal()
    cookies_wanted = Signal()
    window_wanted = Signal(object)

    def __init__(self, session: Session, tasks: TaskSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._roots: tuple[Path, ...] = ()
        self._bar = TabBar(self)
        self.setTabBar(self._bar)
        self.setDocumentMode(True)
        self.setMovable(True)
        self.setTabsClosable(True)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)  # many tabs would become a few letters each
        self.new_button = IconButton("plus", "New request", self, f"New request ({shortcuts.NEW_REQUEST})")
        self.new_button.clicked.connect(self._start_request)
        self.setCornerWidget(self.new_button, Qt.Corner.TopRightCorner)
        self.tabCloseRequested.connect(self.close_tab)
        self._bar.middle_clicked.connect(self.close_tab)
        self._bar.window_wanted.connect(self._ask_for_window)
        self._bar.duplicate_wanted.connect(self._duplicate)
        self._bar.close_others_wanted.connect(self._close_others)
        self.currentChanged.connect(self.arranged)
        self._bar.tabMoved.connect(self.arranged)

    @property
    def requests(self) -> list[RequestTab]:
        """The tabs with a request, from left to right."""
        return [tab for tab in self._pages() if isinstance(tab, RequestTab)]

    @property
    def runs(self) -> list[RunTab]:
        """The tabs with a run."""
        return [tab for tab in self._pages() if isinstance(tab, RunTab)]

    def current_request(self) -> RequestTab:
        """The request in front; a new one where a run is."""
        current = self.currentWidget()
        return current if isinstance(current, RequestTab) else self.new_request()

    def set_roots(self, roots: tuple[Path, ...]) -> None:
        """Other folders are open."""
        self._roots = roots
        for tab in self.requests:
            tab.set_roots(roots)

    def new_request(self) -> RequestTab:
        """Open an empty request in front."""
        return self.open_document(Document(Request()))

    def open_origin(self, origin: Origin, another: bool = False) -> RequestTab:
        """Bring the request of a file to the front; in ``another`` tab where one has it already."""
        for tab in self.requests:
            if not another and tab.origin is not None and _same_place(tab.origin, origin):
                self.setCurrentWidget(tab)
                return tab
        return self.open_document(opened(origin))

    def open_document(self, document: Document, key: str = "", *, in_front: bool = True) -> RequestTab:
        """Open a request in a tab of its own; ``key`` is that of its draft."""
        tab = self.make_tab(document, self)
        tab.key = key or tab.key
        self._add(tab, tab.title, in_front=in_front)
        return tab

    def make_tab(self, document: Document, parent: QWidget | None) -> RequestTab:
        """A tab that is in nothing yet."""
        tab = RequestTab(self._session, self._tasks, document, parent)
        tab.set_roots(self._roots)
        tab.title_changed.connect(self._rename)
        tab.settled.connect(self._settled)
        tab.saved.connect(self.saved)
        tab.finished.connect(self._finished)
        self._connect_pane(tab)
        return tab

    def open_run(
        self, title: str, steps: Sequence[Step], variables: Mapping[str, str], path: Path | None = None
    ) -> RunTab:
        """Run requests in a tab; the tab of the last run of ``path`` is used again."""
        same = (one for one in self.runs if (one.title, one.path) == (title, path) and not one.running)
        tab = next(same, None)
        if tab is None:
            tab = RunTab(self._session, self._tasks, title, self)
            tab.again_wanted.connect(self._again)
            tab.close_wanted.connect(self._close_run)
            self._connect_pane(tab)
            self._add(tab, title)
        self.setCurrentWidget(tab)
        tab.path = path
        tab.run(steps, variables)
        return tab

    def leave_out(self, tab: RequestTab) -> None:
        """Take a tab away that was never used."""
        self.removeTab(self.indexOf(tab))
        tab.retire()

    def close_tab(self, number: int) -> None:
        """Close a tab; ask first where something in it is not saved."""
        tab = self.widget(number)
        if isinstance(tab, RequestTab) and tab.is_modified:
            self.setCurrentWidget(tab)
            question = UnsavedQuestion(tab.title, self)
            question.save_chosen.connect(tab.save_and_finish)
            question.discard_chosen.connect(tab.finished)
            question.open()
        elif isinstance(tab, RequestTab | RunTab):
            self._remove(tab)

    def current_pane(self) -> RequestPane:
        """The pane in front, be it of a run."""
        current = self.currentWidget()
        return current.pane if isinstance(current, RunTab) else self.current_request().pane

    def _start_request(self) -> None:
        self.new_request()
        self._focus_url()

    def _connect_pane(self, tab: RequestTab | RunTab) -> None:
        tab.tour_wanted.connect(self.tour_wanted)
        tab.cookies_wanted.connect(self.cookies_wanted)
        tab.curl_pasted.connect(self._pasted)

    def _pasted(self, text: str) -> None:
        tab = self.sender()
        self.curl_pasted.emit(tab if isinstance(tab, RequestTab) else self.new_request(), text)

    def _pages(self) -> list[QWidget]:
        pages = (self.widget(number) for number in range(self.count()))
        return [page for page in pages if page is not None]

    def _add(self, tab: QWidget, title: str, *, in_front: bool = True) -> None:
        self.addTab(tab, _cut(title))
        if in_front:
            self.setCurrentWidget(tab)
        if isinstance(tab, RequestTab):
            self._name(self.indexOf(tab), tab)
        self.arranged.emit()

    def _remove(self, tab: RequestTab | RunTab) -> None:
        self.removeTab(self.indexOf(tab))
        if isinstance(tab, RequestTab):
            self.dropped.emit(tab)
        tab.retire()
        if not self.count():
            self.new_request()
        self.arranged.emit()

    def _finished(self) -> None:
        tab = self.sender()
        if isinstance(tab, RequestTab) and self.indexOf(tab) >= 0:
            self._remove(tab)

    def _ask_for_window(self, number: int) -> None:
        tab = self.widget(number)
        if isinstance(tab, RequestTab):
            self.window_wanted.emit(tab.document())

    def _duplicate(self, number: int) -> None:
        tab = self.widget(number)
        if isinstance(tab, RequestTab):
            self.open_document(tab.document())

    def _close_others(self, number: int) -> None:
        """Close every other tab that has nothing unsaved, and nothing on its way."""
        kept = self.widget(number)
        for one in self.requests:
            if one is not kept and not one.is_modified:
                self._remove(one)
        for run in self.runs:
            if run is not kept and not run.running:
                self._remove(run)

    def _close_current(self) -> None:
        self.close_tab(self.currentIndex())

    def _close_run(self) -> None:
        tab = self.sender()
        if isinstance(tab, RunTab):
            self._remove(tab)

    def _again(self) -> None:
        self.again_wanted.emit(self.sender())

    def _settled(self) -> None:
        self.edited.emit(self.sender())

    def _rename(self) -> None:
        tab = self.sender()
        if isinstance(tab, RequestTab) and (number := self.indexOf(tab)) >= 0:
            self._name(number, tab)

    def _name(self, number: int, tab: RequestTab) -> None:
        self.setTabText(number, _label(tab))
        self.setTabToolTip(number, _about(tab))

    def add_shortcuts(self, owner: QWidget) -> None:
        """Let the keys for the tab in front work while ``owner`` is on the screen, wherever in its window one types."""
        for keys, action in (
            (shortcuts.NEW_REQUEST, self._start_request),
            (shortcuts.CLOSE_WINDOW, self._close_current),
            (shortcuts.SAVE, self._save),
            (shortcuts.SEND_REQUEST, self._send),
            (shortcuts.FOCUS_URL, self._focus_url),
        ):
            QShortcut(QKeySequence(keys), owner).activated.connect(action)

    def _save(self) -> None:
        current = self.currentWidget()
        if isinstance(current, RequestTab):
            current.save()
        else:
            self.current_pane().fault.say("A run is not saved. Open the request from its collection to change it.")

    def _send(self) -> None:
        self.current_pane().send()

    def _focus_url(self) -> None:
        self.current_pane().line.focus_url()


def _same_place(one: Origin, other: Origin) -> bool:
    """Whether these are the same request; where others have changed the file, its number may be that of another."""
    if (one.path, one.index) != (other.path, other.index):
        return False
    return one.text == other.text or name_of(one.text) == name_of(other.text)


def _label(tab: RequestTab) -> str:
    return ("• " if tab.is_marked else "") + _cut(tab.title)


def _cut(title: str) -> str:
    shown = visible(title)
    return (shown if len(shown) <= _TITLE else f"{shown[: _TITLE - 1]}…").replace("&", "&&")


def _about(tab: RequestTab) -> str:
    where = "not in a file yet" if tab.origin is None else str(tab.origin.path)
    about = visible(f"{tab.title} ({where}{', changes not saved' if tab.is_marked else ''})")
    return f"<p>{escape(about)}</p>"
