"""A line of text with variables: completed while typing, previewed, and marked where they have no value."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QColor, QHelpEvent, QInputMethodEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from desktop import theme
from desktop.widgets.fields.previews import preview, unresolved
from desktop.widgets.suggestions import Suggestions, matching
from desktop.widgets.variables import Provider, offered, open_name, variables
from servers.logs import visible

_LONGEST = 10_000_000
"""Characters, in place of Qt's limit of 32,767: a text must not be cut because it is looked at."""

Words = Callable[[str], tuple[int, Sequence[str]]]
"""From the text before the cursor to where the word begins that is typed, and the words that fit there."""

ValueWords = Callable[[str, str], tuple[int, Sequence[str]]]
"""The same for a value, from the name it belongs to and the text before the cursor."""


class VariableField(QLineEdit):
    """``words`` offers words besides variables. ``marked`` follows every change of ``unresolved``."""

    marked = Signal()

    def __init__(self, parent: QWidget | None = None, words: Words | None = None) -> None:
        super().__init__(parent)
        self._provider: Provider | None = None
        self._words = words
        self._start = 0
        self._composing = False
        self._unresolved: tuple[str, ...] = ()
        self._suggestions = Suggestions(self)
        self._suggestions.chosen.connect(self._put)
        self.setMaxLength(_LONGEST)
        self.setFont(theme.mono_font())
        self.textChanged.connect(self.refresh)
        self.textEdited.connect(self._suggest)

    @property
    def unresolved(self) -> tuple[str, ...]:
        """The names of the variables in it that have no value."""
        return self._unresolved

    def set_variables(self, provider: Provider) -> None:
        """Complete, preview and check with these variables."""
        self._provider = provider
        self.refresh()

    def refresh(self) -> None:
        """Mark again what has a value and what has none."""
        names = unresolved(self.text(), self._provider)
        if not self._composing:
            self._mark(names)
        if names != self._unresolved:
            self._unresolved = names
            self.marked.emit()

    def preview(self) -> str:
        """The text with its variables replaced and secrets hidden; empty where it has none, or is a secret itself."""
        return "" if self.echoMode() != QLineEdit.EchoMode.Normal else preview(self.text(), self._provider)

    def event(self, event: QEvent) -> bool:
        """Show the preview in place of the tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and (shown := self.preview()):
            QToolTip.showText(event.globalPos(), visible(shown), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if self._suggestions.is_open and event.text() in ("\r", "\n", "\t", "\x1b"):
            event.ignore()  # they are the list's
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:  # noqa: N802 - Qt's name
        return not self._suggestions.is_open and super().focusNextPrevChild(is_next)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_suggestions"):
            self.refresh()

    def _mark(self, missing: Sequence[str]) -> None:
        """Colour the variables, and underline those without a value; input methods are the one way to do so."""
        text = self.text()
        found = variables(text) if self._provider is not None else ()
        attributes = [
            QInputMethodEvent.Attribute(
                QInputMethodEvent.AttributeType.TextFormat,
                _units(text[:start]) - self.cursorPosition(),
                _units(text[start:end]),
                _missing() if name in missing else _present(),
            )
            for start, end, name in found
        ]
        super().inputMethodEvent(QInputMethodEvent("", attributes))

    def _suggest(self) -> None:
        if self._provider is None and self._words is None:
            return
        before = self._halves()[0]
        name = open_name(before)
        if name is not None and self._provider is not None:
            self._start = len(before) - len(name)
            self._suggestions.show(offered(name, self._provider()))
        elif name is None and self._words is not None:
            self._start, words = self._words(before)
            typed = before[self._start :]
            self._suggestions.show([(word, "") for word in matching(typed, words)] if typed else [], first=False)
        else:
            self._suggestions.close()

    def _put(self, text: str) -> None:
        """Replace the word that is typed by what was chosen; Undo takes it back."""
        typed, after = self._halves()
        if open_name(typed[: self._start]) is not None and not after.lstrip().startswith("}}"):
            text += "}}"
        start = _units(typed[: self._start])
        self.setSelection(start, self.cursorPosition() - start)
        self.insert(text)
        self._suggestions.close()

    def _halves(self) -> tuple[str, str]:
        """The text before and after the cursor, which Qt counts in units of UTF-16."""
        whole, at = self.text().encode("utf-16-le", "surrogatepass"), 2 * self.cursorPosition()
        return whole[:at].decode("utf-16-le", "surrogatepass"), whole[at:].decode("utf-16-le", "surrogatepass")


def _units(text: str) -> int:
    """The length of a text as Qt counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _missing() -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(QColor(theme.colors().failed))
    style.setUnderlineColor(QColor(theme.colors().failed))
    style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    return style


def _present() -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(QColor(theme.colors().accent))
    return style
