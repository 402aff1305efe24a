"""Variables ``{{name}}`` in a text: where they stand, and what they stand for."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

_VARIABLE = re.compile(r"\{\{[ \t]*+([^{}\s](?:[^{}\r\n]*[^{}\s])?)[ \t]*\}\}")
_OPEN = re.compile(r"\{\{[ \t]*([^{}\s]*)\Z")
_HIDDEN = "••••••"
FILLED = 64 * 1024 * 1024
"""Characters that the values of variables may bring into one text."""

_LONGEST = 200
"""Characters of a value that are previewed."""


class KnownVariable(Protocol):
    """A variable that can be offered; ``origin`` says in words where its value comes from."""

    @property
    def name(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def secret(self) -> bool: ...


class Values(Protocol):
    """What stands for a name, if anything."""

    def get(self, name: str, /) -> str | None: ...


class Variables(Values, Protocol):
    """What stands for the names, and which names there are."""

    def known(self) -> Iterable[KnownVariable]: ...


Provider = Callable[[], Variables]
"""Gives the variables as they are now."""


def variables(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of each variable in a text."""
    if "{{" in text:
        yield from ((found.start(), found.end(), found[1]) for found in _VARIABLE.finditer(text))


def fill(text: str, values: Values) -> str:
    """The text with each ``{{name}}`` replaced that has a value, as long as no more than FILLED characters come in."""
    if "{{" not in text:
        return text
    room = FILLED

    def value(found: re.Match[str]) -> str:
        nonlocal room
        filled = values.get(found[1])
        if filled is None or len(filled) > room:
            return found[0]
        room -= len(filled)
        return filled

    return _VARIABLE.sub(value, text)


def variables_in(text: str) -> tuple[str, ...]:
    """The names of the variables that a text uses, each once, in order."""
    return tuple(dict.fromkeys(_VARIABLE.findall(text)))


def open_name(before: str) -> str | None:
    """What has been typed of a name behind ``{{`` at the end of a text; None where none is being typed."""
    found = _OPEN.search(before)
    return found[1] if found else None


def preview(name: str, variables: Variables) -> str:
    """What a variable stands for, in words; a secret is hidden."""
    known = next((one for one in variables.known() if one.name == name), None)
    value = variables.get(name)
    if value is None:
        return f"{{{{{name}}}}} has no value: it is sent as written."
    shown = _HIDDEN if known is not None and known.secret else shortened(value)
    return f"{{{{{name}}}}} = {shown}{f' ({known.origin})' if known is not None and known.origin else ''}"


def offered(typed: str, variables: Variables) -> list[tuple[str, str]]:
    """The names that fit what was typed, each with what is shown of it; those that start with it first."""
    low = typed.lower()
    fitting = [one for one in variables.known() if low in one.name.lower()]
    fitting.sort(key=lambda one: not one.name.lower().startswith(low))
    return [(one.name, _HIDDEN if one.secret else shortened(one.value, 60)) for one in fitting]


def shortened(value: str, longest: int = _LONGEST) -> str:
    """The value, or its beginning."""
    return value if len(value) <= longest else f"{value[: longest - 1]}…"
