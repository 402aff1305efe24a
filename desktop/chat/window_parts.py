"""The parts of a chat window, and where each of them stands."""

from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from desktop import theme
from desktop.chat.composing.message_box import MessageBox
from desktop.chat.connection_view.bar import ConnectionBar
from desktop.chat.connection_view.handshake_dialog import HandshakeDialog
from desktop.chat.connection_view.options_panel import OptionsPanel
from desktop.chat.connection_view.people import PeoplePanel
from desktop.chat.connection_view.state_bar import StateBar
from desktop.chat.frames.gathering import FrameGathering
from desktop.chat.frames.view import FramesView
from desktop.chat.late import Late
from desktop.chat.reading.pane import TranscriptPane
from desktop.chat.repeating.panel import RepeatPanel
from desktop.chat.repeating.ping_row import PingRow
from desktop.chat.repeating.saved import SavedMessages
from desktop.chat.repeating.saved_menu import SavedButton
from desktop.chat.surroundings import Surroundings
from desktop.chat.window_colors import window_color
from desktop.tasks import TaskSet
from desktop.widgets.close_row import CloseRow
from desktop.widgets.variables import Provider
from servers.close_codes import CLIENT_CODES

_LEAST_WIDTH, _LEAST_HEIGHT = 16 * theme.XL, 13 * theme.XL
_LOW = 20 * theme.XL
"""Pixels of height below which the messages need the room that gaps and an empty box would take."""


class Stripe(QFrame):
    """A line in the colour of the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._color = 0
        self.setFixedHeight(theme.XS)

    def show_color(self, index: int) -> None:
        """Take another one of the colours of windows."""
        self._color = index
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        QPainter(self).fillRect(event.rect(), QColor(window_color(self._color)))


class ChatWindowParts(QWidget):
    """Everything that is seen of a chat window. ``url`` gives the URL with its variables filled in.

    ``gathered`` takes the frames, which are kept also while nobody sees them. What is hidden at first is made when it
    is first shown, or asked for.
    """

    def __init__(self, surroundings: Surroundings, tasks: TaskSet, url: Callable[[], str]) -> None:
        super().__init__()
        self.stripe = Stripe(self)
        self.bar = ConnectionBar(self)
        self.state_bar = StateBar(self)
        self._close_row = Late(partial(CloseRow, CLIENT_CODES), self)  # Tab reaches them in the order of their making
        self._ping = Late(PingRow, self)
        self._options = Late(OptionsPanel, self)
        self.pane = TranscriptPane(surroundings.report, self)
        self.gathered = FrameGathering(self)
        self._frames = Late(partial(FramesView, self.gathered), self)
        self._people = Late(PeoplePanel, self)
        self._repeat = Late(partial(RepeatPanel, surroundings.report), self)
        self.box = MessageBox(tasks, self)
        self.saved = SavedButton(SavedMessages(surroundings.folder), url, self.box.outgoing, self)
        self._repeat.tell(RepeatPanel.set_draft, self.box.outgoing)
        self._repeat.tell(RepeatPanel.set_saved, self.saved.messages)
        self.saved.chosen.connect(self.box.show_outgoing)
        self.box.controls.add(self.saved)
        self._panels: dict[str, QWidget] = {
            "options": self._options,
            "people": self._people,
            "frames": self._frames,
            "repeat": self._repeat,
            "ping": self._ping,
            "close": self._close_row,
        }
        self._lay_out()
        self._wire()

    @property
    def options(self) -> OptionsPanel:
        """How it connects."""
        return self._options.part()

    @property
    def close_row(self) -> CloseRow:
        """Closes with a code and a reason."""
        return self._close_row.part()

    @property
    def ping(self) -> PingRow:
        """Sends pings."""
        return self._ping.part()

    @property
    def frames(self) -> FramesView:
        """What goes over the wire."""
        return self._frames.part()

    @property
    def people(self) -> PeoplePanel:
        """Who is in the room."""
        return self._people.part()

    @property
    def repeat(self) -> RepeatPanel:
        """Sends again and again."""
        return self._repeat.part()

    @cached_property
    def handshake(self) -> HandshakeDialog:
        """The window that shows the handshake."""
        return HandshakeDialog(self)

    def panels(self) -> list[str]:
        """The names of the panels that are switched on."""
        return [name for name, toggle in self.bar.toggles.items() if toggle.isChecked()]

    def show_panels(self, names: object) -> None:
        """Switch on exactly these panels; anything else than a list of names is none."""
        wanted = names if isinstance(names, list) else []
        for name, toggle in self.bar.toggles.items():
            toggle.setChecked(name in wanted)

    def use_variables(self, provider: Provider) -> None:
        """Complete, preview and check everything that is typed with these variables."""
        for part in (self.bar, self.box):
            part.set_variables(provider)
        self._options.tell(OptionsPanel.set_variables, provider)

    def refresh_variables(self) -> None:
        """The values of variables may have changed."""
        for part in (self.bar, self.box):
            part.refresh()
        self._options.tell(OptionsPanel.refresh)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.setWindowIcon(theme.icon("chat-outline"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        is_low = event.size().height() < _LOW
        gap, end = (theme.XS, theme.XS) if is_low else (theme.S, theme.M)
        self._inner.setSpacing(gap)
        self._inner.setContentsMargins(theme.M, gap, theme.M, end)
        self.box.content.editor.be_low(is_low)

    def _lay_out(self) -> None:
        self.middle = QSplitter(Qt.Orientation.Horizontal, self)
        self.middle.setChildrenCollapsible(False)
        self.middle.addWidget(self.pane)
        self.middle.addWidget(self._frames)
        self.middle.addWidget(self._people)
        for stretched in (0, 1):
            self.middle.setStretchFactor(stretched, 1)
        self.height_shares = QSplitter(Qt.Orientation.Vertical, self)
        self.height_shares.setChildrenCollapsible(False)
        self.height_shares.addWidget(self._options)
        self.height_shares.addWidget(self.middle)
        self.height_shares.setStretchFactor(1, 1)
        self._inner = inner = QVBoxLayout()
        inner.setSpacing(theme.S)
        inner.setContentsMargins(theme.M, theme.S, theme.M, theme.M)
        for above in (self.bar, self.state_bar, self._close_row, self._ping):
            inner.addWidget(above)
        inner.addWidget(self.height_shares, 1)
        inner.addWidget(self._repeat)
        inner.addWidget(self.box)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stripe)
        layout.addLayout(inner)
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self.setWindowIcon(theme.icon("chat-outline"))

    def _wire(self) -> None:
        for name, panel in self._panels.items():
            self.bar.toggles[name].toggled.connect(panel.setVisible)
        self.bar.toggles["frames"].toggled.connect(self.pane.setHidden)
