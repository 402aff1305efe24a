"""A body that is no text: how many bytes, the first of them, and a way to save them or to send a file instead."""

from PySide6.QtCore import QIODevice, QSaveFile, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.message_line import MessageLine

SHOWN = 2_048
"""Bytes that are shown, in hexadecimal."""

_ROW = 16


class BytesBodyPage(QWidget):
    """``replaced`` carries the name of the file that is to be sent instead."""

    replaced = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data = b""
        self.about = QLabel(self)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.save = QPushButton("&Save as…", self)
        self.replace = QPushButton("Send a &file instead…", self)
        self.notice = MessageLine(parent=self)
        self.hex = QPlainTextEdit(self)
        self.hex.setReadOnly(True)
        self.hex.setFont(theme.mono_font())
        self.hex.setAccessibleName("Body in hexadecimal")
        self.hex.setTabChangesFocus(True)
        row = QHBoxLayout()
        row.addWidget(self.about, 1)
        row.addWidget(self.save)
        row.addWidget(self.replace)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(row)
        layout.addWidget(self.hex, 1)
        layout.addWidget(self.notice)
        self.setFocusProxy(self.hex)
        self.save.clicked.connect(self._ask_where)
        self.replace.clicked.connect(self._ask_what)

    def show_data(self, data: bytes) -> None:
        """Show another body."""
        self.data = data
        first = f", the first {SHOWN:,} shown" if len(data) > SHOWN else ""
        self.about.setText(f"{len(data):,} bytes, sent as they are{first}")
        self.notice.say("")
        self.hex.setPlainText("\n".join(_rows(data[:SHOWN])))

    def save_to(self, path: str) -> None:
        """Write the bytes; whatever was in the file stays if that fails."""
        file = QSaveFile(path)
        done = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(self.data) == len(self.data) and file.commit()
        self.notice.say(f"Saved to {path}." if done else f"Not saved: {file.errorString()}.", fault=not done)

    def _ask_where(self) -> None:
        dialog = self._dialog("Save the body as")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def _ask_what(self) -> None:
        dialog = self._dialog("Choose a file to send")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.replaced)
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog


def _rows(data: bytes) -> list[str]:
    rows = []
    for at in range(0, len(data), _ROW):
        piece = data[at : at + _ROW]
        seen = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in piece)
        rows.append(f"{at:06x}  {piece.hex(' '):<{3 * _ROW - 1}}  {seen}")
    return rows
