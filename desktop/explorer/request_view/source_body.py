"""The body as source text: JSON, XML, HTML or plain text, checked while typing and indented on demand."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.explorer.model.body import BodyKind
from desktop.explorer.request_view.body_checker import BodyChecker
from desktop.explorer.request_view.body_format import (
    MARKUP_LIMIT,
    Check,
    check_json,
    check_xml,
    indent_json,
    indent_markup,
)
from desktop.widgets.code_pane import CodePane
from desktop.widgets.json_text import NotJson
from desktop.widgets.line_lexers import Language
from desktop.widgets.message_line import MessageLine
from desktop.widgets.stepper import Stepper
from desktop.widgets.variables import Provider

_LANGUAGES = {BodyKind.JSON: Language.JSON, BodyKind.XML: Language.XML, BodyKind.HTML: Language.HTML}
_CHECKS: dict[BodyKind, Callable[[str], Check]] = {BodyKind.JSON: check_json, BodyKind.XML: check_xml}


class SourceBody(QWidget):
    """One text that is meant as one kind or another. ``changed`` follows every change by the user."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pane = CodePane(name, self)
        self.editor = self.pane.editor
        self.checker = BodyChecker(self.editor, self)
        self.remark = MessageLine(parent=self)
        self._kind = BodyKind.TEXT
        self._loading = False
        self._work = Stepper(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addWidget(self.pane, 1)
        layout.addWidget(self.checker.line)
        layout.addWidget(self.remark)
        self.setFocusProxy(self.pane)
        self.editor.edited.connect(self._edited)
        self.editor.refused.connect(self._refuse)

    def set_kind(self, kind: BodyKind) -> None:
        """Colour and check the text as this kind."""
        self._kind = kind
        self.editor.set_language(_LANGUAGES.get(kind, Language.TEXT))
        self.checker.set_check(_CHECKS.get(kind))

    @property
    def can_indent(self) -> bool:
        """Whether there is a way to indent this kind."""
        return self._kind in _LANGUAGES

    def text(self) -> str:
        """The text as typed."""
        return self.editor.text()

    def show_text(self, text: str) -> None:
        """Show another text; that is no change by the user."""
        self._work.stop()
        self.remark.say("")
        self._loading = True
        self.editor.show_text(text)
        self._loading = self.editor.is_filling

    def set_variables(self, provider: Provider) -> None:
        """Mark, complete and preview with these variables."""
        self.editor.set_variables(provider)

    def indent(self) -> None:
        """Indent the text, as one change; what cannot be indented stays, with a sentence that says why."""
        self.remark.say("")
        text = self.editor.text()
        if self._kind is BodyKind.JSON:
            self._work.start(self._indent_json(text))
        elif len(text) > MARKUP_LIMIT:
            self.remark.say(f"Only up to {MARKUP_LIMIT:,} characters of XML or HTML are indented.")
        elif self.can_indent:
            self._put(text, indent_markup(text, html=self._kind is BodyKind.HTML))

    def _indent_json(self, text: str) -> Iterator[None]:
        try:
            indented = yield from indent_json(text)
        except NotJson:
            self.remark.say("Only JSON can be indented: see what is wrong with it first.", fault=True)
            return
        self._put(text, indented)

    def _put(self, before: str, after: str) -> None:
        """Show the indented text, unless somebody has typed meanwhile."""
        if after != before and self.editor.text() == before and not self.editor.isReadOnly():
            self.editor.show_text(after)

    def _edited(self) -> None:
        if self._loading:
            self._loading = self.editor.is_filling
        else:
            self.remark.say("")
            self.changed.emit()

    def _refuse(self, sentence: str) -> None:
        self.remark.say(sentence, fault=True)
