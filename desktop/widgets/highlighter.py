"""Colours the blocks of an editor when they come into view, and again where their text changes."""

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QTextBlock, QTextCharFormat, QTextCursor, QTextLayout

from desktop import theme
from desktop.widgets.editor_text import units, unseen
from desktop.widgets.folds import Folds
from desktop.widgets.line_lexers import START, Language, Stack, read_line
from desktop.widgets.stepper import Stepper
from desktop.widgets.syntax import Kind, color_of
from desktop.widgets.variables import Provider, variables

_LOOK_BACK = 60
"""Blocks above the first visible one that are read to know what is open there, where nothing is known yet."""

_BUDGET = 0.003
"""Seconds for the colours of what is painted; a key must show within 16 ms."""

_FOLDS = 200
"""So many folds make lines too long for colours: Qt takes longer than that to paint them."""

_TYPED = 100
"""Characters: an edit of less is looked into even where nothing was read before."""

_PRESENT, _MISSING, _UNSEEN = "present", "missing", "unseen"
_IDS = 1 << 10
_EPOCHS = 1 << 9


class _Read(NamedTuple):
    """What is known of a block, kept as one number in its user state.

    ``start`` and ``end`` are numbers of what is open there; 0 is unknown. A block that was edited since keeps its end.
    """

    epoch: int
    start: int
    end: int

    @staticmethod
    def of(block: QTextBlock) -> "_Read":
        number = max(block.userState(), 0)
        return _Read(number & (_EPOCHS - 1), number >> 9 & (_IDS - 1), number >> 19 & (_IDS - 1))

    def keep(self, block: QTextBlock) -> None:
        block.setUserState(self.epoch | self.start << 9 | self.end << 19)


