"""Asks what to do with changes that no file has."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from servers.logs import visible


class UnsavedQuestion(QMessageBox):
    """``save_chosen`` or ``discard_chosen`` follows, or nothing where the user goes on editing."""

    save_chosen = Signal()
    discard_chosen = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle("Unsaved changes")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(f"“{visible(name)}” has changes that are not saved.")
        self.save = self.addButton("&Save", QMessageBox.ButtonRole.AcceptRole)
        self.discard = self.addButton("&Discard", QMessageBox.ButtonRole.DestructiveRole)
        self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(self.save)
        self.buttonClicked.connect(self._clicked)
        self.finished.connect(self.deleteLater)

    def _clicked(self, button: QAbstractButton) -> None:
        if button is self.save:
            self.save_chosen.emit()
        elif button is self.discard:
            self.discard_chosen.emit()
