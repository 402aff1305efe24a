"""Room in a window for a part that most windows never show: it is made when it is first shown."""

from collections.abc import Callable
from functools import partial
from typing import Concatenate, Generic, ParamSpec, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

Made = TypeVar("Made", bound=QWidget)
Told = ParamSpec("Told")


class Late(QWidget, Generic[Made]):
    """Hidden at first; ``make`` is given the parent of the part, ``made`` is the part once there is one."""

    def __init__(self, make: Callable[[QWidget], Made], parent: QWidget) -> None:
        super().__init__(parent)
        self.made: Made | None = None
        self._make = make
        self._told: dict[object, Callable[[Made], object]] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def part(self) -> Made:
        """The part, made now if need be."""
        if self.made is None:
            self.made = self._make(self)
            self._layout.addWidget(self.made)
            self._give_turn(self.made)
            for tell in self._told.values():
                tell(self.made)
            self._told.clear()
        return self.made

    def tell(self, what: Callable[Concatenate[Made, Told], object], *args: Told.args, **kwargs: Told.kwargs) -> None:
        """Call ``what`` with the part and this, or as soon as it is made; until then the last call counts."""
        if self.made is not None:
            what(self.made, *args, **kwargs)
            return
        self._told.pop(what, None)
        self._told[what] = partial(_call, what, args, kwargs)

    def _give_turn(self, part: QWidget) -> None:
        """Let Tab come to the part where it stands in the window; what is made last would have the last turn."""
        before: QWidget = self
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # only behind a widget that takes Tab another can be put
        for one in _chain(part):
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None:
                self.setTabOrder(before, one)
                before = one
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def setVisible(self, visible: bool) -> None:  # noqa: N802 - Qt's name
        if visible:
            self.part()
        super().setVisible(visible)


def _call(what: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object], part: QWidget) -> None:
    what(part, *args, **kwargs)


def _chain(part: QWidget) -> list[QWidget]:
    """A part that was just made and what is in it, as Tab would come to them."""
    chain, one = [part], part.nextInFocusChain()
    while one is not None and part.isAncestorOf(one):
        chain.append(one)
        one = one.nextInFocusChain()
    return chain
