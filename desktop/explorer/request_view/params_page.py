"""The parameters of a request's query and path as tables, in step with its URL."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.model.params import Param, TickedOff, changed, path_parameters, rows, with_rows
from desktop.explorer.model.request import Pair
from desktop.widgets.fields.variable_table import VariableTable
from desktop.widgets.key_value_table import Row
from desktop.widgets.variables import Provider

_PATH_ROWS = 4
"""Path parameters that are shown at once."""


class ParamsPage(QWidget):
    """``url_edited`` carries the URL that an edit in the table has made; ``changed`` follows every edit."""

    changed = Signal()
    url_edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._url = self._given_url = ""
        self._off: TickedOff = ()
        self._given: tuple[Pair, ...] = ()
        self._values: dict[str, str] = {}
        self.query = VariableTable(self)
        self.query.separator = "="
        self.query.setAccessibleName("Query parameters")
        self.path = VariableTable(self, fixed=True)
        self.path.setAccessibleName("Path parameters")
        self._path_label = QLabel("In the path, as :name or {name}; without a value they are sent as they stand.", self)
        self._path_label.setWordWrap(True)
        self._path_label.setBuddy(self.path)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.query, 1)
        layout.addWidget(self._path_label)
        layout.addWidget(self.path)
        self.setFocusProxy(self.query)
        self.query.changed.connect(self._query_edited)
        self.path.changed.connect(self._path_edited)
        self._show_path()

    @property
    def url(self) -> str:
        """The URL as it stands."""
        return self._url

    @property
    def count(self) -> int:
        """How many parameters are sent."""
        return sum(row.enabled and bool(row.source) for row in self.query.rows()) + len(self.path.rows())

    def ticked_off(self) -> TickedOff:
        """The rows of the query that are not sent."""
        return self._off

    def path_values(self) -> tuple[Pair, ...]:
        """The values of path parameters; those of names that the URL no longer has only while it is as it was shown."""
        if self._url == self._given_url and self._values == dict(self._given):
            return self._given
        names = path_parameters(self._url)
        return tuple((name, value) for name, value in self._values.items() if value and name in names)

    def show_request(self, url: str, ticked_off: TickedOff, path_values: Sequence[Pair]) -> None:
        """Show the parameters of another request."""
        self._url = self._given_url = url
        self._off, self._given, self._values = ticked_off, tuple(path_values), dict(path_values)
        self._show()

    def show_url(self, url: str) -> None:
        """Follow a URL that is typed elsewhere."""
        if url != self._url:
            self._url = url
            self._show()
            self.changed.emit()

    def set_variables(self, provider: Provider) -> None:
        """Complete, preview and check with these variables."""
        self.query.set_variables(provider)
        self.path.set_variables(provider)

    def refresh(self) -> None:
        """The values of variables have changed."""
        self.query.refresh()
        self.path.refresh()

    def commit(self) -> None:
        """Take over what is being typed into a cell."""
        self.query.commit()
        self.path.commit()

    def _query_edited(self) -> None:
        edited = tuple(changed(row.source, row.name, row.value, enabled=row.enabled) for row in self.query.rows())
        if edited == rows(self._url, self._off):
            return
        before = self._url
        self._url, self._off = with_rows(before, edited)
        self._show_query(rows(self._url, self._off))
        if self._url != before:
            self.url_edited.emit(self._url)
        self.changed.emit()

    def _path_edited(self) -> None:
        self._values |= {row.name: row.value for row in self.path.rows()}
        self.changed.emit()

    def _show(self) -> None:
        self._show_query(rows(self._url, self._off))
        self._show_path()

    def _show_query(self, params: Sequence[Param]) -> None:
        with QSignalBlocker(self.query):
            self.query.set_rows([Row(one.name, one.value, one.enabled, one.text) for one in params])

    def _show_path(self) -> None:
        names = path_parameters(self._url)
        with QSignalBlocker(self.path):
            self.path.set_rows([Row(name, self._values.get(name, "")) for name in names])
        header, height = self.path.horizontalHeader(), self.path.verticalHeader().defaultSectionSize()
        self.path.setFixedHeight(header.sizeHint().height() + height * min(len(names), _PATH_ROWS) + theme.XS)
        self.path.setVisible(bool(names))
        self._path_label.setVisible(bool(names))
