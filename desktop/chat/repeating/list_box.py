"""Where a list of messages is typed, one a line, or loaded from a file."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.chat.outgoing import Outgoing
from desktop.chat.repeating.lists import read_list, typed_list
from desktop.tasks import TaskSet
from desktop.widgets.icon_button import IconButton
from desktop.widgets.plain_text_box import PlainTextBox
from desktop.widgets.variables import shortened
from servers.logs import visible

_LINES = 3
_FILTER = "Lists of messages (*.json *.jsonl *.ndjson *.txt);;All files (*)"
_NAME = 40
"""Characters of a file's name that are shown."""


class ListBox(QWidget):
    """``said`` has a sentence, and whether that is a fault; an empty one takes the last back.

    The messages of a file stand in place of those that were typed until they are let go.
    """

    said = Signal(str, bool)

    def __init__(self, tasks: TaskSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._loaded: tuple[Outgoing, ...] = ()
        self.box = PlainTextBox(self)
        self.loaded = QLabel(self)
        self.load = IconButton("folder-open-outline", "Load a list of messages from a file", self, _TIP)
        self.unload = IconButton("close", "Type the messages instead", self)
        self.stack = QStackedWidget(self)
        self._prepare()
        self._lay_out()
        self.load.clicked.connect(self._ask_for_file)
        self.unload.clicked.connect(self._unload)
        self.box.refused.connect(self._complain)

    def messages(self) -> tuple[Outgoing, ...]:
        """The list as it is now. Raises ValueError with a sentence where there is none."""
        messages = self._loaded or typed_list(self.box.text())
        if not messages:
            raise ValueError("The list is empty: type messages, one a line, or load a file.")
        return messages

    def open(self, name: str) -> None:
        """Load the list in a file; what was there stays where it cannot be."""
        self.load.setEnabled(False)
        self._tasks.spawn(self._open(Path(name)), name="loading a list of messages")

    async def _open(self, path: Path) -> None:
        try:
            self._loaded = await asyncio.to_thread(read_list, path)
        except ValueError as error:
            self._complain(str(error))
        else:
            count = len(self._loaded)
            number = "1 message" if count == 1 else f"{count:,} messages"
            self.loaded.setText(f"{number} from “{shortened(visible(path.name), _NAME)}”")
            self._show()
        finally:
            self.load.setEnabled(True)

    def _unload(self) -> None:
        self._loaded = ()
        self._show()
        self.box.setFocus()

    def _show(self) -> None:
        self.said.emit("", False)
        self.unload.setVisible(bool(self._loaded))
        self.stack.setCurrentIndex(int(bool(self._loaded)))

    def _complain(self, sentence: str) -> None:
        self.said.emit(sentence, True)

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, "Load a list of messages", "", _FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.open)
        dialog.open()

    def _prepare(self) -> None:
        self.box.setAccessibleName("Messages, one a line")
        self.box.setPlaceholderText("Messages, one a line")
        self.box.setFont(theme.mono_font())
        self.box.setTabChangesFocus(True)
        margins = self.box.contentsMargins()
        frame = margins.top() + margins.bottom() + 2 * int(self.box.document().documentMargin())
        self.setFixedHeight(_LINES * self.box.fontMetrics().lineSpacing() + frame + 2)
        self.loaded.setTextFormat(Qt.TextFormat.PlainText)
        self.loaded.setWordWrap(True)
        self.loaded.setMinimumWidth(1)

    def _lay_out(self) -> None:
        self.stack.addWidget(self.box)
        self.stack.addWidget(self.loaded)
        buttons = QVBoxLayout()
        buttons.setSpacing(theme.XS)
        buttons.addWidget(self.load)
        buttons.addWidget(self.unload)
        buttons.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self.stack, 1)
        layout.addLayout(buttons)
        self.unload.hide()


_TIP = (
    "Load messages from a file: the elements of a JSON array, the lines of JSON Lines (.jsonl), "
    "or the lines of any other text"
)
