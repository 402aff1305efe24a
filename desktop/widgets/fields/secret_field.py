"""A field for a secret: hidden unless it is a variable or its user wants to see it."""

import re

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop import theme
from desktop.widgets.fields.variable_field import VariableField
from desktop.widgets.icon_button import IconButton

_VARIABLE = re.compile(r"\{\{[^{}]*\}\}")


class SecretField(QWidget):
    """``field`` holds the text, ``reveal`` shows it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = VariableField(self)
        self.field.setAccessibleName(name)
        self.reveal = IconButton("eye-outline", f"Show the {name.lower()}", self)
        self.reveal.setCheckable(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.reveal)
        self.setFocusProxy(self.field)
        self.reveal.toggled.connect(self._show)
        self.field.textChanged.connect(self._show)
        self._show()

    @property
    def is_literal(self) -> bool:
        """Whether a secret itself stands here, in place of a variable."""
        text = self.field.text()
        return bool(text) and not _VARIABLE.search(text)

    def hide_again(self) -> None:
        """Hide what was shown."""
        self.reveal.setChecked(False)

    def _show(self) -> None:
        shown = self.reveal.isChecked()
        self.reveal.show_icon("eye-off-outline" if shown else "eye-outline")
        plain = shown or _VARIABLE.fullmatch(self.field.text()) is not None
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if plain else QLineEdit.EchoMode.Password)
