"""Stores what is typed into cells, and settles with the user what a client has changed meanwhile."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from desktop.server_panels.data.editing import EXPECTED, Conflict, Edit, commit, sentence
from desktop.server_panels.data.records import Record
from desktop.server_panels.data.table import DocumentTable
from desktop.widgets.message_line import MessageLine

if TYPE_CHECKING:
    from servers.rest.service import Service


class CellWriter(QObject):
    """Writes the edits of a table to ``service``; what is refused it says in its ``message`` line.

    ``why_not`` is why nothing may be written now; empty where it may.
    """

    def __init__(self, table: DocumentTable) -> None:
        super().__init__(table)
        self.service: Service | None = None
        self.why_not = ""
        self.overwrite = QPushButton("Over&write")
        self.take_theirs = QPushButton("Take t&heirs")
        self.message = MessageLine((self.overwrite, self.take_theirs), table.parentWidget())
        self.message.setMinimumWidth(1)  # what was typed may be one long word; the window must not grow with it
        self._table = table
        self._conflict: Conflict | None = None
        table.store = self.store
        table.reverted.connect(self.settled)
        self.overwrite.clicked.connect(self._overwrite)
        self.take_theirs.clicked.connect(self._take_theirs)

    def store(self, edit: Edit, *, overwrite: bool = False) -> str:
        """Store an edit; returns why it is refused, empty if it is not.

        The message is exchanged once, at the end: a click on a button there takes the focus from the editor, which
        stores its text again, and the button must not vanish under the mouse.
        """
        self._conflict = None
        if self.why_not:
            return self._refuse(self.why_not)
        if self.service is None:
            return self._refuse("The server has stopped: start it to store this.")
        try:
            row = commit(self.service, edit, overwrite=overwrite)
        except Conflict as conflict:
            return self._ask(conflict)
        except EXPECTED as refusal:
            return self._refuse(sentence(refusal))
        self._table.documents.put(Record(row, row.document()))
        self.settled()
        return ""

    def settled(self) -> None:
        """There is nothing left to decide or to say."""
        self._conflict = None
        self.message.say("")

    def _ask(self, conflict: Conflict) -> str:
        self._conflict = conflict
        self.overwrite.setText("Create it again" if conflict.gone else "Over&write")
        self.message.say(str(conflict), fault=True, buttons=(self.overwrite, self.take_theirs))
        return str(conflict)

    def _refuse(self, fault: str) -> str:
        self.message.say(fault, fault=True)
        return fault

    def _overwrite(self) -> None:
        if self._conflict is not None:
            edit = self._conflict.edit
            if not self.store(edit, overwrite=True):
                self._drop(edit)

    def _take_theirs(self) -> None:
        if self._conflict is not None:
            self._drop(self._conflict.edit)

    def _drop(self, edit: Edit) -> None:
        self.settled()
        self._table.drop(edit.cell)
        self._table.setFocus()
