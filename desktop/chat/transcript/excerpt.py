"""How much of an entry is laid out: its beginning, most of it once it is unfolded, its JSON indented."""

import re
from dataclasses import dataclass

from desktop.chat.entry import Entry, EntryKind, shown
from desktop.chat.transcript.looks import label_of, words_of
from desktop.widgets.json_text import pretty

FOLDED, UNFOLDED = 1_500, 50_000
"""Characters that are laid out of a text."""

FOLDED_BYTES, UNFOLDED_BYTES = 128, 16_384
"""Bytes that are laid out as hex."""

_SPARE = 1.1  # a little more than the limit is shown whole
_EDGE = 64
_JSON_START = re.compile(r'[ \t\r\n]*(?:\{[ \t\r\n]*["}]|\[[ \t\r\n]*[\[\]{"\-0-9tfn])')
_JSON_END = re.compile(r"[}\]][ \t\r\n]*\Z")


@dataclass(frozen=True, slots=True)
class Form:
    """What a reader has chosen for an entry."""

    unfolded: bool = False
    indented: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """``text`` is safe to show; ``cut`` says whether it is only the beginning of the ``total`` characters or bytes.

    ``fault`` is a sentence on why text is not indented.
    """

    text: str
    total: int
    cut: bool
    unit: str = "characters"
    fault: str = ""


def excerpt_of(entry: Entry, form: Form) -> Excerpt:
    """What the bubble of an entry shows; bytes have their label above them, where it says more than their number."""
    if entry.kind is EntryKind.BINARY:
        taken = _enough(len(entry.data), UNFOLDED_BYTES if form.unfolded else FOLDED_BYTES)
        text = "\n".join(filter(None, (label_of(entry), entry.data[:taken].hex(" "))))
        return Excerpt(text, len(entry.data), taken < len(entry.data), "bytes")
    whole, limit = words_of(entry), UNFOLDED if form.unfolded else FOLDED
    taken = _enough(len(whole), limit)
    cut = taken < len(whole)
    if not form.indented:
        return Excerpt(shown(whole[:taken]), len(whole), cut)
    printed = pretty(whole[:taken], cut=cut)
    text = printed.text[: _enough(len(printed.text), limit)]
    return Excerpt(shown(text), len(whole), cut or len(text) < len(printed.text), fault=printed.fault or "")


def may_be_json(entry: Entry) -> bool:
    """Whether a text begins and ends as a JSON object or array does; takes the same time whatever its length."""
    if entry.kind is EntryKind.BINARY or len(entry.text) <= len("[1]"):
        return False
    return bool(_JSON_START.match(entry.text[:_EDGE]) and _JSON_END.search(entry.text[-_EDGE:]))


def _enough(length: int, limit: int) -> int:
    return length if length <= limit * _SPARE else limit
