"""The geometry of one transcript entry at one width: where its frame, header, text, image and links go."""

from PySide6.QtCore import QPointF, QRectF, QSizeF

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.transcript.excerpt import Excerpt, Form, excerpt_of
from desktop.chat.transcript.fonts import Fonts
from desktop.chat.transcript.header import Header
from desktop.chat.transcript.layouts import Pattern, boxes_of, lay_out, width_of
from desktop.chat.transcript.links import Act, Link, offers, placed
from desktop.chat.transcript.looks import Place, label_of, look_of, round_trip_of, size_words
from desktop.chat.transcript.pictures import Picture
from desktop.theme import XS, L, M, S

SHARE = 0.8
"""How much of the width a bubble at the left or right may take, where there is enough of it."""

LINES, SPARE, MOST_LINES = 12, 2, 2_000
"""Lines of a folded text, those more with which it is not folded, and those of an unfolded one."""

_NARROW = 480  # pixels of width below which bubbles may take all of it


class Bubble:
    """An entry laid out for a row of ``width`` pixels; rectangles are relative to the row's top left corner.

    ``text`` and ``note``, if there is one, are drawn at ``text_at`` and ``note_at``.
    """

    def __init__(self, entry: Entry, width: int, fonts: Fonts, form: Form, picture: Picture | None = None) -> None:
        self.look, self.form, self.picture = look_of(entry), form, picture
        centered = self.look.place is Place.CENTER
        self.header = None if centered else Header(entry, self.look.badge, fonts)
        self._fonts = fonts
        self._marked: tuple[Pattern | None, list[QRectF]] = (None, [])
        self._lead = fonts.line + S if centered else 0.0
        self._inset = L if self.look.bar else M
        full = centered or self.look.place is Place.FULL or width < _NARROW
        limit = (width - 2 * M) * (1 if full else SHARE) - self._inset - M
        self._lay_out(entry, limit - self._lead)
        self._place(width, limit if self.look.place is Place.FULL else min(limit, self._wanted()))

    @property
    def height(self) -> int:
        """Pixels that the row takes."""
        return int(self.frame.bottom() + XS + 1)

    def link_at(self, point: QPointF) -> Link | None:
        """The link at a place."""
        return next((link for link in self.links if link.box.contains(point)), None)

    def offer(self, *acts: Act) -> Act | None:
        """The first of these that can be done."""
        return next((link.act for link in self.links if link.act in acts), None)

    def marks(self, pattern: Pattern) -> list[QRectF]:
        """Where an expression matches what is shown, relative to ``text_at``."""
        if self._marked[0] is not pattern:
            self._marked = pattern, boxes_of(self.text, pattern)
        return self._marked[1]

    def _lay_out(self, entry: Entry, limit: float) -> None:
        excerpt = excerpt_of(entry, self.form)
        text = excerpt.text
        if self.picture is not None:
            text = "\n".join(filter(None, (label_of(entry), self.picture.words)))
            excerpt = Excerpt(text, len(entry.data), cut=False)
        elif self.header is None:
            text = _with_what_is_known(entry, text, self.look.badge)
        own_words = self.header is None or self.picture is not None or entry.kind is EntryKind.ERROR
        font = self._fonts.notice if own_words else self._fonts.wire
        lines = MOST_LINES if self.form.unfolded else LINES
        self.text, whole = lay_out(text, font, limit, lines if self.form.unfolded else LINES + SPARE)
        if not whole and not self.form.unfolded:
            self.text, _ = lay_out(text, font, limit, LINES)
        wanted = [] if self.picture else list(offers(entry, self.form, excerpt, not whole))
        said = f"Only the beginning of {excerpt.total:,} {excerpt.unit} is shown here."
        note = excerpt.fault or (said if any(act is Act.VIEW for act, _ in wanted) else "")
        self.note = lay_out(note, self._fonts.badge, limit, LINES)[0] if note else None
        self.links = placed(wanted, self._fonts, limit)
        size = QSizeF(self.picture.size) if self.picture else QSizeF()
        self._image = size * min(1.0, limit / size.width()) if size.width() > 0 else QSizeF(0, 0)

    def _wanted(self) -> float:
        """The width that shows everything."""
        links = max((link.box.right() for link in self.links), default=0.0)
        note = width_of(self.note) if self.note else 0.0
        content = max(width_of(self.text), note, links, self._image.width()) + self._lead
        return max(content, self.header.width) if self.header else content

    def _place(self, width: int, inner: float) -> None:
        outer = inner + self._inset + M
        left = {Place.RIGHT: width - M - outer, Place.CENTER: (width - outer) / 2}.get(self.look.place, float(M))
        x, y = left + self._inset, float(XS + (S if self.header else XS))
        self.icon_box = QRectF(x, y, self._lead - S, self._lead - S)
        top = y
        if self.header:
            self.header.place(x, y, inner)
            self.icon_box = self.header.icon_box
            y += self.header.height + S
        x += self._lead
        self.text_at = QPointF(x, y)
        y += self.text.boundingRect().height()
        self.image_box = QRectF(QPointF(x, y + XS), self._image)
        y += self._image.height() + XS if self.picture else 0
        self.note_at = QPointF(x, y + XS)
        y += self.note.boundingRect().height() + XS if self.note else 0
        self.links = [link._replace(box=link.box.translated(x, y + XS)) for link in self.links]
        y = max([y, *(link.box.bottom() for link in self.links)])
        self.frame = QRectF(left, XS, outer, y + (top - XS) - XS)


def _with_what_is_known(entry: Entry, text: str, badge: str) -> str:
    """What happened, in one line between its time, and its size and round trip."""
    said = f"{badge} {text}" if entry.kind in (EntryKind.PING, EntryKind.PONG) else text
    known = (f"{entry.time}  {said.rstrip()}", size_words(entry), round_trip_of(entry))
    return " · ".join(filter(None, known))
