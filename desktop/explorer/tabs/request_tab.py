"""A request in a tab or a window of its own: what is typed, what of it is not saved, and the pane that edits it."""

import asyncio
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.http_files.faults import same
from desktop.explorer.model.request import Request
from desktop.explorer.request_view.pane import FIRST_REQUEST, RequestPane
from desktop.explorer.session import Session, Spot
from desktop.explorer.tabs.copy_menu import CopyMenu
from desktop.explorer.tabs.document import Document
from desktop.explorer.tabs.drafts import new_key
from desktop.explorer.tabs.upkeep import Upkeep
from desktop.explorer.workspace.origin import Origin
from desktop.tasks import TaskSet

_SETTLED = 400  # ms after the last keystroke


class RequestTab(QWidget):
    """``roots`` are the folders that are open. The pane is made when it is first looked at: it takes its time.

    ``settled`` follows edits when typing pauses, and every change of the request's place. ``saved`` carries the place
    from which the request was saved (None for a new one) and the place where it is now. ``finished`` asks for the end
    of the tab. ``is_marked`` is what ``is_modified`` was when it was last looked at.
    """

    settled = Signal()
    saved = Signal(object, object)
    finished = Signal()
    title_changed = Signal()
    curl_pasted = Signal(str)
    tour_wanted = Signal()
    cookies_wanted = Signal()

    def __init__(self, session: Session, tasks: TaskSet, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = new_key()
        self.roots: tuple[Path, ...] = ()
        self.is_marked = False
        self._session = session
        self._tasks = tasks
        self._document = document
        self._saved = document.saved
        self._is_gone = False
        self._pane: RequestPane | None = None
        self._copy_menu: CopyMenu | None = None
        self.upkeep = Upkeep(self, tasks)
        self.notice = self.upkeep.notice
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED)
        self._timer.timeout.connect(self._settle)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        self._layout.setSpacing(theme.S)
        self._layout.addWidget(self.notice)
        self.is_marked = self.is_modified

    @property
    def pane(self) -> RequestPane:
        """The fields and the response."""
        if self._pane is None:
            self._pane = self._made_pane()
        return self._pane

    @property
    def copy_menu(self) -> CopyMenu:
        """The buttons behind Send."""
        if self._copy_menu is None:
            self._copy_menu = CopyMenu(self._resolved, self._typed, self)
        return self._copy_menu

    @property
    def is_modified(self) -> bool:
        """Whether something is typed that no file has."""
        if self.origin is None and same(self.request(), FIRST_REQUEST):
            return False
        return self._is_gone or not same(self.request(), self._saved)

    def take_as_it_is(self) -> None:
        """The request is kept elsewhere as it stands, such as in the history: it asks for nothing when it is closed."""
        self._saved = self.request()
        self.title_changed.emit()

    @property
    def origin(self) -> Origin | None:
        """The request's place in a file."""
        return self._document.origin

    @property
    def on_file(self) -> Request:
        """The request as its file has it."""
        return self._saved

    @property
    def title(self) -> str:
        """What the tab is called."""
        return self.document().name

    def request(self) -> Request:
        """The request as typed."""
        return self._document.request if self._pane is None else self._pane.request()

    def document(self) -> Document:
        """The document as it is typed."""
        return replace(self._document, request=self.request())

    def show_document(self, document: Document) -> None:
        """Show what a file has in place of what is typed."""
        self._document = document
        if self._pane is not None:
            self._pane.show_request(document.request)
        self.rebase(document)

    def rebase(self, document: Document) -> None:
        """What is typed belongs to this document from now on."""
        self._document = replace(document, request=self.request())
        self._saved = document.saved
        self._is_gone = False
        self._place()
        self._settle()

    def lose_place(self) -> None:
        """The file has the request no more: here is the only one."""
        self._is_gone = True
        self._settle()

    def set_roots(self, roots: tuple[Path, ...]) -> None:
        """Other folders are open."""
        self.roots = roots
        self._place()

    def refresh_variables(self) -> None:
        """The environment has changed; a tab behind others follows when it comes to the front."""
        if self._pane is not None and self.isVisible():
            self._pane.refresh_variables()

    def save(self) -> None:
        """Write the request into its file; ask for one where it has none."""
        self.upkeep.save()

    def save_and_finish(self) -> None:
        """Write the request into its file; ``finished`` follows if that went well."""
        self.upkeep.save(finish=True)

    def file_changed(self) -> None:
        """The file of this request may have changed on the disk."""
        self.upkeep.look_again()

    def stop(self) -> None:
        """Tell of no more edits."""
        self._timer.stop()
        self.blockSignals(True)

    def retire(self) -> None:
        """Go for good, as soon as nothing is on its way any more that would come back here."""
        self.stop()
        self.hide()
        self._tasks.spawn(self._retire(), name="closing a request")

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        self.pane.refresh_variables()
        super().showEvent(event)

    async def _retire(self) -> None:
        try:
            if self._pane is not None:
                await self._pane.end()
            await asyncio.shield(self.upkeep.ended())
        finally:
            self.deleteLater()

    def _made_pane(self) -> RequestPane:
        pane = RequestPane(self._session, self._tasks, self)
        pane.show_request(self._document.request)
        for button in self.copy_menu.buttons:
            pane.line.add_button(button)
        pane.belong(*self._spot())
        pane.changed.connect(self._timer.start)
        pane.line.pasted.connect(self.curl_pasted)
        pane.tour_wanted.connect(self.tour_wanted)
        pane.editor.cookies_wanted.connect(self.cookies_wanted)
        self.copy_menu.save_button.clicked.connect(self.save)
        self._layout.addWidget(pane, 1)
        if self.isVisible():
            pane.show()  # at once, not when the loop comes round: there is no empty tab to be seen
            self._layout.activate()
        return pane

    def _place(self) -> None:
        """Tell the pane where the request belongs."""
        if self._pane is not None:
            self._pane.belong(*self._spot())

    def _spot(self) -> tuple[Spot, tuple[tuple[str, str], ...]]:
        origin, part = self._document.origin, self._document.part
        if origin is None or part is None:
            return Spot(), ()
        root = next((one for one in self.roots if origin.path.is_relative_to(one)), origin.path.parent)
        return Spot(origin.path, root, part.name), part.prompts

    def _resolved(self) -> Request:
        return self._session.resolved(self.request(), self.pane.spot)

    def _typed(self) -> Request:
        return self._session.with_auth(self.request(), self.pane.spot)

    def _settle(self) -> None:
        self.is_marked = self.is_modified
        self.title_changed.emit()
        self.settled.emit()
