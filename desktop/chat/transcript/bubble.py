"""The geometry of one transcript entry at one width: where its frame, badge, sender, time and text go."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.transcript.looks import Place, bubble_text, look_of, sender_of
from desktop.theme import XS, L, M, S, mono_font

SHARE = 0.8
"""How much of the width a bubble at the left or right may take."""

_LINE_SEPARATOR = "\u2028"


class Fonts:
    """The fonts of a transcript: badge and sender, notices, what went over the wire."""

    def __init__(self) -> None:
        self.notice = QApplication.font()
        self.badge = QFont(self.notice)
        self.badge.setPointSizeF(max(7.0, self.notice.pointSizeF() - 1))
        self.sender = QFont(self.badge)
        self.sender.setBold(True)
        self.wire = mono_font()
        self.wire.setPointSizeF(self.notice.pointSizeF())


class Bubble:
    """An entry laid out for a row of ``width`` pixels; rectangles are relative to the row's top left corner."""

    def __init__(self, entry: Entry, width: int, fonts: Fonts) -> None:
        self.look = look_of(entry)
        self.time = entry.time
        self.has_header = self.look.place is not Place.CENTER
        self.sender = ""
        self._fonts = fonts
        self._small = QFontMetricsF(fonts.badge)
        self._icon = self._small.height()
        full = self.look.place is Place.FULL
        limit = (width - 2 * M) * (1 if full else SHARE) - self._inset - M
        if self.has_header:
            header_width = self._measure_header(sender_of(entry), limit)
            own_words = entry.kind is EntryKind.ERROR
            self._lay_out_text(bubble_text(entry), fonts.notice if own_words else fonts.wire, limit)
            inner = max(header_width, self._text_width())
        else:
            lead = self._icon + S
            self._lay_out_text(f"{self.time}  {bubble_text(entry)}", fonts.notice, limit - lead)
            inner = self._text_width() + lead
        self._place(width, limit if full else min(limit, inner))

    @property
    def _inset(self) -> int:
        return L if self.look.bar else M

    def _measure_header(self, sender: str, limit: float) -> float:
        bold = QFontMetricsF(self._fonts.sender)
        self._time_width = self._small.horizontalAdvance(self.time)
        self._pill_width = self._icon + self._small.horizontalAdvance(self.look.badge) + XS + 2 * S
        taken = self._pill_width + self._time_width + 2 * M
        self.sender = bold.elidedText(sender, Qt.TextElideMode.ElideRight, max(0.0, limit - taken))
        return taken + bold.horizontalAdvance(self.sender)

    def _place(self, width: int, inner: float) -> None:
        line, above = self._small.height(), S if self.has_header else XS
        header = line + S if self.has_header else 0.0
        outer = inner + self._inset + M
        left = {Place.RIGHT: width - M - outer, Place.CENTER: (width - outer) / 2}.get(self.look.place, float(M))
        self.frame = QRectF(left, XS, outer, header + self.text.boundingRect().height() + 2 * above)
        self.height = int(self.frame.bottom() + XS + 1)
        x, y = left + self._inset, XS + above
        self.icon_box = QRectF(x, y, self._icon, self._icon)
        self.text_at = QPointF(x if self.has_header else x + self._icon + S, y + header)
        if self.has_header:
            self.pill = QRectF(x, y - XS / 2, self._pill_width, line + XS)
            self.time_box = QRectF(x + inner - self._time_width, y, self._time_width, line)
            self.sender_box = QRectF(self.pill.right() + M, y, self.time_box.left() - self.pill.right() - M, line)
            self.icon_box.translate(S, 0)

    def _lay_out_text(self, text: str, font: QFont, limit: float) -> None:
        self.text = QTextLayout(text.replace("\n", _LINE_SEPARATOR), font)
        self.text.setTextOption(_wrapping())
        self.text.setCacheEnabled(True)
        self.text.beginLayout()
        y = 0.0
        while (line := self.text.createLine()).isValid():
            line.setLineWidth(max(1.0, limit))
            line.setPosition(QPointF(0, y))
            y += line.height()
        self.text.endLayout()

    def _text_width(self) -> float:
        lines = (self.text.lineAt(number) for number in range(self.text.lineCount()))
        return max((line.naturalTextWidth() for line in lines), default=0.0) + 1


def _wrapping() -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
