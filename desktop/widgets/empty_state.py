"""What is seen where there is nothing yet: words in the middle, with a picture and the buttons that lead on."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme

_PICTURE = 48  # pixels
_TITLE = 1.3  # times as large as other text


class Hint(QLabel):
    """A plain sentence or two in the middle."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)


class EmptyState(QWidget):
    """A picture by its Material Design name, a ``title`` that is hidden while it is empty, a ``text`` and buttons."""

    def __init__(self, picture: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = picture
        self._icons: list[tuple[QPushButton, str]] = []
        self.picture, self.title, self.text = Hint(parent=self), Hint(parent=self), Hint(text, self)
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * _TITLE)
        self.title.setFont(font)
        self.title.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(theme.M)
        self._layout.addStretch()
        for label in (self.picture, self.title, self.text):
            self._layout.addWidget(label)
        self._layout.addStretch()
        self._recolor()

    def say(self, title: str, text: str) -> None:
        """Show other words."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.text.setText(text)

    def add_button(self, words: str, icon: str = "") -> QPushButton:
        """A further button below the others."""
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        if icon:
            self._icons.append((button, icon))
        self._layout.insertWidget(self._layout.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._recolor()
        return button

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_layout"):
            self._recolor()

    def _recolor(self) -> None:
        self.picture.setPixmap(theme.icon(self._name, theme.colors().muted).pixmap(_PICTURE, _PICTURE))
        for button, icon in self._icons:
            button.setIcon(theme.icon(icon))
