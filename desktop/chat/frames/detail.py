"""One frame in full: its header bit by bit, and its content as text and in hexadecimal."""

import enum

from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.chat.frames.wire import WireFrame
from desktop.chat.frames.words import content_text, direction_text, header_text, kept_text, opcode_text, time_text
from desktop.widgets.code_view import CodeView
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.empty_state import Hint
from desktop.widgets.form_bar import FormBar
from desktop.widgets.hex_rows import FixedBytes, HexRows
from desktop.widgets.message_line import MessageLine
from desktop.widgets.page_view import PageView

_Wrap = QPlainTextEdit.LineWrapMode


class Form(enum.Enum):
    """What of a frame is shown, its header or its content; the value is the word for it."""

    HEADER = "Header"
    TEXT = "Text"
    HEX = "Hexadecimal"


class FrameDetail(QStackedWidget):
    """Shows a frame in the form last chosen, or asks for one to be chosen; ``copy_all`` takes all that is shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame: WireFrame | None = None
        self.nothing = Hint("Choose a frame to see its header bit by bit, and its content.", self)
        self.heading = ElidedLabel(self)
        self.form = QComboBox(self)
        self.form.addItems([form.value for form in Form])
        self.form.currentIndexChanged.connect(self._refresh)
        self.copy = QPushButton("&Copy", self)
        self.copy.setToolTip("Copy all of the frame as it is shown")
        self.copy.clicked.connect(self.copy_all)
        self.fault, self.remark = MessageLine(parent=self), MessageLine(parent=self)
        self.text = CodeView(self)
        self.text.setAccessibleName("The chosen frame as text")
        self.page = PageView(self)
        self.page.setAccessibleName("The content of the chosen frame in hexadecimal")
        self.page.setFont(theme.mono_font())
        self.page.set_placeholder("The frame has no content.")
        self._lay_out()

    def show_frame(self, frame: WireFrame | None) -> None:
        """Show another frame, or none."""
        self._frame = frame
        self._refresh()

    @property
    def shows_frame(self) -> bool:
        """Whether there is one to be seen."""
        return self._frame is not None

    def copy_all(self) -> None:
        """Put all that is shown of the frame into the clipboard."""
        if self._frame is None:
            return
        if self.views.currentWidget() is self.page:
            self.page.select_all()
            self.page.copy()
        else:
            QApplication.clipboard().setText(self.text.text())

    def _refresh(self) -> None:
        frame = self._frame
        self.setCurrentIndex(0 if frame is None else 1)
        if frame is None:
            return
        direction = direction_text(frame).partition(" ")[2]
        self.heading.setText(f"Frame {opcode_text(frame)}, {direction}, {time_text(frame)}")
        self.heading.setToolTip(self.heading.text())
        self.fault.say(frame.fault, fault=True)
        form = list(Form)[self.form.currentIndex()]
        self.remark.say("" if form is Form.HEADER else kept_text(frame))
        self.views.setCurrentWidget(self.page if form is Form.HEX else self.text)
        if form is Form.HEX:
            self.page.show_rows(HexRows(FixedBytes(frame.data)) if frame.data else None, hexadecimal=True)
        elif form is Form.HEADER:
            self._show_text(header_text(frame), _Wrap.NoWrap)
        else:
            self._show_text(content_text(frame), _Wrap.WidgetWidth)

    def _show_text(self, text: str, wrap: QPlainTextEdit.LineWrapMode) -> None:
        self.text.setLineWrapMode(wrap)
        self.text.show_text(text)

    def _lay_out(self) -> None:
        self.views = QStackedWidget(self)
        self.views.addWidget(self.text)
        self.views.addWidget(self.page)
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(FormBar(self.heading, self.form, self.copy, self))
        layout.addWidget(self.fault)
        layout.addWidget(self.remark)
        layout.addWidget(self.views, 1)
        self.addWidget(self.nothing)
        self.addWidget(page)
