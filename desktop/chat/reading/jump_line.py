"""The way back to the newest message for those who read older ones."""

from bisect import bisect_right

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import shortcuts
from desktop.chat.entry import Entry
from desktop.chat.transcript.view import Transcript
from desktop.widgets.icon_button import IconButton


class JumpLine(IconButton):
    """Says how many messages have come below what is read; hidden while the transcript follows the newest."""

    def __init__(self, transcript: Transcript, parent: QWidget) -> None:
        super().__init__("arrow-down", "Jump to newest", parent)
        self._transcript = transcript
        self._seen = 0  # the serial of what was the newest entry when the reader left it
        self._words = f"Jump to newest ({shortcuts.JUMP_TO_NEWEST})"
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAutoRaise(False)
        self.hide()
        self.clicked.connect(transcript.follow)
        transcript.following_changed.connect(self._follow)
        transcript.messages.flushed.connect(self._say)

    def _follow(self, following: bool) -> None:
        rows = self._transcript.messages.rows
        self._seen = rows[-1].serial if rows else 0
        self.setVisible(not following)
        self._say()

    def _say(self) -> None:
        if self.isHidden():
            return
        rows = self._transcript.messages.rows
        new = len(rows) - bisect_right(rows, self._seen, key=_serial)
        count = f"{new:,} new message{'' if new == 1 else 's'} – " if new else ""
        self.setText(f"{count}{self._words}")
        self.setAccessibleName(f"{count}Jump to newest")


def _serial(entry: Entry) -> int:
    return entry.serial
