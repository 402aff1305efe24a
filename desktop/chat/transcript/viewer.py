"""One message in full, in a window of its own: as text, as indented JSON, byte by byte; and saved as a file."""

import codecs
import enum
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import shortcuts, theme
from desktop.chat.entry import Entry, EntryKind
from desktop.chat.transcript.background import Background
from desktop.chat.transcript.excerpt import may_be_json
from desktop.chat.transcript.looks import about, heading
from desktop.chat.transcript.pictures import format_of
from desktop.chat.transcript.text_rows import TextRows
from desktop.widgets.code_view import LIMIT, CodeView
from desktop.widgets.form_bar import FormBar
from desktop.widgets.hex_rows import FixedBytes, HexRows
from desktop.widgets.json_text import Pretty, pretty
from desktop.widgets.message_line import MessageLine
from desktop.widgets.page_view import PageView
from servers.disk import write_atomically

_PIECE = 16 * 1024  # bytes decoded before others may go on
_WIDTH, _HEIGHT = 30 * theme.XL, 22 * theme.XL


class Shape(enum.Enum):
    """How a message is shown; the value is the word for it."""

    TEXT = "Text"
    JSON = "Indented JSON"
    HEX = "Hexadecimal"


class EntryViewer(QDialog):
    """Shows an entry of any size without holding up the windows."""

    def __init__(self, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Message – Portside chat")
        self._entry = entry
        self._making, self._saving = Background(self), Background(self)
        words = f"{heading(entry)}, {', '.join(about(entry))}"
        self.heading = QLabel(words, self, textFormat=Qt.TextFormat.PlainText)
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # long, no reason to grow
        self.shape = QComboBox(self)
        self.shape.addItems([shape.value for shape in Shape])
        self.save = QPushButton("&Save as…", self)
        self.message = MessageLine(parent=self)
        self.page, self.code = PageView(self), CodeView(self)
        self.page.setAccessibleName("The message in full")
        self.code.setAccessibleName("The message as indented JSON")
        self._lay_out()
        self._connect()
        self.shape.setCurrentText(_first_shape(entry).value)
        self._show_shape()

    def _lay_out(self) -> None:
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.page)
        self.stack.addWidget(self.code)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.S)
        layout.addLayout(FormBar(self.heading, self.shape, self.save, self))
        layout.addWidget(self.message)
        layout.addWidget(self.stack, 1)
        self.resize(_WIDTH, _HEIGHT)
        self.page.setFocus()

    def _connect(self) -> None:
        self.shape.currentIndexChanged.connect(self._show_shape)
        self.save.clicked.connect(self._ask)
        self.page.fault.connect(self._complain)
        QShortcut(QKeySequence(shortcuts.SAVE), self).activated.connect(self._ask)
        QShortcut(QKeySequence(shortcuts.CLOSE_WINDOW), self).activated.connect(self.close)

    def _show_shape(self) -> None:
        shape = list(Shape)[self.shape.currentIndex()]
        self.message.say("")
        self.page.show_rows(None)
        self.page.set_placeholder("Being made…")
        self.stack.setCurrentWidget(self.page)
        if shape is Shape.JSON:
            self._making.run(partial(_indented, self._entry), self._show_json)
        elif shape is Shape.HEX:
            self._making.run(partial(_bytes_of, self._entry), self._show_bytes)
        else:
            self._making.run(partial(_text_of, self._entry), self._show_text)

    def _show_text(self, text: str) -> None:
        self.page.set_placeholder("The message is empty.")
        self.page.show_rows(TextRows(text))
        if self._entry.kind is EntryKind.BINARY and len(self._entry.data) > LIMIT:
            self.message.say(f"The first {LIMIT:,} of {len(self._entry.data):,} bytes are shown as text.")

    def _show_bytes(self, data: bytes) -> None:
        self.page.set_placeholder("The message is empty.")
        self.page.show_rows(HexRows(FixedBytes(data)), hexadecimal=True)

    def _show_json(self, printed: Pretty) -> None:
        if printed.fault:
            self._show_text(printed.text)
        else:
            self.stack.setCurrentWidget(self.code)
            self.code.show_text(printed.text, "json")
        cut = len(self._entry.text) > LIMIT
        said = f"The first {LIMIT:,} of {len(self._entry.text):,} characters are shown." if cut else ""
        self.message.say(printed.fault or said)

    def _complain(self, sentence: str) -> None:
        self.message.say(sentence, fault=True)

    def _ask(self) -> None:
        dialog = QFileDialog(self, "Save the message")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(_file_name(self._entry))
        dialog.fileSelected.connect(self._save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, path: str) -> None:
        self.save.setEnabled(False)
        self._saving.run(partial(_write, self._entry, Path(path)), self._saved, self._not_saved)

    def _saved(self, path: Path) -> None:
        self.save.setEnabled(True)
        self.message.say(f"Saved as “{path.name}”.")

    def _not_saved(self, error: OSError) -> None:
        self.save.setEnabled(True)
        self._complain(f"The message could not be saved: {error.strerror or error}.")


def _first_shape(entry: Entry) -> Shape:
    if entry.kind is EntryKind.BINARY:
        return Shape.HEX
    return Shape.JSON if may_be_json(entry) else Shape.TEXT


def _text_of(entry: Entry) -> str:
    """The text of a message, or the beginning of bytes as one; those that are not UTF-8 show as ``\\xff``."""
    if entry.kind is not EntryKind.BINARY:
        return entry.text
    decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")
    data = entry.data[:LIMIT]
    return "".join(decoder.decode(data[at : at + _PIECE]) for at in range(0, len(data), _PIECE))


def _bytes_of(entry: Entry) -> bytes:
    return entry.data if entry.kind is EntryKind.BINARY else entry.text.encode("utf-8", "surrogatepass")


def _indented(entry: Entry) -> Pretty:
    text = _text_of(entry)
    return pretty(text[:LIMIT], LIMIT, cut=len(text) > LIMIT)


def _write(entry: Entry, path: Path) -> Path:
    write_atomically(path, _bytes_of(entry))
    return path


def _file_name(entry: Entry) -> str:
    if entry.kind is EntryKind.BINARY:
        return f"message.{format_of(entry.data) or 'bin'}"
    return "message.json" if may_be_json(entry) else "message.txt"
