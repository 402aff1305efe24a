"""A button with an icon that follows the colours of the theme."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QToolButton, QWidget

from desktop import theme


class IconButton(QToolButton):
    """An icon by its Material Design name; ``about`` is its accessible name, and the tooltip unless that says more."""

    def __init__(self, icon: str, about: str, parent: QWidget, tip: str = "") -> None:
        super().__init__(parent)
        self._name = icon
        self.setAccessibleName(about)
        self.setToolTip(tip or about)
        self.setAutoRaise(True)
        self._recolor()

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        self._name = icon
        self._recolor()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_name"):
            self._recolor()

    def _recolor(self) -> None:
        self.setIcon(theme.icon(self._name))
