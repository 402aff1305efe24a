"""What the keys do in a transcript."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.chat.transcript.links import Act

if TYPE_CHECKING:
    from desktop.chat.transcript.view import Transcript

_Key = Qt.Key
_ACTS = {
    _Key.Key_Right: (Act.UNFOLD,),
    _Key.Key_Left: (Act.FOLD,),
    _Key.Key_Return: (Act.UNFOLD, Act.FOLD),
    _Key.Key_Enter: (Act.UNFOLD, Act.FOLD),
    _Key.Key_Space: (Act.UNFOLD, Act.FOLD),
    _Key.Key_J: (Act.INDENT, Act.AS_SENT),
}
_STEPS = 3


def press(view: "Transcript", event: QKeyEvent) -> bool:
    """Do what a key says, if it says something here: unfold, fold, indent, or move where Qt would not move well."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    key = _Key(event.key())
    if key in _ACTS:
        view.act_on_current(*_ACTS[key])
        return True
    if key is _Key.Key_Home:
        view.choose(0)
        view.reveal(0)
    elif key is _Key.Key_End:
        view.choose(len(view.messages.rows) - 1)
        view.follow()
    elif key in (_Key.Key_PageUp, _Key.Key_PageDown):
        _page(view, -1 if key is _Key.Key_PageUp else 1)
    else:
        return key in (_Key.Key_Up, _Key.Key_Down) and _step(view, -1 if key is _Key.Key_Up else 1)
    return True


def _page(view: "Transcript", way: int) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + way * max(bar.singleStep(), bar.pageStep() - bar.singleStep()))
    view.choose(view.edge_row(way))


def _step(view: "Transcript", way: int) -> bool:
    """Move within a row that is higher than the view, or to a row that is in view; else leave it to Qt."""
    row, room = view.currentIndex().row(), view.viewport().height()
    top = view.rowViewportPosition(row) if row >= 0 else 0
    bottom = top + view.rowHeight(row) if row >= 0 else 0
    if row < 0 or bottom <= 0 or top >= room:
        view.choose(view.edge_row(way))
        return True
    if (bottom > room if way > 0 else top < 0) and bottom - top > room:
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + way * _STEPS * bar.singleStep())
        return True
    return False
