"""The documents of one collection: the table, the buttons of what can be done to it, the form for a new one."""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.server_panels.data.cell_writer import CellWriter
from desktop.server_panels.data.loading import Loader, Question
from desktop.server_panels.data.model import MAX_COLUMNS
from desktop.server_panels.data.new_document import NewDocumentForm
from desktop.server_panels.data.remover import Remover
from desktop.server_panels.data.table import DocumentTable
from desktop.tasks import TaskSet
from servers.guard import Refusal
from servers.logs import visible
from servers.rest.strict_json import Json

if TYPE_CHECKING:
    from servers.rest.definition import Definition
    from servers.rest.service import Service

_READ_ONLY = "Read-only is on. Switch it off to change documents."


class DocumentPane(QWidget):
    """Shows those documents of a collection that contain a text; edits, adds and deletes them through the service."""

    def __init__(self, tasks: TaskSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forms: list[NewDocumentForm] = []
        self._definition: Definition | None = None
        self._read_only = self._added = False
        self._filter = ""
        self._found: int | None = None
        self._total: int | None = None
        self.table = DocumentTable(self)
        self.writer = CellWriter(self.table)
        self.message = self.writer.message
        self.loader = Loader(self.table, tasks)
        self.remover = Remover(self.table, self.loader, self.message, tasks)
        self._make_widgets()
        self._lay_out()
        self._recolor()

    @property
    def form(self) -> NewDocumentForm | None:
        """The open form for a new document of the collection that is shown; every collection may have one."""
        return next((form for form in self._forms if form.definition == self._definition), None)

    def serve(self, service: "Service | None") -> None:
        """Write to this service from now on; None when it has ended."""
        self.writer.service = self.remover.service = service
        self._show_possible()
        if service is None:
            self.loader.ask(None)

    def forget(self) -> None:
        """Other data is served: what was deleted or refused before does not belong to it."""
        self.table.documents.drafts.clear()
        self.remover.forget()

    def show_collection(self, definition: "Definition") -> None:
        """Show another collection from its beginning; ``ask`` fills it."""
        self.table.finish_editing()
        self._definition = definition
        self._found = self._total = None
        self.writer.settled()
        for form in self._forms:
            form.setVisible(form is self.form)
        self.table.setAccessibleName(f"Documents of {visible(definition.name)}")
        self.table.documents.show(definition)
        self._lock()

    def ask(self, text: str) -> None:
        """Show the documents that contain this text, all if it is empty."""
        service, definition = self.writer.service, self._definition
        if service is not None and definition is not None:
            self._filter = text
            self.table.finish_editing()
            self.table.scrollToTop()
            self._show_hint()
            self.loader.ask(Question(service, definition.name, text))

    def show_total(self, total: int | None) -> None:
        """Say how many documents the collection has, whatever is filtered."""
        self._total = total
        self._show_figures()

    def set_read_only(self, read_only: bool) -> None:
        """Heed that nothing may be changed, and say so."""
        self._read_only = read_only
        self._lock()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "undo"):
            self._recolor()

    def _make_widgets(self) -> None:
        self._lock_icon = QLabel(self)
        self.why_locked = QLabel(self)
        self.why_locked.setWordWrap(True)
        self.why_locked.setTextFormat(Qt.TextFormat.PlainText)
        self.figures = QLabel(self)
        self.figures.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.figures.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.add = QPushButton("&Add…", self)
        self.delete = QPushButton("D&elete", self)
        self.delete.setToolTip("Delete the selected documents (Delete)")
        self.undo = QPushButton("Undo delete", self)
        self.undo.setToolTip("Put back what was deleted last, with the same ids (Ctrl+Z)")
        self.add.clicked.connect(self._open_form)
        self.delete.clicked.connect(self.remover.delete_selected)
        self.undo.clicked.connect(self.remover.put_back)
        self.remover.changed.connect(self._show_possible)
        self.loader.found.connect(self._show_found)
        self.loader.failed.connect(self._show_failure)

    def _lay_out(self) -> None:
        why = QHBoxLayout()
        why.setSpacing(theme.S)
        why.addWidget(self._lock_icon)
        why.addWidget(self.why_locked, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addWidget(self.figures, 1)
        for button in (self.add, self.delete, self.undo):
            buttons.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S)
        self._column.addLayout(why)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.message)
        self._column.addLayout(buttons)

    def _lock(self) -> None:
        """Let cells be edited, or say why not."""
        protected = "" if self._definition is None else self._definition.protected
        why = protected or (_READ_ONLY if self._read_only else "")
        self.table.documents.locked = bool(why)
        self.writer.why_not = self.remover.why_not = why
        self.why_locked.setText(why)
        self.why_locked.setVisible(bool(why))
        self._lock_icon.setVisible(bool(why))
        self._show_hint()
        self._show_possible()

    def _show_hint(self) -> None:
        """Say in an empty table why it is empty, and what to do about it."""
        if self._filter:
            self.table.hint = f"No document contains “{visible(self._filter)}”."
        elif self._definition is None or self.remover.why_not:
            self.table.hint = "There are no documents here yet."
        else:
            place = visible(self._definition.name)
            self.table.hint = f"Press Add… to make the first document, or POST one to /{place}."
        self.table.viewport().update()

    def _show_possible(self) -> None:
        self.add.setEnabled(not self.remover.why_not)
        self.delete.setEnabled(self.remover.can_delete)
        self.undo.setEnabled(self.remover.can_put_back)

    def _show_found(self, found: int) -> None:
        self._found = found
        self._show_figures()
        self._show_possible()  # selected documents may be gone
        if self._added:
            self._added = False
            self.table.scrollToBottom()

    def _show_figures(self) -> None:
        if self._found is None:
            self.figures.setText("")
            return
        of = f"{self._found:,} of {self._total:,}" if self._filter and self._total is not None else f"{self._found:,}"
        cut = f", {MAX_COLUMNS} of their members" if len(self.table.documents.columns) == MAX_COLUMNS else ""
        self.figures.setText(f"{of} document{'' if self._found == 1 and not self._filter else 's'}{cut}")

    def _show_failure(self, sentence: str) -> None:
        self.message.say(f"The documents cannot be read: {sentence}", fault=True)

    def _open_form(self) -> None:
        if self.form is None and self._definition is not None:
            self._forms.append(self._new_form(self._definition))
        if self.form is not None:
            self.form.focus_first()

    def _new_form(self, definition: "Definition") -> NewDocumentForm:
        form = NewDocumentForm(definition, self._create, self)
        form.closed.connect(self._close_form)
        self._column.addWidget(form)
        for before, after in pairwise((self.add, *form.in_tab_order)):
            QWidget.setTabOrder(before, after)
        form.show()
        return form

    def _close_form(self) -> None:
        form, focus = self.form, self.focusWidget()
        if form is not None:
            had_focus = focus is not None and form.isAncestorOf(focus)
            form.hide()
            form.deleteLater()
            self._forms.remove(form)
            if had_focus:
                self.add.setFocus()

    def _create(self, members: dict[str, Json]) -> None:
        """Store a new document. May raise EXPECTED."""
        service, collection = self.writer.service, self.table.documents.collection
        if self.remover.why_not:
            raise Refusal(403, self.remover.why_not)
        if service is None:
            raise Refusal(503, "The server has stopped: start it to store this.")
        row = service.create(collection, members)
        self._added = not self._filter
        self.message.say(f"Added {visible(collection)} {visible(row.key)}.")

    def _recolor(self) -> None:
        self._lock_icon.setPixmap(theme.icon("lock").pixmap(16, 16))
        for button, name in ((self.add, "plus"), (self.delete, "delete-outline"), (self.undo, "undo")):
            button.setIcon(theme.icon(name))
