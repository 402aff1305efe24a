"""Asks before an environment goes out of its files."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from desktop.widgets.tips import shortened


class DeleteQuestion(QMessageBox):
    """``delete_chosen`` carries the name of the environment; nothing follows where it is to stay."""

    delete_chosen = Signal(str)

    def __init__(self, name: str, count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle("Delete an environment")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(f"Delete the environment “{shortened(name)}”?")
        variables = {0: "It has no variables.", 1: "Its variable is deleted with it."}
        self.setInformativeText(variables.get(count, f"Its {count} variables are deleted with it."))
        self.delete = self.addButton("&Delete", QMessageBox.ButtonRole.DestructiveRole)
        self.setDefaultButton(self.addButton(QMessageBox.StandardButton.Cancel))
        self.buttonClicked.connect(self._clicked)
        self.finished.connect(self.deleteLater)

    def _clicked(self, button: QAbstractButton) -> None:
        if button is self.delete:
            self.delete_chosen.emit(self._name)
