"""A field for a secret: hidden unless it is a variable or its user wants to see it."""

import re

from PySide6.QtWidgets import QWidget

from desktop.widgets.fields.hidden_field import HiddenField
from desktop.widgets.fields.variable_field import VariableField

_VARIABLE = re.compile(r"\{\{[^{}]*\}\}")


class SecretField(HiddenField):
    """``field`` completes variables."""

    field: VariableField

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, VariableField(), parent)
        self.field.textChanged.connect(self._show)

    @property
    def is_literal(self) -> bool:
        """Whether a secret itself stands here, in place of a variable."""
        text = self.field.text()
        return bool(text) and not _VARIABLE.search(text)

    def _is_plain(self) -> bool:
        return super()._is_plain() or _VARIABLE.fullmatch(self.field.text()) is not None
