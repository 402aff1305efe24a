"""From what is typed into the search line to what SQLite looks for."""

import re
from dataclasses import dataclass, field

from desktop.explorer.history.words import class_mark, method_mark, searchable, status_mark
from desktop.explorer.model.request import METHODS

_LONGEST = 500
_TRIGRAM = 3
"""The index has so many characters at a time; shorter words are looked for in URLs only."""

_MOST = 60  # trigrams of a long word narrow it down well enough
_WORD = re.compile(r'"([^"]+)"?|(\S+)')
_STATUS = re.compile(r"[1-5]\d\d")
_CLASS = re.compile(r"[1-5]xx", re.IGNORECASE)


@dataclass(slots=True)
class Query:
    """Conditions of SQL with their values.

    ``trigrams`` narrow it down with the index; they are all that is needed of it. ``in_words`` tells whether a
    condition asks for the table of words.
    """

    conditions: list[str] = field(default_factory=list)
    values: list[str | int] = field(default_factory=list)
    trigrams: list[str] = field(default_factory=list)
    in_words: bool = False

    @property
    def match(self) -> str:
        """What to ask the index for."""
        return " AND ".join('"{}"'.format(one.replace('"', '""')) for one in dict.fromkeys(self.trigrams))


def query(text: str) -> Query:
    """What every entry that is found fulfils.

    ``404`` and ``4xx`` are a status, ``POST`` is a method; any other word, or "several in quotes", occurs in URLs,
    headers or bodies, in upper or lower case.
    """
    asked = Query()
    for match in _WORD.finditer(searchable(text[:_LONGEST])):
        if match[1] is not None:
            _ask(asked, match[1])
        else:
            _ask_named(asked, match[2])
    return asked


def _ask_named(asked: Query, word: str) -> None:
    if _STATUS.fullmatch(word):
        _add(asked, "entries.status = ?", int(word), mark=status_mark(int(word)))
    elif _CLASS.fullmatch(word):
        _add(asked, "entries.status / 100 = ?", int(word[0]), mark=class_mark(int(word[0])))
    elif word in METHODS:
        _add(asked, "entries.method = ?", word, mark=method_mark(word))
    else:
        _ask(asked, word)


def _ask(asked: Query, word: str) -> None:
    pattern = "%{}%".format(re.sub(r"[%_\\]", r"\\\g<0>", word))
    if len(word) < _TRIGRAM:
        _add(asked, "entries.url LIKE ? ESCAPE '\\'", pattern)
    else:
        _add(asked, "words.text LIKE ? ESCAPE '\\'", pattern, mark=word)
        asked.in_words = True


def _add(asked: Query, condition: str, value: str | int, mark: str = "") -> None:
    asked.conditions.append(condition)
    asked.values.append(value)
    asked.trigrams += [mark[at : at + _TRIGRAM] for at in range(len(mark) - _TRIGRAM + 1)][:_MOST]
