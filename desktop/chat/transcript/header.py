"""The first line of a bubble: its badge, its sender, and what is known of it, as far as there is room."""

from PySide6.QtCore import QRectF

from desktop.chat.entry import Entry
from desktop.chat.transcript.fonts import Fonts
from desktop.chat.transcript.looks import round_trip_of, sender_of, size_words
from desktop.theme import XS, M, S

_SENDER = 160.0
"""Pixels that a sender's name may make a bubble wider than its text."""

_LEAST = 40.0  # pixels of a sender's name, below which the size goes before the name does


class Header:
    """``width`` is what it takes to show all of it; ``place`` makes it fit into less."""

    def __init__(self, entry: Entry, badge: str, fonts: Fonts) -> None:
        self.badge, self.sender, self.known = badge, sender_of(entry), ""
        self.height = fonts.line
        self._fonts = fonts
        took, size = round_trip_of(entry), size_words(entry)
        self._choices = list(dict.fromkeys((_joined(took, size, entry.time), _joined(took, entry.time), entry.time)))
        sender = min(fonts.sender_width(self.sender), _SENDER) + M if self.sender else 0.0
        self.width = self._pill_width() + sender + M + fonts.badge_width(self._choices[0]) + 1

    def place(self, x: float, y: float, inner: float) -> None:
        """Fit into ``inner`` pixels: the sender is elided, then the size left out, then the round trip, the badge."""
        fonts, line = self._fonts, self.height
        least = min(fonts.sender_width(self.sender), _LEAST) + M if self.sender else 0.0
        rooms = ((one, inner - self._pill_width() - fonts.badge_width(one) - M - 1) for one in self._choices)
        self.known, room = next(((one, room) for one, room in rooms if room >= least), (self._choices[-1], 0.0))
        known = fonts.badge_width(self.known) + 1
        self.badge = fonts.elided(self.badge, inner - known - M - self._pill_width("")) if not room else self.badge
        self.sender = fonts.elided(self.sender, room - M, bold=True)
        pill = self._pill_width(self.badge)
        self.pill = QRectF(x, y - XS / 2, pill, line + XS)
        self.icon_box = QRectF(x + S, y, line, line)
        self.badge_box = QRectF(x + S + line + XS, y, pill, line)
        self.known_box = QRectF(x + inner - known, y, known, line)
        self.sender_box = QRectF(self.pill.right() + M, y, self.known_box.left() - self.pill.right() - M, line)

    def _pill_width(self, badge: str | None = None) -> float:
        return self.height + self._fonts.badge_width(self.badge if badge is None else badge) + XS + 2 * S


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
