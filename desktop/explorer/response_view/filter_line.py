"""The line to select a part of a body with: a JSONPath or an XPath."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop import theme
from desktop.explorer.reading.formats import Format
from desktop.widgets.icon_button import IconButton


class FilterLine(QWidget):
    """``wanted`` carries the expression when it is entered; ``closed`` asks for the whole body again."""

    wanted = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = QLabel(self)
        self.field = QLineEdit(self)
        self.field.setFont(theme.mono_font())
        self.field.returnPressed.connect(self._enter)
        self._word.setBuddy(self.field)
        self.count = QLabel(self)
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.leave = IconButton("close", "Show the whole body", self, "Show the whole body (Esc)")
        self.leave.clicked.connect(self.closed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self._word)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.count)
        layout.addWidget(self.leave)

    def show_language(self, kind: Format) -> None:
        """Ask in the language that a format is queried in."""
        is_json = kind in (Format.JSON, Format.NDJSON)
        self._word.setText("JSONPath" if is_json else "XPath")
        self.field.setAccessibleName(self._word.text())
        self.field.setPlaceholderText("$..name" if is_json else "//item/@id")

    def begin(self) -> None:
        """Show the line, ready to type."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def say(self, words: str) -> None:
        """Show how many values were selected, or that it goes on."""
        self.count.setText(words)
        self.field.setAccessibleDescription(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if text := self.field.text().strip():
            self.wanted.emit(text)
