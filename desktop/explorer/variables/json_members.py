"""Changes single members in the text of a JSON object; every other character stays."""

import json
import re
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

_SPACE = re.compile(r"[ \t\r\n]*")
_INDENTED = re.compile(r"\r?\n([ \t]+)")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)


class Member(NamedTuple):
    """Where a member stands: its name from ``start`` to ``name_end``, its value from ``value`` to ``end``."""

    name: str
    start: int
    name_end: int
    value: int
    end: int


def members(text: str, start: int = 0) -> tuple[Member, ...]:
    """The members of the object that begins at ``start``, before which may be space; the text is known to be JSON."""
    return tuple(_members(text, _after_space(text, start)))


def find(text: str, name: str, start: int = 0) -> Member | None:
    """The member of this name that counts: of several, the last."""
    return next((one for one in reversed(members(text, start)) if one.name == name), None)


def with_values(text: str, values: Mapping[str, str], start: int = 0) -> str:
    """The text with other values, which are JSON themselves; new members go to the end of their object."""
    there = members(text, start)
    numbers = {one.name: number for number, one in enumerate(there)}
    new = [f"{literal(name)}: {value}" for name, value in values.items() if name not in numbers]
    if new:
        text = _with_added(text, there, _after_space(text, start), new)
    for number in sorted((numbers[name] for name in values if name in numbers), reverse=True):
        one = there[number]
        text = text[: one.value] + values[one.name] + text[one.end :]
    return text


def with_name(text: str, before: str, after: str, start: int = 0) -> str:
    """The text with other names of all members of one name."""
    for one in reversed(members(text, start)):
        if one.name == before:
            text = text[: one.start] + literal(after) + text[one.name_end :]
    return text


def without(text: str, names: Set[str], start: int = 0) -> str:
    """The text without the members of these names."""
    there = members(text, start)
    gone = [number for number, one in enumerate(there) if one.name in names]
    for number in reversed(gone):
        if number > 0:
            text = text[: there[number - 1].end] + text[there[number].end :]
    if gone[:1] != [0]:
        return text
    first, inside = there[0], _after_space(text, start) + 1
    after = _after_space(text, first.end)
    if text[after] == ",":
        return text[: first.start] + text[_after_space(text, after + 1) :]
    return text[:inside] + text[after:]


def literal(text: str) -> str:
    """A text as a JSON string, in characters that every encoding of Unicode has."""
    return json.dumps(text, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def _with_added(text: str, there: tuple[Member, ...], start: int, new: list[str]) -> str:
    """The text with members more, laid out as their neighbours are."""
    if there:
        space = text[_space_before(text, there[-1].start) : there[-1].start]
        gap = "," + (space if "\n" in space else " ")
        return text[: there[-1].end] + gap + gap.join(new) + text[there[-1].end :]
    newline = "\r\n" if "\r\n" in text else "\n"
    line = text[text.rfind("\n", 0, start) + 1 : start]
    outer = newline + line[: len(line) - len(line.lstrip(" \t"))]
    unit = _INDENTED.search(text)
    inner = outer + ("  " if unit is None else unit[1])
    return text[: start + 1] + inner + f",{inner}".join(new) + outer + text[_after_space(text, start + 1) :]


def _members(text: str, start: int) -> Iterator[Member]:
    at = _after_space(text, start + 1)
    while text[at] != "}":
        name, name_end = _DECODER.raw_decode(text, at)
        value = _after_space(text, _after_space(text, name_end) + 1)
        _, end = _DECODER.raw_decode(text, value)
        yield Member(name, at, name_end, value, end)
        at = _after_space(text, end)
        if text[at] == ",":
            at = _after_space(text, at + 1)


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return at if found is None else found.end()


def _space_before(text: str, at: int) -> int:
    return len(text[:at].rstrip(" \t\r\n"))
