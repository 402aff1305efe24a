"""The line to search a body with: text or expression, how many places, and the way from one to the next."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from desktop import theme
from desktop.explorer.reading.finding import LIMIT, Pattern
from desktop.widgets.icon_button import IconButton

_PAUSE_MS = 200


class FindBar(QWidget):
    """``wanted`` carries what to look for as it is typed, ``moved`` 1 or -1 to go on or back."""

    wanted = Signal(Pattern)
    moved = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Find in the body")
        self.field.setAccessibleName("Find in the body")
        self.field.setClearButtonEnabled(True)
        self.case = _switch("Aa", "Match case", self)
        self.regex = _switch(".*", "Regular expression", self)
        self.count = QLabel(self)
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.back = IconButton("chevron-up", "Previous place", self, "Previous place (Shift+F3)")
        self.on = IconButton("chevron-down", "Next place", self, "Next place (F3)")
        self.leave = IconButton("close", "Close the search", self, "Close the search (Esc)")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._lay_out()
        self._connect()

    def pattern(self) -> Pattern:
        """What is typed."""
        return Pattern(self.field.text(), self.regex.isChecked(), self.case.isChecked())

    def begin(self) -> None:
        """Show the line, ready to type."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def show_count(self, current: int, found: int, whole: bool = True) -> None:
        """Say which place is shown (from 0, -1 for none) and of how many; ``whole`` once the search has ended."""
        more = "+" if found >= LIMIT else "" if whole else "…"
        if not self.field.text():
            self.say("")
        elif found:
            self.say(f"{current + 1:,} of {found:,}{more}")
        else:
            self.say("Not found" if whole else "Searching…")

    def say(self, words: str) -> None:
        """Show words in place of the count."""
        self.count.setText(words)
        self.field.setAccessibleDescription(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.moved.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self.field, 1)
        for widget in (self.case, self.regex, self.count, self.back, self.on, self.leave):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self.field.textEdited.connect(self._pause.start)
        self.field.textChanged.connect(self._cleared)
        self.case.toggled.connect(self._want)
        self.regex.toggled.connect(self._want)
        self._pause.timeout.connect(self._want)
        self.back.clicked.connect(self._go_back)
        self.on.clicked.connect(self._go_on)
        self.leave.clicked.connect(self.closed)

    def _cleared(self, text: str) -> None:
        if not text:
            self._want()

    def _want(self) -> None:
        self._pause.stop()
        self.wanted.emit(self.pattern())

    def _go_back(self) -> None:
        self.moved.emit(-1)

    def _go_on(self) -> None:
        self.moved.emit(1)


def _switch(text: str, about: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setText(text)
    button.setCheckable(True)
    button.setAutoRaise(True)
    button.setAccessibleName(about)
    button.setToolTip(about)
    return button
