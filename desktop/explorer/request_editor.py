"""The part of a request below its first line: headers and body."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QTextCursor, QTextOption
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.request import Header, guess_content_type
from desktop.widgets.key_value_table import KeyValueTable, Row
from desktop.widgets.message_line import MessageLine
from desktop.widgets.plain_text_box import PlainTextBox

_CONTENT_TYPE = "content-type"


class RequestEditor(QTabWidget):
    """Headers as a table, the body as text.

    A Content-Type that fits the body appears as a row of its own when a body is typed and there is none; it follows the
    body until its user changes or removes it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headers = KeyValueTable(self)
        self.headers.setAccessibleName("Request headers")
        self.body = PlainTextBox(self)
        self.faults = {"headers": MessageLine(parent=self), "body": MessageLine(parent=self)}
        self._guessed = ""
        self._prepare_body()
        hint = QLabel("Host, User-Agent, Accept, Accept-Encoding and Content-Length are added unless given here.", self)
        hint.setWordWrap(True)
        self._add_tab("headers", self.headers, hint)
        self._add_tab("body", self.body)
        self.headers.changed.connect(self._update)
        self.body.textChanged.connect(self._body_changed)
        self.body.refused.connect(self.faults["body"].say)
        self._update()

    def header_rows(self) -> tuple[Header, ...]:
        """The headers as typed."""
        return tuple(Header(row.name, row.value, row.enabled) for row in self.headers.rows())

    def body_text(self) -> str:
        """The body as typed."""
        return self.body.text()

    def show_request(self, headers: tuple[Header, ...], body: str) -> None:
        """Show other headers and another body; Undo brings the body back that was there."""
        self._guessed = guess_content_type(body)
        self.headers.set_rows([Row(one.name, one.value, one.enabled) for one in headers])
        with QSignalBlocker(self.body):
            cursor = self.body.textCursor()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(body)
        self._update()

    def show_fault(self, field: str, sentence: str) -> None:
        """Say beside ``headers`` or ``body`` what is wrong there, and bring it to the front."""
        self.faults[field].say(sentence, fault=True)
        self.setCurrentIndex(list(self.faults).index(field))
        self.currentWidget().setFocus()

    def clear_faults(self) -> None:
        """Nothing is wrong any more."""
        for notice in self.faults.values():
            notice.say("")

    def _prepare_body(self) -> None:
        self.body.setFont(theme.mono_font())
        self.body.setTabChangesFocus(True)
        self.body.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.body.setPlaceholderText("The body, sent as typed in UTF-8; for example a JSON object")
        self.body.setAccessibleName("Request body")

    def _add_tab(self, name: str, widget: QWidget, hint: QLabel | None = None) -> None:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(theme.S, theme.S, theme.S, theme.S)
        layout.setSpacing(theme.S)
        layout.addWidget(self.faults[name])
        layout.addWidget(widget)
        if hint is not None:
            layout.addWidget(hint)
        page.setFocusProxy(widget)
        self.addTab(page, name.capitalize())

    def _body_changed(self) -> None:
        guess = guess_content_type(self.body_text())
        if guess != self._guessed:
            self._replace_guess(guess)
        self._update()

    def _replace_guess(self, guess: str) -> None:
        rows = self.headers.rows()
        own = Row("Content-Type", self._guessed)
        if self._guessed and own in rows:
            kept = [Row(own.name, guess) if row == own else row for row in rows]
            self.headers.set_rows([row for row in kept if row.value or row.name != own.name])
        elif not self._guessed and not any(row.name.strip().lower() == _CONTENT_TYPE for row in rows):
            self.headers.set_rows([*rows, Row(own.name, guess)])
        self._guessed = guess

    def _update(self) -> None:
        count = sum(row.enabled and bool(row.name) for row in self.headers.rows())
        self.setTabText(0, f"&Headers ({count})" if count else "&Headers")
        self.setTabText(1, "&Body" if self.body.document().isEmpty() else "&Body •")
        self.clear_faults()
