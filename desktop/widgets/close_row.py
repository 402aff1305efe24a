"""The row with which a connection is closed under a code and a reason of the user's choice."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.message_line import MessageLine
from servers.close_codes import FIRST_OWN, LAST_OWN, MEANINGS, REASON_LIMIT, check_close

_LONGEST = 9
"""Digits that are read as a number."""


def meaning(code: int) -> str:
    """What a close code that may be sent means."""
    return MEANINGS.get(code, "a code of your own")


class CloseRow(QWidget):
    """Code, reason and the button, and below them what they mean; ``chosen`` has both once they may be sent.

    ``allowed`` are the codes that may be sent besides those of one's own (RFC 6455, section 7.4).
    """

    chosen = Signal(int, str)

    def __init__(self, allowed: Collection[int], parent: QWidget) -> None:
        super().__init__(parent)
        self._allowed = allowed
        self.code = CodeBox(allowed, self)
        self.reason = QLineEdit(self, placeholderText="optional")
        self.button = QPushButton("Close connection", self)
        self.about = MessageLine(parent=self)
        self._lay_out()
        self.code.editTextChanged.connect(self._explain)
        self.reason.textChanged.connect(self._explain)
        self.button.clicked.connect(self._choose)
        for field in (self.code.line, self.reason):
            field.returnPressed.connect(self._choose)
        self._explain()

    def _lay_out(self) -> None:
        code_label, reason_label = QLabel("Co&de", self), QLabel("&Reason", self)
        code_label.setBuddy(self.code)
        reason_label.setBuddy(self.reason)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(code_label)
        row.addWidget(self.code, 1)
        row.addWidget(reason_label)
        row.addWidget(self.reason, 1)
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.XS)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.about)

    def _explain(self) -> bool:
        """Say what the code means and how long the reason is, or why they cannot be sent; return whether they can."""
        reason = self.reason.text()
        try:
            code = self.code.number()
            check_close(code, reason, self._allowed)
        except ValueError as error:
            self.about.say(str(error), fault=True)
            return False
        self.about.say(f"{code}: {meaning(code)}. The reason has {len(reason.encode())} of {REASON_LIMIT} bytes.")
        return True

    def _choose(self) -> None:
        if self._explain():
            self.chosen.emit(self.code.number(), self.reason.text())


class CodeBox(QComboBox):
    """Close codes: the ``allowed`` ones to choose with their meanings, and every other to type."""

    def __init__(self, allowed: Collection[int], parent: QWidget) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setAccessibleName("Close code")
        self.setEditable(True)
        self.setLineEdit(self.line)
        self.setCompleter(None)  # type: ignore[arg-type] # "0 removes it", say its docs
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(5)
        for code in allowed:
            self.addItem(f"{code} {MEANINGS[code]}")
        self.addItem(f"{FIRST_OWN} own codes, up to {LAST_OWN}")
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + theme.XL)
        self.currentIndexChanged.connect(self._show_start)
        self._show_start()

    def number(self) -> int:
        """The code. Raises ValueError with a sentence unless the text begins with a number."""
        first = self.currentText().strip().partition(" ")[0]
        if not (first.isascii() and first.isdecimal() and len(first) <= _LONGEST):
            raise ValueError("Type a close code such as 1000, or choose one.")
        return int(first)

    def _show_start(self) -> None:
        self.line.setCursorPosition(0)
