"""Asks for the values that a request wants to be told each time it is sent (`# @prompt name description`)."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop import theme
from servers.logs import visible

_SECRET_WORDS = ("password", "secret", "token", "key")


def secret_answers(answers: Mapping[str, str]) -> frozenset[str]:
    """Those of the values that are nobody else's business, by the names they are asked for with."""
    return frozenset(value for name, value in answers.items() if value and _is_secret(name))


class PromptDialog(QDialog):
    """One field a prompt, given as name and description. ``answered`` carries the values by name."""

    answered = Signal(dict)

    def __init__(self, prompts: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Before this request is sent")
        self.fields = {name: QLineEdit(self) for name, _ in prompts}
        form = QFormLayout()
        form.setSpacing(theme.S)
        for name, about in prompts:
            field = self.fields[name]
            field.setAccessibleName(visible(name))
            field.setMinimumWidth(280)
            if _is_secret(name):
                field.setEchoMode(QLineEdit.EchoMode.Password)
            label = QLabel(visible(about or name), self, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
            form.addRow(label, field)
        buttons = QDialogButtonBox(self)
        buttons.addButton("Send", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self.accepted.connect(self._answer)
        self.finished.connect(self.deleteLater)

    def _answer(self) -> None:
        self.answered.emit({name: field.text() for name, field in self.fields.items()})


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in _SECRET_WORDS)
