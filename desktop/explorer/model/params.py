"""The query of a URL as rows, and the parameters of its path: what is typed in one place shows in the other."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

_VARIABLE = re.compile(r"\{\{[^{}\r\n]*\}\}")
_PATH_PARAMETER = re.compile(r"(?<=/):([A-Za-z_]\w*)|(?<!\{)\{([A-Za-z_]\w*)\}(?!\})")
_BEGINNING = re.compile(r"(?:(?:[A-Za-z][A-Za-z0-9+.-]*:)?//)?[^/?#]*")

TickedOff = tuple[tuple[int, str], ...]
"""Rows that are not sent: the number of each among all rows, from 0, and its text such as ``a=b``."""


@dataclass(frozen=True, slots=True)
class Param:
    """One row of the query: name and value are parts of ``text`` as they stand there, encoded or not."""

    name: str
    value: str
    enabled: bool
    text: str


def rows(url: str, ticked_off: TickedOff = ()) -> tuple[Param, ...]:
    """All rows in their order; one without text between two ampersands is a row as well."""
    _, query, _ = _split(url)
    params = [] if query is None else [param(text) for text in _pieces(query)]
    for number, text in sorted(ticked_off, key=_number):
        params.insert(number, param(text, enabled=False))
    return tuple(params)


def with_rows(url: str, params: Sequence[Param]) -> tuple[str, TickedOff]:
    """The URL with these rows for its query, and those that are ticked off; the inverse of ``rows``."""
    before, _, fragment = _split(url)
    sent = [one.text for one in params if one.enabled]
    off = tuple((number, one.text) for number, one in enumerate(params) if not one.enabled)
    return before + ("?" + "&".join(sent) if sent else "") + fragment, off


def param(text: str, *, enabled: bool = True) -> Param:
    """The row that a text such as ``a=b`` is."""
    at = _masked(text).find("=")
    return Param(text, "", enabled, text) if at < 0 else Param(text[:at], text[at + 1 :], enabled, text)


def changed(text: str, name: str, value: str, *, enabled: bool = True) -> Param:
    """The row ``text`` with what was typed as its name and value; a part that was not touched keeps its bytes.

    What would end the part is percent-encoded: ``&`` and ``#``, in names ``=``, and braces that are no variable's.
    """
    old = param(text)
    if (name, value) == (old.name, old.value):
        return param(text, enabled=enabled)
    name = name if name == old.name else _encoded(name, "&#=")
    value = value if value == old.value else _encoded(value, "&#")
    return param(f"{name}={value}" if value or len(old.name) < len(text) else name, enabled=enabled)


def path_parameters(url: str) -> tuple[str, ...]:
    """The names of ``:name`` and ``{name}`` in the path, each once, in order."""
    start, end = _path(url)
    return tuple(dict.fromkeys(found[1] or found[2] for found in _PATH_PARAMETER.finditer(url[start:end])))


def filled_path(url: str, values: Mapping[str, str]) -> str:
    """The URL with ``:name`` and ``{name}`` in its path replaced by their values, percent-encoded; others stay."""
    start, end = _path(url)

    def value(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        return quote(values[name], safe="") if values.get(name) else found[0]

    return url[:start] + _PATH_PARAMETER.sub(value, url[start:end]) + url[end:]


def _path(url: str) -> tuple[int, int]:
    """Where the path begins and ends."""
    before, _, _ = _split(url)
    start = _BEGINNING.match(_masked(before))
    return start.end() if start is not None else 0, len(before)


def _split(url: str) -> tuple[str, str | None, str]:
    """What stands before the question mark, the query, and the fragment with its ``#``; None for no query."""
    head, hash_, _ = _masked(url).partition("#")
    before, mark, _ = head.partition("?")
    query = url[len(before) + 1 : len(head)] if mark else None
    return url[: len(before)], query, url[len(head) :] if hash_ else ""


def _pieces(query: str) -> list[str]:
    """The query cut at its ampersands."""
    pieces, at = [], 0
    for masked in _masked(query).split("&"):
        pieces.append(query[at : at + len(masked)])
        at += len(masked) + 1
    return pieces


def _masked(text: str) -> str:
    """A text of the same length in which no variable has a character that means something in a URL."""
    return _VARIABLE.sub(lambda found: "\0" * len(found[0]), text)


def _encoded(text: str, characters: str) -> str:
    """The text with these characters, and double braces, encoded wherever they are not a variable's."""
    meant = re.compile(f"[{characters}]|\\{{\\{{|\\}}\\}}")
    parts = re.split(f"({_VARIABLE.pattern})", text)
    return "".join(part if number % 2 else meant.sub(_quoted, part) for number, part in enumerate(parts))


def _quoted(found: re.Match[str]) -> str:
    return quote(found[0], safe="")


def _number(row: tuple[int, str]) -> int:
    return row[0]
