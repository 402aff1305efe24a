"""A page that scrolls, and in whose fields variables may stand."""

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.fields.variable_field import VariableField
from desktop.widgets.variables import Provider

_WIDEST = 720  # pixels, beyond which a label is far from what stands beside it


class VariablePage(QScrollArea):
    """Tells its fields about variables. What is laid out in ``column`` scrolls, and is not wider than can be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget(self)
        inner.setMaximumWidth(_WIDEST)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, theme.S, 0)
        self.column.setSpacing(theme.S)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def set_variables(self, provider: Provider) -> None:
        """Complete, preview and check with these variables."""
        for field in self._texts():
            field.set_variables(provider)

    def refresh(self) -> None:
        """The values of variables have changed."""
        for field in self._texts():
            field.refresh()

    def _texts(self) -> list[VariableField]:
        return self.findChildren(VariableField)
