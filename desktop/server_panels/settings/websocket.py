"""Limits and rules of the WebSocket server, each with a word on when it counts."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from desktop.server_panels.control import ServerControl
from desktop.server_panels.settings.number_box import NumberBox, SizeBox
from desktop.server_panels.settings.reach import reached_beyond
from desktop.server_panels.settings.section import Section
from desktop.widgets.message_line import MessageLine
from desktop.widgets.wheel import calm
from servers.settings import Overflow, WebSocketSettings

AT_ONCE = "counts at once"
FROM_NEXT = "from the next connection"

OVERFLOW_TITLES = {
    Overflow.CLOSE: "Close it with 1013",
    Overflow.DROP_OLDEST: "Drop the oldest",
}

_SANDBOX = (
    "A sandboxed frame of any web site says that its origin is null, too: "
    "while this is on, such a page can connect to the server."
)
_SMALL_QUEUE = (
    "The queue is smaller than the largest message: "
    "a client for which one message of that size has to wait is closed at once."
)


class LimitsSection(Section):
    """Shows and sets what ``control.settings`` says while they are those of a WebSocket server."""

    def __init__(self, control: ServerControl, parent: QWidget) -> None:
        super().__init__("Limits and rules", parent)
        self._control = control
        self._make_boxes()
        self.numbers = {
            "max_message": self.max_message,
            "max_pending": self.max_pending,
            "max_clients": self.max_clients,
            "max_rate": self.max_rate,
            "ping_interval": self.ping_interval,
        }
        self.queue_remark = MessageLine(parent=self)
        self.null_warning = MessageLine(parent=self)
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show what the settings are now."""
        settings = self._control.settings
        if not isinstance(settings, WebSocketSettings):
            return
        blockers = [QSignalBlocker(box) for box in (self.compression, self.null_origin)]
        self.compression.setChecked(settings.compression)
        self.null_origin.setChecked(settings.null_origin)
        for blocker in blockers:
            blocker.unblock()
        for key, box in self.numbers.items():
            box.follow(getattr(settings, key))
        self.overflow.setCurrentIndex(list(OVERFLOW_TITLES).index(settings.overflow))
        closes_early = settings.overflow is Overflow.CLOSE and settings.max_message > settings.max_pending
        self.queue_remark.say(_SMALL_QUEUE if closes_early else "")
        self._show_origin(settings)

    def _show_origin(self, settings: WebSocketSettings) -> None:
        beyond = reached_beyond(self._control.address, settings)
        self.null_origin.setEnabled(not beyond)
        if beyond:
            self.null_warning.say("Such pages can connect only while the server listens for this computer alone.")
        else:
            self.null_warning.say(_SANDBOX if settings.null_origin else "", fault=True)

    def _make_boxes(self) -> None:
        self.compression = QCheckBox("Offer permessage-deflate", self)
        self.compression.setToolTip("Compress messages for clients that want it (RFC 7692)")
        self.max_message = SizeBox("Largest message", self)
        self.max_message.setToolTip("A client that sends a larger one is closed with 1009 (message too big)")
        self.max_pending = SizeBox("Queue of a client that does not read", self)
        self.max_pending.setToolTip("What may wait for one client before it is full")
        self.overflow = QComboBox(self)
        self.overflow.setAccessibleName("When the queue is full")
        for one, title in OVERFLOW_TITLES.items():
            self.overflow.addItem(title, one)
        self.overflow.setToolTip("1013 is “try again later”; or what waits longest is never sent")
        calm(self.overflow)
        self.max_clients = NumberBox("Connections at most", zero="none", parent=self)
        self.max_clients.setToolTip("Further clients are refused with 503 in the handshake")
        self.max_rate = NumberBox("Messages a second from one client", zero="no limit", parent=self)
        self.max_rate.setToolTip(
            "From one client; who sends more is closed with 1008 (policy violation). 0 is no limit"
        )
        self.ping_interval = NumberBox("Ping every so many seconds", " s", "never", self)
        self.ping_interval.setToolTip("A client that does not answer for as long is cut; 0 is never")
        self.null_origin = QCheckBox("Let in pages from disk", self)
        self.null_origin.setToolTip("Pages opened from a file say “Origin: null” in the handshake")

    def _lay_out(self) -> None:
        self.add_row("Compression", self.compression, FROM_NEXT)
        self.add_row("Largest message", self.max_message, FROM_NEXT)
        self.add_row("Queue of a slow client", self.max_pending, AT_ONCE)
        self.add_row("When it is full", self.overflow, AT_ONCE)
        self.add_below(self.queue_remark)
        self.add_row("Connections at most", self.max_clients, AT_ONCE)
        self.add_row("Messages a second", self.max_rate, AT_ONCE)
        self.add_row("Ping every", self.ping_interval, FROM_NEXT)
        self.add_row("Origin null", self.null_origin, AT_ONCE)
        self.add_below(self.null_warning)

    def _connect(self) -> None:
        self.compression.toggled.connect(self._set_compression)
        self.max_message.chosen.connect(self._set_max_message)
        self.max_pending.chosen.connect(self._set_max_pending)
        self.overflow.activated.connect(self._set_overflow)
        self.max_clients.chosen.connect(self._set_max_clients)
        self.max_rate.chosen.connect(self._set_max_rate)
        self.ping_interval.chosen.connect(self._set_ping_interval)
        self.null_origin.toggled.connect(self._set_null_origin)
        self._control.changed.connect(self.refresh)

    def _set_compression(self, offered: bool) -> None:
        self._control.change(compression=offered)

    def _set_max_message(self, size: int) -> None:
        self._control.change(max_message=size)

    def _set_max_pending(self, size: int) -> None:
        self._control.change(max_pending=size)

    def _set_overflow(self, index: int) -> None:
        self._control.change(overflow=list(OVERFLOW_TITLES)[index])

    def _set_max_clients(self, count: int) -> None:
        self._control.change(max_clients=count)

    def _set_max_rate(self, messages: int) -> None:
        self._control.change(max_rate=messages)

    def _set_ping_interval(self, seconds: int) -> None:
        self._control.change(ping_interval=seconds)

    def _set_null_origin(self, allowed: bool) -> None:
        self._control.change(null_origin=allowed)
