"""The body of a request: one page for each kind of it."""

import mimetypes
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop import shortcuts, theme
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.request import guess_content_type
from desktop.explorer.request_view.bytes_body_page import BytesBodyPage
from desktop.explorer.request_view.file_body_page import FileBodyPage
from desktop.explorer.request_view.form_body_page import FormBodyPage
from desktop.explorer.request_view.graphql_body_page import GraphqlBodyPage
from desktop.explorer.request_view.multipart_body_page import MultipartBodyPage
from desktop.explorer.request_view.source_body import SourceBody
from desktop.widgets.icon_button import IconButton
from desktop.widgets.variables import Provider

_SOURCES = (BodyKind.JSON, BodyKind.XML, BodyKind.TEXT, BodyKind.HTML)
_CONTENT_TYPES = {
    BodyKind.NONE: "",
    BodyKind.JSON: "application/json",
    BodyKind.XML: "application/xml",
    BodyKind.TEXT: "text/plain; charset=utf-8",
    BodyKind.HTML: "text/html; charset=utf-8",
    BodyKind.FORM: "application/x-www-form-urlencoded",
    BodyKind.GRAPHQL: "application/json",
}
_BY_START = {"application/json": BodyKind.JSON, "application/xml": BodyKind.XML}
_GUESSED_FROM = 200

TextPage = SourceBody | FormBodyPage | MultipartBodyPage | FileBodyPage | GraphqlBodyPage
_P = TypeVar("_P", bound=TextPage)


