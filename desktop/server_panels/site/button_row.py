"""Buttons side by side, in two rows where there is no room for one."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from desktop import theme


class ButtonRow(QWidget):
    """Holds these buttons, in their order."""

    def __init__(self, buttons: Sequence[QPushButton], parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons = buttons
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.S)
        self._grid.setColumnStretch(len(buttons), 1)
        self._per_row = 0
        self._arrange(len(buttons))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._width_of(self._fewest()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        everything = len(self._buttons)
        self._arrange(everything if self.width() >= self._width_of(everything) else self._fewest())

    def _fewest(self) -> int:
        return (len(self._buttons) + 1) // 2

    def _width_of(self, per_row: int) -> int:
        widths = [button.sizeHint().width() for button in self._buttons]
        columns = (max(widths[column::per_row]) for column in range(per_row))
        return sum(columns) + theme.S * (per_row - 1)

    def _arrange(self, per_row: int) -> None:
        if per_row == self._per_row:
            return
        self._per_row = per_row
        for number, button in enumerate(self._buttons):
            self._grid.addWidget(button, *divmod(number, per_row))
