"""A page that scrolls, and in whose fields variables may stand."""

from PySide6.QtWidgets import QScrollArea

from desktop.widgets.fields.variable_field import VariableField
from desktop.widgets.variables import Provider


class VariablePage(QScrollArea):
    """Tells its fields about variables."""

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