class Highlighter(QObject):
    """Works on the document of ``folds``.

    Each block remembers what was open at its start and its end, so that a change costs one block, and those below only
    if what is open there has changed; ``stale`` asks for those in view to be painted again. Colours change no sizes,
    and are no edits.
    """

    stale = Signal()

    def __init__(self, folds: Folds, parent: QObject) -> None:
        super().__init__(parent)
        self._folds = folds
        self._language = Language.TEXT
        self._provider: Provider | None = None
        self._stacks: list[Stack] = [(), START]
        self._numbers: dict[Stack, int] = {START: 1}
        self._epoch = 1
        self._styles: dict[object, QTextCharFormat] = {}
        self._stale: list[QTextCursor] = []
        self._below = Stepper(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.stale)
        self._document = folds.document
        self._document.contentsChange.connect(self._changed)

    def set_language(self, language: Language) -> None:
        """Colour as this language from now on."""
        if language is not self._language:
            self._language = language
            self._stacks, self._numbers = [(), START], {START: 1}
            self.refresh()

    def set_variables(self, provider: Provider | None) -> None:
        """Mark what these variables say about ``{{names}}``."""
        self._provider = provider
        self.refresh()

    def refresh(self) -> None:
        """Colour everything anew when it is next seen."""
        self._below.stop()
        self._stale = []
        self._styles = {}
        self._epoch = self._epoch % (_EPOCHS - 1) + 1

    def color(self, blocks: Sequence[QTextBlock]) -> None:
        """See to it that these blocks, each followed by the next, have their colours; now, or in parts soon after."""
        open_now, goes_on = self._open_before(blocks[0]) if blocks else 0, False
        until = perf_counter() + _BUDGET
        self._soon.stop()
        for block in blocks:
            known = _Read.of(block)
            if known.epoch == self._epoch and known.start == open_now:
                goes_on = False
            elif perf_counter() > until:
                self._soon.start()
                if goes_on:  # this part may not be in view by then
                    self._read_again(block)
                return
            else:
                before = known.end
                known = self._read(block, open_now, show=True)
                goes_on = known.end != before and (goes_on or before != 0)
            open_now = known.end
        if goes_on:
            self._read_again(blocks[-1].next())

    def _open_before(self, block: QTextBlock) -> int:
        before = block.previous()
        steps = 0
        while before.isValid() and steps < _LOOK_BACK and not _Read.of(before).start:
            before, steps = before.previous(), steps + 1
        open_now = _Read.of(before).end or 1 if before.isValid() else 1
        start = before.next() if before.isValid() else self._document.begin()
        while start.isValid() and start.blockNumber() < block.blockNumber():
            open_now = self._read(start, open_now, show=False).end
            start = start.next()
        return open_now

    def _read(self, block: QTextBlock, open_now: int, *, show: bool) -> _Read:
        """Read one block; only if ``show``, its colours are set."""
        text = block.text()
        following = block.next()
        ends = following.isValid() and not (self._folds.used and self._folds.continues(following))
        goes_on = following.isValid() and not ends
        is_plain = len(self._folds) > _FOLDS and (goes_on or self._folds.continues(block))
        language = Language.TEXT if is_plain else self._language
        pieces, stack = read_line(f"{text}\n" if ends else text, language, self._stacks[open_now])
        known = _Read(self._epoch if show else 0, open_now, self._number(stack))
        known.keep(block)
        if show:
            self._show(block, text, pieces)
        return known

    def _show(self, block: QTextBlock, text: str, pieces: list[tuple[int, int, Kind]]) -> None:
        place = _places(text)
        found = [_range(place(start), place(end), self._style(kind)) for start, end, kind in pieces]
        for start, end, name in variables(text):
            found.append(_range(place(start), place(end), self._style(self._state_of(name))))
        found += [_range(place(start), place(end), self._style(_UNSEEN)) for start, end in unseen(text)]
        layout = block.layout()
        if found or layout.formats():
            layout.setFormats(found)
            self._document.markContentsDirty(block.position(), block.length())

    def _state_of(self, name: str) -> object:
        return _PRESENT if self._provider is None or self._provider().get(name) is not None else _MISSING

    def _number(self, stack: Stack) -> int:
        number = self._numbers.get(stack)
        if number is None:
            if len(self._stacks) == _IDS:
                return 1
            number = self._numbers[stack] = len(self._stacks)
            self._stacks.append(stack)
        return number

    def _style(self, kind: object) -> QTextCharFormat:
        style = self._styles.get(kind)
        if style is None:
            style = self._styles[kind] = _new_style(kind)
        return style

    def _changed(self, position: int, removed: int, added: int) -> None:
        """Have the blocks read again that an edit touched; new ones in between were never read."""
        first, last = self._document.findBlock(position), self._document.findBlock(position + added)
        for block in (first, last):
            if _Read.of(block).end or added < _TYPED:
                self._read_again(block)

    def _read_again(self, block: QTextBlock) -> None:
        """Have a block read again, and those below it as long as what is open there has changed.

        Of a block that was never read, those below that were have taken it that nothing was open.
        """
        if block.isValid():
            _Read(0, 0, _Read.of(block).end or 1).keep(block)
            self._stale.append(QTextCursor(block))
            if not self._below.running:
                self._below.start_later(self._follow())

    def _follow(self) -> Iterator[None]:
        while self._stale:
            cursor = self._stale[-1]
            block = cursor.block()
            before, open_now = _Read.of(block), self._open_before(block)
            goes_on = before.start != open_now and self._read(block, open_now, show=False).end != before.end
            if not goes_on or not cursor.movePosition(QTextCursor.MoveOperation.NextBlock):
                self._stale.pop()
            yield
        self.stale.emit()


def _new_style(kind: object) -> QTextCharFormat:
    style = QTextCharFormat()
    scheme = theme.colors()
    if isinstance(kind, Kind):
        style.setForeground(QColor(color_of(kind)))
        return style
    is_fine = kind is _PRESENT
    style.setForeground(QColor(scheme.accent if is_fine else scheme.failed))
    style.setFontUnderline(is_fine)
    if not is_fine:
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        style.setUnderlineColor(QColor(scheme.failed))
    if kind is _UNSEEN:
        style.setBackground(QColor(scheme.reply))
    return style


def _range(start: int, end: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    one = QTextLayout.FormatRange()
    one.start, one.length, one.format = start, end - start, style
    return one


def _places(text: str) -> Callable[[int], int]:
    """From an index in a text to the place that Qt counts."""
    if text.isascii() or max(text) < "\U00010000":
        return int
    return lambda index: units(text[:index])
