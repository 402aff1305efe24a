"""Tells what is wrong with the text of an editor, a moment after the typing has paused."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.explorer.request_view.body_format import Check, Fault
from desktop.widgets.code_editor import CodeEditor
from desktop.widgets.editor_text import units
from desktop.widgets.message_line import MessageLine
from desktop.widgets.stepper import Stepper

_PAUSE_MS = 300


class BodyChecker(QObject):
    """Says it in ``line``, with a button that goes there. ``checked`` follows each check that came to its end."""

    checked = Signal()

    def __init__(self, editor: CodeEditor, owner: QWidget) -> None:
        super().__init__(owner)
        self._editor = editor
        self._check: Callable[[str], Check] | None = None
        self.fault: Fault | None = None
        self._work = Stepper(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self.show_place = QPushButton("&Go there", owner)
        self.line = MessageLine((self.show_place,), owner)
        self._pause.timeout.connect(self._start)
        self.show_place.clicked.connect(self._go_there)
        editor.edited.connect(self._edited)

    def set_check(self, check: Callable[[str], Check] | None) -> None:
        """Check by this from now on."""
        self._check = check
        self._say(None)
        self._edited()

    def _edited(self) -> None:
        self._work.stop()
        if self._check is not None:
            self._pause.start()

    def _start(self) -> None:
        if self._check is not None and not self._editor.is_filling:
            self._work.start(self._steps(self._check(self._editor.text())))

    def _steps(self, check: Check) -> Iterator[None]:
        self._say((yield from check))
        self.checked.emit()

    def _say(self, fault: Fault | None) -> None:
        self.fault = fault
        self.line.say(fault.sentence if fault else "", fault=True, buttons=[self.show_place])

    def _go_there(self) -> None:
        if self.fault is not None:
            place = units(self._editor.text()[: self.fault.place].replace("\r\n", "\n"))
            position = self._editor.folds.position(place)
            self._editor.select(position, position)
            self._editor.setFocus()
