"""The box in which a message is typed."""

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.chat.outgoing import Form
from desktop.widgets import typing_keys
from desktop.widgets.folds import block_format
from desktop.widgets.line_lexers import Language
from desktop.widgets.variable_text import BREAKS, VariableText

_FIRST, _MOST = 3, 8
_HINT = "Enter sends, Shift+Enter starts a new line, Up brings back what was sent before."
_PLACEHOLDERS = {
    Form.TEXT: "Message (Enter sends, Shift+Enter starts a new line)",
    Form.JSON: "JSON, sent exactly as typed (Enter sends)",
    Form.HEX: "Bytes as pairs of hexadecimal digits, such as 48 65 6C 6C 6F (Enter sends)",
    Form.BASE64: "Bytes in Base64, such as SGVsbG8= (Enter sends)",
}
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
_MOVE = QTextCursor.MoveOperation
_STEPS = {Qt.Key.Key_Up: (_MOVE.Up, -1), Qt.Key.Key_Down: (_MOVE.Down, 1)}


class MessageEditor(VariableText):
    """As high as its text, within limits; ``form`` is how it is meant.

    ``entered`` asks for sending, with whether that may be nothing. ``walked`` tells of Up in the first line (-1) and
    Down in the last (1), ``given`` of files that were dropped or pasted.
    """

    entered = Signal(bool)
    walked = Signal(int)
    given = Signal(list)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_HINT, parent)
        self._lines = self._fewest = _FIRST
        self.form = Form.TEXT
        self.setAccessibleName("Message")
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.show_form(Form.TEXT)

    def show_form(self, form: Form) -> None:
        """Take the text as this form from now on; FILE has its own field."""
        self.form = form
        self.set_language(Language.JSON if form is Form.JSON else Language.TEXT)
        self.setPlaceholderText(_PLACEHOLDERS.get(form, ""))
        parent = self.parentWidget()
        self.setFont(parent.font() if form is Form.TEXT and parent is not None else theme.mono_font())
        self.updateGeometry()

    def be_low(self, is_low: bool) -> None:
        """Begin with a single line, or with a few; the text makes it higher in either case."""
        self._fewest = 1 if is_low else _FIRST
        self._fit()

    def go_to_line_end(self, *, last: bool) -> None:
        """Put the cursor behind the first or the last line, from where Up or Down walk on."""
        cursor = self.textCursor()
        cursor.movePosition(_MOVE.End if last else _MOVE.Start)
        if not last:
            cursor.movePosition(_MOVE.EndOfLine)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(super().sizeHint().width(), self._height(self._lines))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(super().minimumSizeHint().width(), self._height(min(2, self._fewest)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self.is_suggesting or not self._asks(event):
            super().keyPressEvent(event)

    def edit(self, event: QKeyEvent) -> bool:
        """Start a line with Shift+Enter, too; whether the key does anything of that."""
        if event.key() not in BREAKS:
            return super().edit(event)
        cursor = self.textCursor()
        if self.form is Form.JSON:
            typing_keys.break_line(cursor)
        else:
            cursor.insertBlock(block_format(continues=False))
        self.setTextCursor(cursor)
        return True

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        files = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if files:
            self.given.emit(files)
        else:
            super().insertFromMimeData(source)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _asks(self, event: QKeyEvent) -> bool:
        """Whether the key asks for something other than an edit, which is told."""
        key, modifiers = event.key(), event.modifiers() & _MODIFIERS
        if key in BREAKS and not modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit(modifiers == Qt.KeyboardModifier.ControlModifier)
            return True
        if key not in _STEPS or modifiers:
            return False
        move, by = _STEPS[Qt.Key(key)]
        if self.textCursor().movePosition(move):  # a copy of the cursor: there is a line that way
            return False
        self.walked.emit(by)
        return True

    def _fit(self) -> None:
        lines = min(max(int(self.document().size().height()), self._fewest), _MOST)
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def _height(self, lines: int) -> int:
        margins = self.contentsMargins()
        frame = margins.top() + margins.bottom() + 2 * int(self.document().documentMargin())
        return lines * self.fontMetrics().lineSpacing() + frame + 2
