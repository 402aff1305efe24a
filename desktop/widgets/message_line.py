"""A sentence beside what it is about: what is wrong or has happened, with the buttons that answer it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from desktop import theme


class MessageLine(QWidget):
    """An icon and a sentence, then those of its ``buttons`` that fit what is said; hidden with nothing to say."""

    def __init__(self, buttons: Sequence[QPushButton] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = buttons
        self._is_fault = False
        self._icon = QLabel(self)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._label, 1)
        for button in buttons:
            layout.addWidget(button)
        self.hide()

    def say(self, sentence: str, *, fault: bool = False, buttons: Sequence[QPushButton] = ()) -> None:
        """Show a sentence, as a fault or a remark, and these of the buttons; an empty one hides the line."""
        self._is_fault = fault
        self._label.setText(sentence)
        self._label.setAccessibleName(sentence)
        for button in self._buttons:
            button.setVisible(button in buttons)
        if sentence:
            self._recolor()
        self.setVisible(bool(sentence))

    def text(self) -> str:
        """The sentence that is shown."""
        return self._label.text()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_label"):
            self._recolor()

    def _recolor(self) -> None:
        scheme = theme.colors()
        color = scheme.failed if self._is_fault else scheme.text
        palette = self._label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, color)
        self._label.setPalette(palette)
        name = "alert-circle" if self._is_fault else "information"
        self._icon.setPixmap(theme.icon(name, color).pixmap(16, 16))
