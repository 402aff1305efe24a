"""The body as GraphQL: the query, and its variables beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGroupBox, QSplitter, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.model import graphql
from desktop.explorer.model.body import BodyKind
from desktop.explorer.request_view.source_body import SourceBody
from desktop.widgets.line_lexers import Language
from desktop.widgets.variables import Provider


class GraphqlBodyPage(QWidget):
    """Two editors for one text."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query = SourceBody("GraphQL query", self)
        self.query.editor.set_language(Language.GRAPHQL)
        self.variables = SourceBody("GraphQL variables", self)
        self.variables.set_kind(BodyKind.JSON)
        self._shown = ("", "", "")
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        for title, one in (("Query", self.query), ("Variables, a JSON object", self.variables)):
            box = QGroupBox(title, self)
            inside = QVBoxLayout(box)
            inside.setContentsMargins(theme.XS, theme.XS, theme.XS, theme.XS)
            inside.addWidget(one)
            split.addWidget(box)
            one.changed.connect(self.changed)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self.setFocusProxy(self.query)

    def text(self) -> str:
        """Query and variables as they stand in a file; as they were shown while neither was changed."""
        query, variables = self.query.text(), self.variables.text()
        body, shown_query, shown_variables = self._shown
        return body if (query, variables) == (shown_query, shown_variables) else graphql.joined(query, variables)

    def show_text(self, text: str) -> None:
        """Show another query with its variables."""
        query, variables = graphql.split(text)
        self._shown = (text, query, variables)
        self.query.show_text(query)
        self.variables.show_text(variables)

    def indent(self) -> None:
        """Indent the variables."""
        self.variables.indent()

    def set_variables(self, provider: Provider) -> None:
        """Mark, complete and preview with these variables."""
        self.query.set_variables(provider)
        self.variables.set_variables(provider)
