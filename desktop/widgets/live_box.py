"""A choice between things that come and go while the window is open."""

from typing import Generic, TypeVar

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QWidget

V = TypeVar("V")


class LiveBox(QComboBox, Generic[V]):
    """Values with their labels, the ``first`` to begin with; the list stays as it is while it is open."""

    def __init__(self, first: V, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._values = [first]
        self.addItem(label)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    @property
    def value(self) -> V:
        """The value that is chosen."""
        return self._values[self.currentIndex()]

    def fill(self, choices: dict[V, str], chosen: V) -> None:
        """Offer these values under these labels, one of them chosen; ``activated`` tells of the user's choices only."""
        if self.view().isVisible():
            return
        values = list(choices)
        with QSignalBlocker(self):
            if values != self._values:
                self.clear()
                self.addItems(list(choices.values()))
                self._values = values
            else:
                self._relabel(list(choices.values()))
            self.setCurrentIndex(values.index(chosen))

    def _relabel(self, labels: list[str]) -> None:
        for number, label in enumerate(labels):
            if self.itemText(number) != label:
                self.setItemText(number, label)
