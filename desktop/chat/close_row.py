"""The row with which a connection is closed under a code and a reason of the user's choice."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from desktop import theme
from desktop.chat.closing import NORMAL, check_close

_FIRST_OTHER, _LAST = 3000, 4999


class CloseRow(QWidget):
    """Code, reason and the button; ``chosen`` has the code and the reason once a client may send them."""

    chosen = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.code = _CodeBox(self)
        self.reason = QLineEdit(self, placeholderText="optional, up to 123 bytes")
        self.button = QPushButton("Close connection", self)
        self.error = QLabel(self, wordWrap=True)
        self.error.hide()
        code_label, reason_label = QLabel("Co&de", self), QLabel("&Reason", self)
        code_label.setBuddy(self.code)
        reason_label.setBuddy(self.reason)
        layout = QHBoxLayout(self)
        layout.setSpacing(theme.S)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (code_label, self.code, reason_label):
            layout.addWidget(widget)
        layout.addWidget(self.reason, 2)
        layout.addWidget(self.error, 2)
        layout.addWidget(self.button)
        self.button.clicked.connect(self._choose)
        self.reason.returnPressed.connect(self._choose)

    def _choose(self) -> None:
        code, reason = self.code.value(), self.reason.text()
        try:
            check_close(code, reason)
        except ValueError as error:
            self.error.setText(str(error))
            self.error.show()
        else:
            self.error.hide()
            self.chosen.emit(code, reason)


class _CodeBox(QSpinBox):
    """Close codes; its arrows step over those that clients may not send."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setRange(NORMAL, _LAST)
        self.setToolTip("1000 (normal closure), or 3000 to 4999 for codes of your own")

    def stepBy(self, steps: int) -> None:  # noqa: N802 - Qt's name
        value = self.value() + steps
        if NORMAL < value < _FIRST_OTHER:
            value = _FIRST_OTHER if steps > 0 else NORMAL
        self.setValue(value)
