"""The header fields of a response: to read, to search, to copy."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.key_value_table import KeyValueTable, Row
from servers.exchange import Headers
from servers.logs import visible


class HeadersPage(QWidget):
    """A table of the fields in their order, those alone that have what is typed above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headers: Headers = ()
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText("Filter by name or value")
        self.filter.setAccessibleName("Filter the headers by name or value")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._show)
        self.count = QLabel(self)
        self.copy = QPushButton("&Copy as text", self)
        self.copy.clicked.connect(self._copy)
        self.table = KeyValueTable(self, editable=False)
        self.table.setAccessibleName("Response headers")
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.filter, 1)
        row.addWidget(self.count)
        row.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        layout.setSpacing(theme.S)
        layout.addLayout(row)
        layout.addWidget(self.table)

    def show_headers(self, headers: Headers) -> None:
        """Show the fields of a response."""
        self._headers = headers
        self._show()

    def _chosen(self) -> Headers:
        wanted = self.filter.text().lower()
        return tuple(one for one in self._headers if wanted in one[0].lower() or wanted in one[1].lower())

    def _show(self) -> None:
        chosen = self._chosen()
        self.table.set_rows([Row(name, value) for name, value in chosen])
        self.count.setText(f"{len(chosen):,} of {len(self._headers):,}" if self.filter.text() else "")

    def _copy(self) -> None:
        lines = (f"{visible(name)}: {visible(value)}" for name, value in self._chosen())
        QGuiApplication.clipboard().setText("\n".join(lines))
