"""An editor for plain text that keeps every character, and refuses what would keep the window from answering."""

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

PASTE_LIMIT = 1_000_000
"""Characters that may be pasted at once: laying out one line of so many takes half a second."""


class PlainTextBox(QPlainTextEdit):
    """``refused`` carries the sentence to show when a paste is too long; the text stays as it was."""

    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Qt looks for the ends of words in a time that grows with the square of the line: minutes for a line of 900 kB.
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)

    def text(self) -> str:
        """What was typed; toPlainText would turn no-break spaces into spaces."""
        return self.document().toRawText().replace("\u2029", "\n")

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        length = len(source.text())
        if length > PASTE_LIMIT:
            self.refused.emit(f"Not pasted: {length:,} characters are more than the {PASTE_LIMIT:,} that fit here.")
        else:
            super().insertFromMimeData(source)
