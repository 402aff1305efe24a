"""Where a message is written: Enter sends it, Shift+Enter starts a new line."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop import theme
from desktop.widgets.plain_text_box import PlainTextBox

_LINES = 3
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Composer(QWidget):
    """A text box and a Send button; ``submitted`` asks for sending what the box holds."""

    submitted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.box = _Box(self)
        self.send = QPushButton("Send", self)
        self.send.setToolTip("Send (Enter)")
        self.box.entered.connect(self.submitted)
        self.send.clicked.connect(self.submitted)
        layout = QHBoxLayout(self)
        layout.setSpacing(theme.S)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box, 1)
        layout.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        self.setFocusProxy(self.box)
        self._refresh_icon()

    def take(self) -> str:
        """Empty the box and return what it held."""
        text = self.box.text()
        self.box.clear()
        return text

    def put_back(self, text: str) -> None:
        """Return a text that could not be sent, before what has been typed since."""
        typed = self.box.text()
        self.box.setPlainText(f"{text}\n{typed}" if typed else text)
        self.box.moveCursor(self.box.textCursor().MoveOperation.End)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icon()

    def _refresh_icon(self) -> None:
        self.send.setIcon(theme.icon("send"))


class _Box(PlainTextBox):
    """A text box that tells of Enter instead of starting a new line."""

    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Message")
        self.setPlaceholderText("Message (Enter sends, Shift+Enter starts a new line)")
        self.setTabChangesFocus(True)
        margins = self.contentsMargins()
        frame = margins.top() + margins.bottom() + 2 * int(self.document().documentMargin())
        self.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + frame + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")  # Qt would insert U+2028
            self.ensureCursorVisible()
        else:
            self.entered.emit()
