"""The body as a form: rows of names and values, or its text."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.model import form_body
from desktop.explorer.model.form_body import FormRow
from desktop.explorer.request_view.source_body import SourceBody
from desktop.widgets.fields.variable_table import VariableTable
from desktop.widgets.key_value_model import Row
from desktop.widgets.message_line import MessageLine
from desktop.widgets.variables import Provider

KEPT_HERE = "Rows that are not ticked are kept while the request is open; they are not saved."
_UNFIT = "Blanks, letters beyond ASCII and the like go out as typed; forms have them percent-encoded."


class FormBodyPage(QWidget):
    """What is typed into a cell is sent as it stands, but for ``&``, which would end it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = VariableTable(self)
        self.table.separator = "="
        self.table.setAccessibleName("Form")
        self.source = SourceBody("Form as text", self)
        self.as_text = QCheckBox("As &text", self)
        self.encode = QPushButton("&Encode them", self)
        self.remark = MessageLine((self.encode,), self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.source)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        for one in (self._stack, self.remark, self.as_text):
            layout.addWidget(one, 1 if one is self._stack else 0)
        self.setFocusProxy(self.table)
        self.table.changed.connect(self._edited)
        self.source.changed.connect(self.changed)
        self.as_text.toggled.connect(self._switch)
        self.encode.clicked.connect(self._encode)

    def text(self) -> str:
        """The form as it stands in a file."""
        if self.as_text.isChecked():
            return self.source.text()
        return form_body.text(tuple(_form_row(row) for row in self.table.rows()))

    def show_text(self, text: str) -> None:
        """Show another form."""
        self.source.show_text(text if self.as_text.isChecked() else "")
        self.table.set_rows([_table_row(row) for row in form_body.rows(text)])

    def set_variables(self, provider: Provider) -> None:
        """Mark, complete and preview with these variables."""
        self.table.set_variables(provider)
        self.source.set_variables(provider)

    def commit(self) -> None:
        """Take over what is being typed into a cell."""
        self.table.commit()

    def _switch(self, as_text: bool) -> None:
        """Show the same form the other way; rows that are ticked off stay where no other has been changed."""
        rows = tuple(_form_row(row) for row in self.table.rows())
        if as_text:
            self.source.show_text(form_body.text(rows))
        elif self.source.text() != form_body.text(rows):
            self.table.set_rows([_table_row(row) for row in form_body.rows(self.source.text())])
        self._stack.setCurrentIndex(int(as_text))
        self.setFocusProxy(self.source if as_text else self.table)
        self._say()

    def _encode(self) -> None:
        rows = (form_body.encoded(_form_row(row)) for row in self.table.rows())
        self.table.set_rows([_table_row(row) for row in rows])

    def _edited(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        rows = self.table.rows()
        if self.as_text.isChecked():
            self.remark.say("")
        elif not all(form_body.is_fit(row.name) and form_body.is_fit(row.value) for row in rows if row.enabled):
            self.remark.say(_UNFIT, buttons=[self.encode])
        else:
            self.remark.say(KEPT_HERE if any(not row.enabled for row in rows) else "")


def _table_row(row: FormRow) -> Row:
    """A row of the table; its source is what stood around it in the text, and whether it had an equals sign."""
    return Row(row.name, row.value, row.enabled, f"{row.before}{'=' if row.equals else '-'}{row.after}")


def _form_row(row: Row) -> FormRow:
    """The row with the arrangement that it had in the text; a new one has its equals sign."""
    equals = "-" not in row.source
    before, _, after = row.source.partition("=" if equals else "-")
    return FormRow(row.name, row.value, row.enabled, equals, before, after)
