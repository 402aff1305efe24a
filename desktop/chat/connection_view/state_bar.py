"""The line below the address: the state of the connection in full, and what can be done about it."""

from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from desktop import theme
from desktop.chat.connection_view.words import agreed_words, state_words, waiting_words
from desktop.chat.link import Waiting
from desktop.chat.session import Session, State
from desktop.chat.state_line import WAITING, StateLine
from desktop.widgets.icon_button import IconButton

_ROOMY = 440
"""Pixels of width from which the words are not crowded by those of the button beside them."""


class StateBar(StateLine):
    """Counts down to the next attempt: ``retry_requested`` wants it now, ``stop_requested`` not at all.

    ``handshake_requested`` asks to see the last handshake, successful or not.
    """

    retry_requested = Signal()
    stop_requested = Signal()
    handshake_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._waiting: Waiting | None = None
        self._outcome = ""
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._count_down)
        self.handshake = IconButton(
            "handshake-outline", "Handshake…", self, "The handshake: request, response, and what they mean"
        )
        self.handshake.setText("Handshake…")
        self.handshake.setEnabled(False)
        self.choices = QWidget(self)
        self.retry = QPushButton("Try now", self.choices)
        self.stop = QPushButton("Stop", self.choices)
        self.stop.setToolTip("Do not connect again")
        self._lay_out()
        self.handshake.clicked.connect(self.handshake_requested)
        self.retry.clicked.connect(self.retry_requested)
        self.stop.clicked.connect(self.stop_requested)

    def show_state(self, session: Session | None, waiting: Waiting | None) -> None:
        """Show how a connection is now, or that it waits for the next attempt."""
        self._waiting = waiting
        self._outcome = session.outcome if session is not None else ""
        self._timer.stop()
        self.show_session(session)
        if session is not None and session.state is State.OPEN:
            self.words.setText(f"{state_words(session)} {agreed_words(session)}")
        self.handshake.setEnabled(session is not None and (session.failed or session.handshake is not None))
        self.choices.setVisible(waiting is not None)
        self._count_down()

    def complain(self, sentence: str) -> None:
        """Show what went wrong, until the state changes."""
        self._timer.stop()
        super().complain(sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        style = Qt.ToolButtonStyle
        roomy = event.size().width() >= _ROOMY
        self.handshake.setToolButtonStyle(style.ToolButtonTextBesideIcon if roomy else style.ToolButtonIconOnly)

    def _count_down(self) -> None:
        """Say how many seconds are left, and again when there is one less."""
        if self._waiting is None:
            return
        left = self._waiting.due - monotonic()  # the clock of the loop
        self.say(waiting_words(self._outcome, self._waiting.attempt, left), WAITING)
        if left > 0:
            self._timer.start(int(left % 1 * 1000) + 1)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self.choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        for button in (self.retry, self.stop):
            row.addWidget(button)
        row.addStretch()
        self.choices.hide()
        layout = self.layout()
        if isinstance(layout, QGridLayout):
            layout.addWidget(self.handshake, 0, 2)
            layout.addWidget(self.choices, 1, 1)
