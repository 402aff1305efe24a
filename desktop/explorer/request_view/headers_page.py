"""The headers of a request: those that were typed, and below them those that are added by themselves."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.model import header_names
from desktop.explorer.model.request import Header
from desktop.explorer.request_view.added import Added
from desktop.explorer.request_view.added_headers import AddedHeaders
from desktop.widgets.fields.variable_table import VariableTable
from desktop.widgets.key_value_table import Row
from desktop.widgets.variables import Provider

_CONTENT_TYPE = "Content-Type"


class HeadersPage(QWidget):
    """``changed`` follows every edit, also of what is switched off among the added headers."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = VariableTable(self, names=header_names.names, values=header_names.values)
        self.table.setAccessibleName("Request headers")
        self.added = AddedHeaders(self)
        label = QLabel("Added by Portside, unless it stands above:", self)
        label.setBuddy(self.added)
        below = QWidget(self)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.XS)
        column.addWidget(label)
        column.addWidget(self.added)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.S)
        splitter.addWidget(self.table)
        splitter.addWidget(below)
        splitter.setSizes([200, 100])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.setFocusProxy(self.table)
        self.table.changed.connect(self.changed)
        self.added.changed.connect(self.changed)

    @property
    def count(self) -> int:
        """How many of the typed headers are sent."""
        return sum(row.enabled and bool(row.name) for row in self.table.rows())

    def headers(self) -> tuple[Header, ...]:
        """The headers as typed."""
        return tuple(Header(row.name, row.value, row.enabled) for row in self.table.rows())

    def without(self) -> frozenset[str]:
        """The names of the added headers that are switched off, in lower case."""
        return self.added.without()

    def show_request(self, headers: Sequence[Header], without: frozenset[str]) -> None:
        """Show the headers of another request."""
        self.added.show_without(without)
        self.table.set_rows([Row(one.name, one.value, one.enabled) for one in headers])

    def show_added(self, rows: Sequence[Added]) -> None:
        """Show what would be added to the request as it stands."""
        self.added.show_rows(rows)

    def follow_content_type(self, before: str, now: str) -> None:
        """Put the Content-Type ``now`` in place of ``before``; what the user wrote or removed stays. Empty is none."""
        rows, own = self.table.rows(), Row(_CONTENT_TYPE, before)
        if before and own in rows:
            kept = [Row(_CONTENT_TYPE, now) if row == own else row for row in rows]
            self.table.set_rows([row for row in kept if row.value or row.name != _CONTENT_TYPE])
        elif not before and not any(row.name.strip().lower() == _CONTENT_TYPE.lower() for row in rows):
            self.table.set_rows([*rows, Row(_CONTENT_TYPE, now)])

    def set_variables(self, provider: Provider) -> None:
        """Complete, preview and check with these variables."""
        self.table.set_variables(provider)

    def refresh(self) -> None:
        """The values of variables have changed."""
        self.table.refresh()

    def commit(self) -> None:
        """Take over what is being typed into a cell."""
        self.table.commit()
