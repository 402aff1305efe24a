"""A table of names and values with variables: completed and marked in its cells."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.widgets.fields.previews import remark
from desktop.widgets.fields.variable_field import ValueWords, VariableField, Words
from desktop.widgets.key_value_model import NAME, VALUE, Remark
from desktop.widgets.key_value_table import KeyValueTable
from desktop.widgets.variables import Provider

_NOTHING = Remark()
_MOST = 1000
"""Texts whose remarks are remembered."""


class VariableTable(KeyValueTable):
    """``names`` offers names while they are typed, ``values`` what fits the name in the row."""

    def __init__(
        self, parent: QWidget, *, fixed: bool = False, names: Words | None = None, values: ValueWords | None = None
    ) -> None:
        super().__init__(parent, fixed=fixed)
        self._provider: Provider | None = None
        self._names, self._values = names, values
        self._remarks: dict[str, Remark] = {}
        self.set_editor(NAME, self._make_name)
        self.set_editor(VALUE, self._make_value)

    def set_variables(self, provider: Provider) -> None:
        """Complete, preview and check with these variables."""
        self._provider = provider
        self.refresh()
        self.set_remarks(self._remark)

    def refresh(self) -> None:
        """The values of variables have changed."""
        self._remarks.clear()
        self.pairs.repaint()

    def _remark(self, text: str) -> Remark:
        """Remembered, because painting asks again and again and the values may be read from files."""
        if "{{" not in text:
            return _NOTHING
        if text not in self._remarks:
            if len(self._remarks) > _MOST:
                self._remarks.clear()
            self._remarks[text] = remark(text, self._provider)
        return self._remarks[text]

    def _make_name(self, parent: QWidget, name: str) -> QLineEdit:
        return self._field(parent, self._names)

    def _make_value(self, parent: QWidget, name: str) -> QLineEdit:
        return self._field(parent, None if self._values is None else partial(self._values, name))

    def _field(self, parent: QWidget, words: Words | None) -> QLineEdit:
        field = VariableField(parent, words)
        if self._provider is not None:
            field.set_variables(self._provider)
        return field
