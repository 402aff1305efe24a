"""For whom a message is: everyone in the room, one of them, or the server, as typed."""

from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.live_box import LiveBox
from desktop.widgets.wheel import calm
from servers.logs import visible

_WIDTH, _WIDEST = 8, 32  # characters


class To(NamedTuple):
    """The ``to`` and ``raw`` of an outgoing message."""

    name: str = ""
    raw: bool = False


EVERYONE = To()
AS_TYPED = To(raw=True)


class ToBox(LiveBox[To]):
    """Offers everyone, each name, and the server; a name that is chosen stays when its client has gone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(EVERYONE, "Everyone", parent)
        self._names: tuple[str, ...] = ()
        self.setAccessibleName("To")
        self.setMinimumContentsLength(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_WIDEST * self.fontMetrics().averageCharWidth())
        calm(self)
        self._fill(EVERYONE)

    def show_names(self, names: tuple[str, ...]) -> None:
        """Offer these names; while the list is open, after that."""
        if names != self._names:
            self._names = names
            self._refill()

    def choose(self, to: To) -> None:
        """Choose one."""
        self._fill(to)

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        bar = self.view().verticalScrollBar().sizeHint().width()
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + bar)
        super().showPopup()

    def hidePopup(self) -> None:  # noqa: N802 - Qt's name
        super().hidePopup()
        QTimer.singleShot(0, self, self._refill)  # what was chosen in the list is set after this

    def _refill(self) -> None:
        self._fill(self.value)

    def _fill(self, chosen: To) -> None:
        clients = (To(name) for name in self._names)
        self.fill({one: self._label(one) for one in (EVERYONE, *clients, AS_TYPED, chosen)}, chosen)

    def _label(self, to: To) -> str:
        if to.raw:
            return "The server, as typed"
        if not to.name:
            return "Everyone"
        return f"Only {visible(to.name)}{'' if to.name in self._names else ' (gone)'}"
