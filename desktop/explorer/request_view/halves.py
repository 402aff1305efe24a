"""A request above its response; where the line between them was moved, it is so for all requests."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from desktop import theme
from desktop.explorer.session import Session

_ABOVE, _BELOW = 130, 210  # heights with which a window of 640 can do
_WHOLE = 1000


class Halves(QSplitter):
    """``session.share`` is how much of the height the upper half has, between 0 and 1."""

    def __init__(self, session: Session, above: QWidget, below: QWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._session = session
        self.setObjectName("explorerSplitter")
        self.setChildrenCollapsible(False)
        self.setHandleWidth(theme.S)
        above.setMinimumHeight(_ABOVE)
        below.setMinimumHeight(_BELOW)
        self.addWidget(above)
        self.addWidget(below)
        self.splitterMoved.connect(self._remember)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        above = round(self._session.share * _WHOLE)
        self.setSizes([above, _WHOLE - above])

    def _remember(self) -> None:
        above, below = self.sizes()
        if above + below:
            self._session.share = above / (above + below)
