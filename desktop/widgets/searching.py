"""Searches a text for words or for a regular expression, bit by bit, and never for long."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QRegularExpression, QRegularExpressionMatch

from desktop.widgets.editor_text import units

WINDOW = 8_000
"""Characters that are searched in one step."""

REACH = 4_000
"""Characters behind its window that a match may take in; a longer one is not found."""

_STEPS = 10_000
"""How often a regular expression may try again before it is given up."""

_CONTEXT = 8
_GROUP = re.compile(r"\$([0-9])")
_OPTION = QRegularExpression.PatternOption


class TooCostly(Exception):
    """A regular expression that takes too long on this text."""


class Found(NamedTuple):
    """A match: where it starts and ends, counted as Qt counts, and what takes its place."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for: words, or a regular expression (as in Perl), with or without regard to case."""

    text: str
    is_regex: bool = False
    with_case: bool = False

    def expression(self) -> QRegularExpression:
        """What finds it; not valid where it is no regular expression."""
        pattern = self.text if self.is_regex else QRegularExpression.escape(self.text)
        options = _OPTION.MultilineOption | _OPTION.UseUnicodePropertiesOption
        if not self.with_case:
            options |= _OPTION.CaseInsensitiveOption
        return QRegularExpression(f"(*LIMIT_MATCH={_STEPS}){pattern}", options)

    def fault(self) -> str:
        """A sentence on why this is no regular expression; empty if it is one."""
        if not self.is_regex or (expression := QRegularExpression(self.text)).isValid():
            return ""
        place = expression.patternErrorOffset()
        return f"This is not a regular expression: {expression.errorString()} (at character {place})."


def find(text: str, wanted: Wanted, replacement: str = "") -> Iterator[Found | None]:
    """Every match in order, and None at the end of each step; empty matches do not count.

    In the replacement of a regular expression, ``$0`` to ``$9`` are what it and its groups matched. Raises TooCostly.
    """
    expression = wanted.expression()
    at = place = reached = 0
    while at < len(text):
        end = text.rfind("\n", at, at + WINDOW) + 1 or min(at + WINDOW, len(text))
        context = text[max(at - _CONTEXT, 0) : at]
        window, behind = text[at:end], text[end : end + REACH]
        lead, width = units(context), units(window)
        # What reaches the cut might go on behind it, and what ends there may not be the end of a line.
        limit = place + width + units(behind) - (end + REACH < len(text))
        for match in _matches(expression, f"{context}{window}{behind}", lead):
            start, stop = (one + place - lead for one in (match.capturedStart(), match.capturedEnd()))
            if start >= place + width:
                break
            if reached <= start < stop <= limit:
                yield Found(start, stop, _filled(replacement, match) if wanted.is_regex else replacement)
                reached = stop
        yield None
        at, place = end, place + width


def _matches(expression: QRegularExpression, text: str, start: int) -> Iterator[QRegularExpressionMatch]:
    found = expression.globalMatch(text, start)
    while found.hasNext():
        match = found.next()
        yield match
    if not found.isValid():
        raise TooCostly


def _filled(replacement: str, match: QRegularExpressionMatch) -> str:
    return _GROUP.sub(lambda group: match.captured(int(group[1])), replacement)
