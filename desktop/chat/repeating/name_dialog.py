"""Asks for the name under which a message is saved."""

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.chat.repeating.saved import NAME_LIMIT, NotSaved
from desktop.widgets.message_line import MessageLine


class NameDialog(QDialog):
    """Offers ``name``, and says which names are ``taken``. It stays open until ``save`` raises no NotSaved."""

    def __init__(self, name: str, taken: Collection[str], save: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Save this message")
        self._taken = taken
        self._save = save
        self.name = QLineEdit(name, self, maxLength=NAME_LIMIT)
        self.message = MessageLine(parent=self)
        self.ok, self.cancel = QPushButton("&Save", self), QPushButton("Cancel", self)
        self._lay_out()
        self.ok.setDefault(True)
        self.ok.clicked.connect(self._try)
        self.cancel.clicked.connect(self.reject)
        self.name.textChanged.connect(self._follow)
        self._follow(name)
        self.name.selectAll()

    def _follow(self, name: str) -> None:
        """Say what the button will do."""
        replaces = name.strip() in self._taken
        self.ok.setText("&Replace" if replaces else "&Save")
        self.ok.setEnabled(bool(name.strip()))
        self.message.say("There is a message of this name, which is replaced." if replaces else "")

    def _try(self) -> None:
        try:
            self._save(self.name.text())
        except NotSaved as fault:
            self.message.say(str(fault), fault=True)
        else:
            self.accept()

    def _lay_out(self) -> None:
        label = QLabel("&Name", self)
        label.setBuddy(self.name)
        row, buttons = QHBoxLayout(), QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.name, 1)
        buttons.addStretch()
        buttons.addWidget(self.ok)
        buttons.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        layout.setSpacing(theme.S)
        layout.addLayout(row)
        layout.addWidget(self.message)
        layout.addStretch()
        layout.addLayout(buttons)
        self.setMinimumWidth(theme.XL * 14)
