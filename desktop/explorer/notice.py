"""A sentence beside what it is about: something is wrong, or not shown as it came."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop import theme


class Notice(QWidget):
    """An icon and a sentence; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_fault = True
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
        self.hide()

    def say(self, sentence: str, fault: bool = True) -> None:
        """Show a sentence, as a fault or as a remark; an empty one hides the notice."""
        self._is_fault = fault
        self._label.setText(sentence)
        self._label.setAccessibleName(sentence)
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
        color = scheme.failed if self._is_fault else scheme.changing
        palette = self._label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, color)
        self._label.setPalette(palette)
        name = "alert-circle" if self._is_fault else "information"
        self._icon.setPixmap(theme.icon(name, color).pixmap(16, 16))
