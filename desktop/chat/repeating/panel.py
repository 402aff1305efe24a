"""The strip of a chat window that sends a message again and again, or a list of messages, at a steady beat."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.chat.outgoing import Outgoing
from desktop.chat.repeating.choice import SeriesChoice
from desktop.chat.repeating.saved import NotSaved, SavedMessage
from desktop.chat.repeating.series import Progress, Send, run
from desktop.tasks import Report, TaskSet
from desktop.widgets.message_line import MessageLine
from servers.logs import visible

_THOUSAND = 1000
_NOT_CONNECTED = "Connect first: messages are sent over a connection."
_STOPPED = "Stopped:"


class RepeatPanel(QWidget):
    """Sends a series while there is somebody who sends; ``running_changed`` tells of its start and its end.

    What became of the last series stays to be read until the next one begins.
    """

    running_changed = Signal(bool)

    def __init__(self, report: Report, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = TaskSet(report)
        self._send: Send | None = None
        self._series: asyncio.Task[None] | None = None
        self._progress = Progress(0, None, "", 0.0)
        self._why = ""
        self.choice = SeriesChoice(self._tasks, self)
        self.button = QPushButton(self)
        self.bar = QProgressBar(self)
        self.message = MessageLine(parent=self)
        self._lay_out()
        self.button.clicked.connect(self._press)
        self.choice.list.said.connect(self._say)
        self.set_sender(None)

    @property
    def running(self) -> bool:
        """Whether a series is being sent."""
        return self._series is not None

    def set_sender(self, send: Send | None) -> None:
        """Send over this from now on, or not at all. Where that is a change, it ends what is being sent."""
        if send != self._send:
            self.stop("The connection has ended:")
        self._send = send
        if self.message.text() in ("", _NOT_CONNECTED):
            self._say(_NOT_CONNECTED if send is None else "")
        self._refresh()

    def set_draft(self, draft: Callable[[], Outgoing]) -> None:
        """Where to get the message in the box."""
        self.choice.draft = draft

    def set_saved(self, saved: Callable[[], Sequence[SavedMessage]]) -> None:
        """Where to get the saved messages of the server; it may raise NotSaved."""
        self.choice.saved = saved

    def start(self) -> None:
        """Begin to send, unless there is nothing to send, or nobody who does."""
        if self.running or self._send is None:
            return
        try:
            series = self.choice.series()
        except (ValueError, NotSaved) as error:
            self._say(str(error), fault=True)
            return
        self._why = "Sending was ended by a fault:"
        self._progress = Progress(0, series.total, "", 0.0)
        self._series = self._tasks.spawn(run(series, self._send, self._show), name="sending a series of messages")
        self._series.add_done_callback(self._end)
        self._refresh()
        self.running_changed.emit(True)

    def stop(self, why: str = _STOPPED) -> None:
        """End what is being sent; ``why`` goes before how much of it was sent."""
        if self._series is not None:
            self._why = why
            self._series.cancel()

    async def leave(self) -> None:
        """End what is being sent, as the window is closed, and wait until that is done."""
        self.stop("The window was closed:")
        await self._tasks.close()

    def kept(self) -> dict[str, object]:
        """What is typed and chosen, in the types of JSON."""
        return self.choice.kept()

    def restore(self, kept: dict[str, Any]) -> None:
        """Show what ``kept`` has given; what is missing, out of range or of another type stays as it is."""
        self.choice.restore(kept)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "button"):
            self._recolor()

    def _press(self) -> None:
        if self.running:
            self.stop()
        else:
            self.start()

    def _show(self, progress: Progress) -> None:
        self._progress = progress
        if progress.total is not None:
            self.bar.setValue(_THOUSAND * progress.sent // progress.total)
        self._say(progress.words)

    def _end(self, _: "asyncio.Task[None]") -> None:
        self._series = None
        progress = self._progress
        self._say(progress.result(self._why), fault=self._why != _STOPPED and progress.sent != progress.total)
        self._refresh()
        self.running_changed.emit(False)

    def _say(self, sentence: str, fault: bool = False) -> None:
        self.message.say(visible(sentence), fault=fault)

    def _refresh(self) -> None:
        """Offer what can be done now."""
        self.choice.set_locked(self.running)
        self.button.setText("S&top" if self.running else "S&tart")
        self.button.setEnabled(self.running or self._send is not None)
        self.button.setToolTip("" if self.button.isEnabled() else _NOT_CONNECTED)
        self.button.setAccessibleName("Stop sending" if self.running else "Start sending")
        self.button.setAccessibleDescription(self.button.toolTip())
        self.bar.setVisible(self.running and self._progress.total is not None)
        self._recolor()

    def _recolor(self) -> None:
        self.button.setIcon(theme.icon("stop" if self.running else "play"))

    def _lay_out(self) -> None:
        self.bar.setRange(0, _THOUSAND)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName("Messages sent")
        self.message.setMinimumWidth(1)  # a long word in it must not widen the window
        self.choice.last_row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        for widget in (self.choice, self.bar, self.message):
            layout.addWidget(widget)
