"""For whom a message is: everyone in the room, one of them, or the server, as typed."""

from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.chat.people import MOST, name_text
from desktop.widgets.live_box import LiveBox
from desktop.widgets.wheel import calm

_WIDTH, _WIDEST = 8, 32  # characters
_PATIENCE_MS = 150


class To(NamedTuple):
    """The ``to`` and ``raw`` of an outgoing message."""

    name: str = ""
    raw: bool = False


EVERYONE = To()
AS_TYPED = To(raw=True)


class ToBox(LiveBox[To]):
    """Offers everyone, each name, and the server; a name that is chosen stays when its client has gone.

    ``asked`` wants to know who is there: the list waits a moment for that when it is first opened.
    """

    asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(EVERYONE, "Everyone", parent)
        self._names: tuple[str, ...] = ()
        self._gone: set[str] = set()
        self._has_asked = False
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._open)
        self.setAccessibleName("To")
        self.setMinimumContentsLength(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_WIDEST * self.fontMetrics().averageCharWidth())
        calm(self)
        self._fill(EVERYONE)

    def show_names(self, names: tuple[str, ...]) -> None:
        """Offer these names; while the list is open, after that."""
        if names != self._names:
            self._gone = (self._gone | set(self._names)) - set(names)
            if len(self._gone) > MOST:
                self._gone &= {self.value.name}
            self._names = names
            self._refill()
        if self._patience.isActive():
            self._patience.stop()
            self._open()

    def forget_names(self) -> None:
        """Nobody is known any more: who is there next is asked anew."""
        self._names, self._gone, self._has_asked = (), set(), False
        self._patience.stop()
        self._refill()

    def choose(self, to: To) -> None:
        """Choose one."""
        self._fill(to)

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        if self._has_asked:
            self._open()
            return
        self._has_asked = True
        self._patience.start()
        self.asked.emit()

    def _open(self) -> None:
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
        return f"Only {name_text(to.name)}{'' if to.name not in self._gone else ' (gone)'}"
