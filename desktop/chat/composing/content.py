"""The content of a message as it is written: text in a box, or the name of a file in a field."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.chat.composing.editor import MessageEditor
from desktop.chat.outgoing import Form
from desktop.widgets.fields.file_field import FileField
from desktop.widgets.variables import Provider

_RECALL = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Content(QWidget):
    """``editor`` holds the text of all forms but FILE, whose name of a file is in ``file``; one of them is shown.

    ``edited`` follows every change. ``entered``, ``walked`` and ``given`` are as the editor's, from either.
    """

    edited = Signal()
    entered = Signal(bool)
    walked = Signal(int)
    given = Signal(list)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor = MessageEditor(self)
        self.file = FileField("File to send", "", self)
        self.file.field.setPlaceholderText("choose a file, drop it here, or type its whole path")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.editor)
        layout.addWidget(self.file)
        self.editor.edited.connect(self.edited)
        self.editor.entered.connect(self.entered)
        self.editor.walked.connect(self.walked)
        self.editor.given.connect(self.given)
        self.file.changed.connect(self.edited)
        self.file.field.returnPressed.connect(self._enter)
        self.show_form(Form.TEXT)

    def show_form(self, form: Form) -> None:
        """Show where this form is written; what stands there and elsewhere stays."""
        is_file = form is Form.FILE
        had_focus = self.editor.hasFocus() or self.file.field.hasFocus()
        self.setFocusProxy(self.file if is_file else self.editor)
        self.file.setVisible(is_file)
        self.editor.setVisible(not is_file)
        self.editor.show_form(form)
        if had_focus:
            self.setFocus()

    def text(self, form: Form) -> str:
        """What is written in this form."""
        return self.file.field.text() if form is Form.FILE else self.editor.text()

    def show_text(self, form: Form, text: str) -> None:
        """Write something else in this form; Undo takes it back."""
        if form is Form.FILE:
            self.file.field.selectAll()
            self.file.field.insert(text)
        else:
            self.editor.show_text(text)

    def set_variables(self, provider: Provider) -> None:
        """Complete, preview and check with these variables; to be called again when they have changed."""
        self.editor.set_variables(provider)
        self.file.field.set_variables(provider)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        by = _RECALL.get(Qt.Key(event.key()))
        if by is not None and self.file.field.hasFocus():
            self.walked.emit(by)
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        self.entered.emit(False)
