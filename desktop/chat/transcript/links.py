"""The words at the foot of a bubble that do something: unfold it, indent its JSON, show it in full."""

import enum
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QRectF

from desktop.chat.entry import Entry
from desktop.chat.transcript.excerpt import UNFOLDED, UNFOLDED_BYTES, Excerpt, Form, may_be_json
from desktop.chat.transcript.fonts import Fonts
from desktop.theme import XS, L


class Act(enum.Enum):
    """What a link does."""

    UNFOLD = "unfold"
    FOLD = "fold"
    INDENT = "indent"
    AS_SENT = "as sent"
    VIEW = "view"


class Link(NamedTuple):
    """Words to click, and where."""

    act: Act
    words: str
    box: QRectF


def changed(form: Form, act: Act) -> Form:
    """What becomes of the form of an entry."""
    if act in (Act.UNFOLD, Act.FOLD):
        return Form(act is Act.UNFOLD, form.indented)
    return Form(form.unfolded, act is Act.INDENT) if act is not Act.VIEW else form


def offers(entry: Entry, form: Form, excerpt: Excerpt, cut: bool) -> Iterator[tuple[Act, str]]:
    """What can be done with an entry of which ``excerpt`` is shown, or the beginning of that if ``cut``."""
    if form.unfolded:
        yield Act.FOLD, "Show less"
    elif cut or excerpt.cut:
        most = UNFOLDED_BYTES if excerpt.unit == "bytes" else UNFOLDED
        much = "all" if excerpt.total <= most else "more of"
        yield Act.UNFOLD, f"Show {much} {excerpt.total:,} {excerpt.unit}"
    if form.unfolded and (cut or excerpt.cut):
        yield Act.VIEW, "Show in full…"
    if may_be_json(entry):
        yield (Act.AS_SENT, "As sent") if form.indented else (Act.INDENT, "Indent JSON")


def placed(wanted: list[tuple[Act, str]], fonts: Fonts, width: float) -> list[Link]:
    """Links one behind the other, in several lines where one of ``width`` pixels is not enough."""
    made: list[Link] = []
    x = y = 0.0
    height = fonts.line + XS
    for act, words in wanted:
        needed = fonts.badge_width(words) + 1
        if x and x + needed > width:
            x, y = 0.0, y + height
        made.append(Link(act, words, QRectF(x, y, min(needed, width), height)))
        x += needed + L
    return made
