"""The body in parts: fields and files, with content type and file name of each."""

import mimetypes
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.explorer.model.body_files import FileLine
from desktop.explorer.model.multipart import MimeText, boundary_in, new_boundary, parse
from desktop.explorer.model.part_rows import PartRow, rows, with_rows
from desktop.explorer.model.prepared import InvalidRequest
from desktop.explorer.request_view.form_body_page import KEPT_HERE
from desktop.explorer.request_view.source_body import SourceBody
from desktop.widgets.fields.variable_table import VariableTable
from desktop.widgets.key_value_model import Row
from desktop.widgets.message_line import MessageLine
from desktop.widgets.variables import Provider

_HINT = "A value such as “< ./photo.png” sends that file."


class MultipartBodyPage(QWidget):
    """A table of parts, and below it what else there is to say about the current one.

    A text that cannot be read as parts is shown as it is. ``boundary`` is the word between the parts.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boundary = new_boundary()
        self._text = MimeText(())
        self._parts: dict[str, PartRow] = {}
        self._showing = False
        self.table = VariableTable(self)
        self.table.setAccessibleName("Parts")
        self.content_type = QLineEdit(self)
        self.content_type.setPlaceholderText("text/plain, unless said")
        self.file_name = QLineEdit(self)
        self.file_name.setPlaceholderText("none")
        self.choose = QPushButton("Choose a &file…", self)
        self.remark = MessageLine(parent=self)
        self.source = SourceBody("Parts as text", self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self._show_details()

    def text(self) -> str:
        """The parts as they stand in a file."""
        if self._stack.currentWidget() is self.source:
            return self.source.text()
        parts = [self._part(row) for row in self.table.rows()]
        if not any(part.enabled for part in parts) and not self._text.parts:
            return ""
        return str(with_rows(self._text, parts, self.boundary))

    def show_text(self, text: str) -> None:
        """Show other parts."""
        self._showing = True
        self._parts.clear()
        try:
            self.boundary = boundary_in(text) or new_boundary()
            self._text = parse(text, self.boundary) if text.strip() else MimeText(())
        except InvalidRequest as error:
            self.source.show_text(text)
            self.remark.say(error.sentence, fault=True)
            self._stack.setCurrentWidget(self.source)
            self.setFocusProxy(self.source)
        else:
            self.table.set_rows([self._row(part) for part in rows(self._text)])
            self._stack.setCurrentIndex(0)
            self.setFocusProxy(self.table)
            self._say()
        self._showing = False

    def set_variables(self, provider: Provider) -> None:
        """Mark, complete and preview with these variables."""
        self.table.set_variables(provider)
        self.source.set_variables(provider)

    def commit(self) -> None:
        """Take over what is being typed into a cell."""
        self.table.commit()

    def put_file(self, path: str) -> None:
        """Let the current part be this file, or a new one."""
        number = self.table.currentIndex().row()
        all_rows = list(self.table.rows())
        if not 0 <= number < len(all_rows):
            number = len(all_rows)
            all_rows.append(Row("file", ""))
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        part = replace(
            self._part(all_rows[number]), value=str(FileLine(path)), content_type=kind, file_name=Path(path).name
        )
        all_rows[number] = self._row(part)
        self.table.set_rows(all_rows)
        self.table.setCurrentIndex(self.table.pairs.index(number, 0))
        self._show_details()

    def _row(self, part: PartRow) -> Row:
        key = str(len(self._parts))
        self._parts[key] = part
        return Row(part.name, part.value, part.enabled, key)

    def _part(self, row: Row) -> PartRow:
        known = self._parts.get(row.source, PartRow())
        return replace(known, name=row.name, value=row.value, enabled=row.enabled)

    def _edit_details(self) -> None:
        number = self.table.currentIndex().row()
        all_rows = list(self.table.rows())
        if self._showing or not 0 <= number < len(all_rows):
            return
        part = self._part(all_rows[number])
        all_rows[number] = self._row(
            replace(part, content_type=self.content_type.text(), file_name=self.file_name.text())
        )
        self.table.set_rows(all_rows)

    def _show_details(self) -> None:
        number = self.table.currentIndex().row()
        exists = 0 <= number < len(self.table.rows())
        part = self._part(self.table.rows()[number]) if exists else PartRow()
        was_showing, self._showing = self._showing, True
        for field, text in ((self.content_type, part.content_type), (self.file_name, part.file_name)):
            if field.text() != text:
                field.setText(text)
            field.setEnabled(exists)
        self._showing = was_showing

    def _edited(self) -> None:
        self._show_details()
        self._say()
        if not self._showing:
            self.changed.emit()

    def _say(self) -> None:
        self.remark.say(KEPT_HERE if any(not row.enabled for row in self.table.rows()) else _HINT)

    def _open(self) -> None:
        dialog = QFileDialog(self, "Choose a file to send")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.put_file)
        dialog.open()

    def _lay_out(self) -> None:
        details = QFormLayout()
        details.setSpacing(theme.XS)
        details.addRow("Content &type of the part", self.content_type)
        details.addRow("File &name", self.file_name)
        details.addRow("", self.choose)
        self.choose.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        page = QWidget(self)
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.XS)
        inside.addWidget(self.table, 1)
        inside.addLayout(details)
        self._stack.addWidget(page)
        self._stack.addWidget(self.source)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.remark)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.table.changed.connect(self._edited)
        self.table.selectionModel().currentChanged.connect(self._show_details)
        self.content_type.textEdited.connect(self._edit_details)
        self.file_name.textEdited.connect(self._edit_details)
        self.choose.clicked.connect(self._open)
        self.source.changed.connect(self.changed)
