"""Where the server's user writes to clients: text, bytes typed in hexadecimal, or a file."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.server_panels.clients.filter_row import clients_text
from desktop.server_panels.clients.target_box import Target, TargetBox
from desktop.tasks import TaskSet
from desktop.widgets.composer import Composer
from desktop.widgets.hex_bytes import typed_bytes
from servers.logs import visible

if TYPE_CHECKING:
    from servers.websocket.server import WebSocketServer

_TEXT, _HEX = range(2)
_PLACEHOLDERS = (
    "Message (Enter sends, Shift+Enter starts a new line)",
    "Bytes as pairs of hexadecimal digits, such as 48 65 6C 6C 6F (Enter sends)",
)


class SendBar(QWidget):
    """Sends to the target that is chosen. ``said`` has a sentence about it, and whether that is a fault.

    What could not be sent stays in the box, or comes back into it.
    """

    said = Signal(str, bool)

    def __init__(self, tasks: TaskSet, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._server: WebSocketServer | None = None
        self._sending = False
        self.target = TargetBox(self)
        self.form = QComboBox(self)
        self.form.addItems(["Text", "Bytes in hex"])
        self.file = QPushButton("Send a f&ile…", self)
        self.file.setToolTip("Send the bytes of a file as one binary message")
        self.composer = Composer(self)
        self._lay_out()
        self._recolor()
        self.form.currentIndexChanged.connect(self._change_form)
        self.file.clicked.connect(self._ask_for_file)
        self.composer.submitted.connect(self._submit)
        self.composer.box.textChanged.connect(self._check)
        self.composer.box.refused.connect(self._complain)

    def attach(self, server: "WebSocketServer") -> None:
        """From now on send over this server."""
        self._server = server

    def follow(self, client: int) -> None:
        """Take the client that was chosen in the table for the target, unless something is being written."""
        self.target.offer(client, choose=self.composer.box.document().isEmpty() and not self._sending)

    def aim(self, client: int) -> None:
        """Write to this client."""
        self.target.offer(client, choose=True)
        self.composer.setFocus()

    def send_file(self, name: str) -> None:
        """Read a file and send it."""
        if not self._sending:
            self._sending = True
            self._tasks.spawn(self._send_file(Path(name), self.target.value), name="sending a file to clients")

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "file"):
            self._recolor()

    def _lay_out(self) -> None:
        to, form = QLabel("Se&nd to", self), QLabel("&as", self)
        to.setBuddy(self.target)
        form.setBuddy(self.form)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for widget, stretch in ((to, 0), (self.target, 1), (form, 0), (self.form, 0)):
            row.addWidget(widget, stretch)
        row.addStretch(1)
        row.addWidget(self.file)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(row)
        layout.addWidget(self.composer)

    def _change_form(self, form: int) -> None:
        self.composer.box.setPlaceholderText(_PLACEHOLDERS[form])
        self.composer.box.setFont(theme.mono_font() if form == _HEX else self.font())
        self._check()

    def _content(self, *, goes_on: bool = False) -> str | bytes:
        """What is written, so far if it ``goes_on``. Raises ValueError with a sentence where it cannot be sent."""
        text = self.composer.box.text()
        if self.form.currentIndex() == _HEX:
            return typed_bytes(text, goes_on=goes_on)
        try:
            text.encode()
        except UnicodeEncodeError:
            raise ValueError("The text has half of a surrogate pair, which UTF-8 cannot carry.") from None
        return text

    def _check(self) -> None:
        """Say in place what is typed in hexadecimal; other typing takes away what was said of the last message."""
        if self._sending:
            return
        try:
            content = self._content(goes_on=True)
        except ValueError as error:
            self._complain(str(error))
        else:
            self.said.emit(f"{len(content):,} bytes" if content and isinstance(content, bytes) else "", False)

    def _complain(self, sentence: str) -> None:
        self.said.emit(sentence, True)

    def _submit(self) -> None:
        try:
            content = self._content()
        except ValueError as error:
            self._complain(str(error))
            return
        if content and not self._sending:
            self._sending = True
            typed = self.composer.take()
            self._tasks.spawn(self._send_typed(content, typed, self.target.value), name="sending to clients")

    async def _send_typed(self, content: str | bytes, typed: str, target: Target) -> None:
        sent = 0
        try:
            sent = await self._send(content, target)
        finally:
            self._sending = False
            if not sent:
                self.composer.put_back(typed)
        self._tell(sent, target, "Sent")

    async def _send_file(self, path: Path, target: Target) -> None:
        try:
            content = await asyncio.to_thread(_read, path, self._server.settings.max_message if self._server else 0)
            sent = await self._send(content, target)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            self._complain(f"“{visible(path.name)}” was not sent: {reason}.")
        else:
            self._tell(sent, target, f"“{visible(path.name)}” ({len(content):,} bytes) was sent")
        finally:
            self._sending = False

    async def _send(self, content: str | bytes, target: Target) -> int:
        if self._server is None:
            return 0
        return await self._server.hub.send(content, client=target.client, room=target.room)

    def _tell(self, sent: int, target: Target, done: str) -> None:
        name = self.target.name(target)
        if target.client is not None:
            self.said.emit(f"{done} to {name}." if sent else f"Not sent: {name} is no longer connected.", not sent)
            return
        where = f" in {name}" if name else ""
        nobody = f"nobody is{where}." if name else "no client is connected."
        self.said.emit(f"{done} to {clients_text(sent)}{where}." if sent else f"Not sent: {nobody}", not sent)

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, "Choose a file to send")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.send_file)
        dialog.open()

    def _recolor(self) -> None:
        self.file.setIcon(theme.icon("file-send-outline"))


def _read(path: Path, limit: int) -> bytes:
    """The content of a file. Raises OSError, and ValueError with a sentence for one of more than ``limit`` bytes."""
    if not path.is_file():
        raise ValueError("it is not a file")
    with path.open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError(f"it has more than the {limit:,} bytes that a message may have (see Settings)")
    return content