class BodyPage(QWidget):
    """``changed`` follows every change by the user, ``content_type_wanted`` those that call for another Content-Type.

    JSON, XML, text and HTML share one text; every other kind keeps its own to come back to. While the user has not
    chosen a kind, and nothing was there before, the kind follows what is typed. The pages of the other kinds are made
    when they are first needed, as most requests never show them.
    """

    changed = Signal()
    content_type_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = BodyKind.TEXT
        self._guessing = True
        self._showing = False
        self._asked_for = ""
        self._bytes = b""
        self._decoded: str | None = None
        self._provider: Provider | None = None
        self.kinds = QComboBox(self)
        self.indent = QPushButton("For&mat", self)
        self.find_button = IconButton("magnify", "Find in the body", self)
        self.source = SourceBody("Request body", self)
        self._pages: list[TextPage] = [self.source]
        self.nothing = QLabel("This request has no body.", self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self._show_kind()

    @cached_property
    def form(self) -> FormBodyPage:
        """The page of a form."""
        return self._add(FormBodyPage(self))

    @cached_property
    def multipart(self) -> MultipartBodyPage:
        """The page of a form in parts."""
        return self._add(MultipartBodyPage(self))

    @cached_property
    def file(self) -> FileBodyPage:
        """The page of a file that is sent."""
        return self._add(FileBodyPage(self))

    @cached_property
    def graphql(self) -> GraphqlBodyPage:
        """The page of a query with its variables."""
        return self._add(GraphqlBodyPage(self))

    @cached_property
    def raw(self) -> BytesBodyPage:
        """The page of bytes that are no text."""
        page = BytesBodyPage(self)
        page.replaced.connect(self._send_file)
        self._stack.addWidget(page)
        return page

    def kind(self) -> BodyKind:
        """What the body is meant as."""
        return self._kind

    def body(self) -> str | bytes:
        """The body as it stands in a file; bytes that were shown and not changed come back as bytes."""
        if self._kind is BodyKind.NONE:
            return ""
        if self._shows_bytes:
            return self._bytes
        text = self._page().text()
        return self._bytes if self._decoded is not None and text == self._decoded else text

    def show_body(self, kind: BodyKind, body: str | bytes) -> None:
        """Show another body; that is no change by the user, but tells the Content-Type that goes with it."""
        if not body or (kind, body) != (self._kind, self.body()):
            self._showing = True
            self._show(kind, body)
            self._showing = False
        self._asked_for = self._content_type()
        self.content_type_wanted.emit(self._asked_for)

    def set_variables(self, provider: Provider) -> None:
        """Mark, complete and preview with these variables."""
        self._provider = provider
        for page in self._pages:
            page.set_variables(provider)

    def commit(self) -> None:
        """Take over what is being typed into a cell of a table."""
        for page in self._pages:
            if isinstance(page, FormBodyPage | MultipartBodyPage):
                page.commit()

    def _add(self, page: _P) -> _P:
        self._pages.append(page)
        self._stack.addWidget(page)
        page.changed.connect(self._edited)
        if self._provider is not None:
            page.set_variables(self._provider)
        return page

    def _page(self) -> TextPage:
        """The page of the kind; that of source where there is none."""
        match self._kind:
            case BodyKind.FORM:
                return self.form
            case BodyKind.MULTIPART:
                return self.multipart
            case BodyKind.FILE:
                return self.file
            case BodyKind.GRAPHQL:
                return self.graphql
            case _:
                return self.source

    @property
    def _shows_bytes(self) -> bool:
        return isinstance(self._stack.currentWidget(), BytesBodyPage)

    def _show(self, kind: BodyKind, body: str | bytes) -> None:
        self._kind = kind
        self._guessing = kind is BodyKind.TEXT and not body
        self._bytes = body if isinstance(body, bytes) else b""
        self._decoded = _decoded(body) if isinstance(body, bytes) else None
        text = body if isinstance(body, str) else self._decoded or ""
        wanted = self._page()
        for page in self._pages:
            shown = text if kind is not BodyKind.NONE and page is wanted else ""
            if shown or page.text() or isinstance(page, FormBodyPage | MultipartBodyPage):  # rows that are ticked off
                page.show_text(shown)
        is_raw = isinstance(body, bytes) and self._decoded is None
        if is_raw or self._shows_bytes:
            self.raw.show_data(self._bytes)
        self._show_kind()
        if is_raw:
            self._stack.setCurrentWidget(self.raw)
            self._show_tools()

    def _choose(self, number: int) -> None:
        """The user has chosen a kind."""
        kind = list(BodyKind)[number]
        self._guessing = False
        if kind is not self._kind or self._shows_bytes:
            self._kind = kind
            self._decoded = None
            self._show_kind()
            self._ask_for_content_type()
            self.changed.emit()

    def _show_kind(self) -> None:
        self.kinds.setCurrentIndex(list(BodyKind).index(self._kind))
        if self._kind in _SOURCES:
            self.source.set_kind(self._kind)
        self._stack.setCurrentWidget(self.nothing if self._kind is BodyKind.NONE else self._page())
        self._show_tools()

    def _show_tools(self) -> None:
        shown = self._stack.currentWidget()
        self.indent.setVisible((shown is self.source and self.source.can_indent) or isinstance(shown, GraphqlBodyPage))
        self.find_button.setVisible(shown is self.source)
        self.setFocusProxy(self.kinds if shown is None or shown is self.nothing else shown)

    def _edited(self) -> None:
        if self._showing:
            return
        if self._guessing:
            self._guess()
        if self._guessing or self._kind in (BodyKind.FILE, BodyKind.MULTIPART):
            self._ask_for_content_type()
        self.changed.emit()

    def _guess(self) -> None:
        """Take the kind by what the text begins with."""
        guess = guess_content_type(self.source.editor.folds.text(0, _GUESSED_FROM))
        kind = _BY_START.get(guess, BodyKind.TEXT)
        if kind is not self._kind:
            self._kind = kind
            self._show_kind()

    def _ask_for_content_type(self) -> None:
        wanted = self._content_type()
        if wanted != self._asked_for:
            self._asked_for = wanted
            self.content_type_wanted.emit(wanted)

    def _content_type(self) -> str:
        if self._guessing and self.source.editor.document().isEmpty():
            return ""
        if self._kind is BodyKind.MULTIPART:
            return f"multipart/form-data; boundary={self.multipart.boundary}"
        if self._kind is BodyKind.FILE:
            return mimetypes.guess_type(self.file.path)[0] or "application/octet-stream"
        return _CONTENT_TYPES[self._kind]

    def _indent(self) -> None:
        shown = self._stack.currentWidget()
        if isinstance(shown, SourceBody | GraphqlBodyPage):
            shown.indent()

    def _send_file(self, path: str) -> None:
        """Send a file instead of the bytes."""
        self.file.file.field.setText(path)
        self._choose(list(BodyKind).index(BodyKind.FILE))

    def _lay_out(self) -> None:
        self.kinds.addItems([kind.value for kind in BodyKind])
        self.kinds.setAccessibleName("Kind of body")
        self.indent.setToolTip(f"Indent it ({shortcuts.FORMAT_BODY}); nothing but white space changes")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        top = QHBoxLayout()
        top.setSpacing(theme.S)
        for one in (self.kinds, self.indent, self.find_button):
            top.addWidget(one)
        top.addStretch(1)
        for page in (self.source, self.nothing):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.kinds.activated.connect(self._choose)
        self.indent.clicked.connect(self._indent)
        self.find_button.clicked.connect(self.source.pane.open_find)
        self.source.changed.connect(self._edited)
        shortcut = QShortcut(QKeySequence(shortcuts.FORMAT_BODY), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._indent)


def _decoded(data: bytes) -> str | None:
    """The bytes as text; None where they are none, or not the bytes of that text."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
