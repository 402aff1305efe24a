"""The field of the URL to connect to: it offers recent ones, and variables."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QListView, QWidget

from desktop.widgets.fields.variable_field import VariableField

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class UrlField(VariableField):
    """Return connects, also while recent URLs are offered and none of them is chosen; Down offers all."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, self._fitting)
        self._recent: tuple[str, ...] = ()

    def set_recent(self, urls: Sequence[str]) -> None:
        """Offer these URLs, the first of them first."""
        self._recent = tuple(urls)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self._suggestions.is_open and event.key() in _ENTER and _nothing_chosen():
            self._suggestions.close()
        if event.key() == Qt.Key.Key_Down and not self._suggestions.is_open and not self.isReadOnly():
            self._offer_all()
        else:
            super().keyPressEvent(event)

    def _fitting(self, before: str) -> tuple[int, Sequence[str]]:
        """What fits there is the whole URL."""
        return 0, self._recent

    def _offer_all(self) -> None:
        self.end(False)
        self._start = 0
        self._suggestions.show([(url, "") for url in self._recent])


def _nothing_chosen() -> bool:
    popup = QApplication.activePopupWidget()
    return isinstance(popup, QListView) and not popup.currentIndex().isValid()
