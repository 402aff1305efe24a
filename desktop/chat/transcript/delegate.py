"""Keeps the layouts of the entries of a transcript, and paints them."""

from collections import OrderedDict

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.chat.entry import Entry
from desktop.chat.transcript.bubble import Bubble
from desktop.chat.transcript.excerpt import Form
from desktop.chat.transcript.fonts import Fonts
from desktop.chat.transcript.layouts import Pattern
from desktop.chat.transcript.model import ENTRY_ROLE
from desktop.chat.transcript.painting import BubblePainter
from desktop.chat.transcript.pictures import Pictures

KEPT = 256
"""Layouts that are kept."""

FORMS = 10_000
"""Entries of which it is remembered that they are unfolded or indented."""

_AS_IT_COMES = Form()
_SELECTED_ALPHA = 60


class TranscriptDelegate(QStyledItemDelegate):
    """Lays out entries in the present width, in the form that a reader has chosen for each. ``pattern`` is marked."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pattern: Pattern | None = None
        self.pictures = Pictures(self)
        self.pictures.ready.connect(self._forget)
        self._fonts = Fonts()
        self._width = 0
        self._bubbles: OrderedDict[int, Bubble] = OrderedDict()
        self._forms: OrderedDict[int, Form] = OrderedDict()

    def forget_all(self) -> None:
        """Lay out everything again, because the fonts have changed."""
        self._fonts = Fonts()
        self._bubbles.clear()

    def form(self, entry: Entry) -> Form:
        """What a reader has chosen for an entry."""
        return self._forms.get(entry.serial, _AS_IT_COMES)

    def set_form(self, entry: Entry, form: Form) -> None:
        """Show an entry in another form."""
        self._forms[entry.serial] = form
        self._forget(entry.serial)
        if len(self._forms) > FORMS:
            self._forms.popitem(last=False)

    def bubble(self, entry: Entry, width: int) -> Bubble:
        """The layout of an entry in a row of ``width`` pixels."""
        if width != self._width:
            self._width = width
            self._bubbles.clear()
        bubble = self._bubbles.get(entry.serial)
        if bubble is None:
            form = self.form(entry)
            bubble = Bubble(entry, width, self._fonts, form, self.pictures.of(entry))
            self._bubbles[entry.serial] = bubble
            if len(self._bubbles) > KEPT:
                self._bubbles.popitem(last=False)
        return bubble

    def height(self, entry: Entry, width: int) -> int:
        """Pixels that an entry takes in a row of ``width`` pixels."""
        return self.bubble(entry, width).height

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        width = option.rect.width()
        return QSize(width, self.height(index.data(ENTRY_ROLE), width))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, state, scheme = option.rect, option.state, theme.colors()
        entry = index.data(ENTRY_ROLE)
        bubble = self.bubble(entry, row.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(row, QColor(scheme.surface))  # over the style's own, too strong selection
        if state & QStyle.StateFlag.State_Selected:
            tint = QColor(scheme.accent)
            tint.setAlpha(_SELECTED_ALPHA)
            painter.fillRect(row, tint)
        painter.translate(row.topLeft())
        clip = QRectF(option.widget.rect()).translated(-row.topLeft()) if option.widget else QRectF(row)
        BubblePainter(painter, self._fonts, scheme, clip).paint(
            bubble, self.pattern, self.pictures.image(entry) if bubble.picture else None
        )
        painter.restore()
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(scheme.accent), 1, Qt.PenStyle.DotLine))
            painter.drawRect(row.adjusted(0, 0, -1, -1))

    def _forget(self, serial: int) -> None:
        self._bubbles.pop(serial, None)
