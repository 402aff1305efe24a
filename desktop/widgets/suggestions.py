"""The list that drops down under what is being typed, and puts what is chosen in place."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from desktop import theme
from servers.logs import visible

_MOST = 50
_TEXT = Qt.ItemDataRole.UserRole


class Suggestions(QObject):
    """Offers for a field or an editor. ``chosen`` carries the text of one."""

    chosen = Signal(str)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._model = QStandardItemModel(self)
        self._completer: QCompleter | None = None  # made when it is needed: most fields never offer anything
        self._popup: QListView | None = None

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._popup is not None and self._popup.isVisible()

    def show(self, offers: Sequence[tuple[str, str]], place: QRect | None = None, *, first: bool = True) -> None:
        """Offer texts with what is said beside them, under a place or the whole field; none closes the list.

        ``first`` marks the first for Return.
        """
        if not offers:
            self.close()
            return
        self._model.clear()
        for text, about in offers[:_MOST]:
            item = QStandardItem(visible(f"{text}   {about}".rstrip()))
            item.setData(text, _TEXT)
            self._model.appendRow(item)
        completer, popup = self._parts()
        completer.setWidget(self._field)
        completer.complete(self._below(place or self._field.rect(), popup))
        popup.setCurrentIndex(completer.completionModel().index(0, 0) if first else QModelIndex())

    def close(self) -> None:
        """Offer nothing."""
        if self._popup is not None:
            self._popup.hide()

    def _parts(self) -> tuple[QCompleter, QListView]:
        if self._completer is None or self._popup is None:
            self._completer = QCompleter(self._model, self)
            self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
            self._completer.setCompletionRole(_TEXT)
            self._popup = QListView()
            self._popup.setAccessibleName("Suggestions")
            self._popup.setFont(theme.mono_font())
            self._completer.setPopup(self._popup)  # owns it from now on
            self._completer.activated.connect(self.chosen)
        return self._completer, self._popup

    def _below(self, place: QRect, popup: QListView) -> QRect:
        """The place, wide enough for what is offered: cells are narrow."""
        bar = popup.verticalScrollBar().sizeHint().width()
        place.setWidth(max(place.width(), popup.sizeHintForColumn(0) + bar + theme.S))
        return place


def matching(typed: str, texts: Sequence[str]) -> list[str]:
    """The texts that begin with what was typed, then those that have it in them; none where it is one of them."""
    low = typed.lower()
    lows = [text.lower() for text in texts]
    if low in lows:
        return []
    begin = [text for text, one in zip(texts, lows, strict=True) if one.startswith(low)]
    return begin + [text for text, one in zip(texts, lows, strict=True) if low in one and text not in begin]
