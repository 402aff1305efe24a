"""JSON as RFC 8259 and RFC 7493 (I-JSON) write it, nothing more: numbers keep the text they were written with."""

import json
import math
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from json.encoder import encode_basestring
from typing import NoReturn

_LITERALS = {True: "true", False: "false", None: "null"}

MAX_DEPTH = 64
MAX_DIGITS = 1000

PLACED = 50_000
"""Characters of a text in which ``read`` looks for the place of what is JSON and yet refused: the look is slow."""

_LARGEST = Decimal(sys.float_info.max)
_SMALLEST = Decimal(math.ulp(0.0))
_SHORT_INTEGER = re.compile("-?[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Number:
    """A JSON number as it was written: it never passes through a float."""

    text: str

    @property
    def value(self) -> Decimal | None:
        """The exact value; None where the exponent is beyond what Decimal can hold."""
        try:
            return Decimal(self.text)
        except InvalidOperation:
            return None

    @property
    def exact(self) -> int | Decimal | None:
        """The exact value, an int if integral; None beyond what IEEE 754 doubles hold (RFC 7493, section 2.2)."""
        if _SHORT_INTEGER.fullmatch(self.text):
            return int(self.text)
        value = self.value
        if not value:
            return None if value is None else 0
        if not _SMALLEST <= value.copy_abs() <= _LARGEST:
            return None
        return int(value) if value == value.to_integral_value() else value


Json = dict[str, "Json"] | list["Json"] | str | Number | bool | None


class JsonError(ValueError):
    """The bytes are not strict JSON; the message is a sentence with the place where that is known."""


class _Offence(JsonError):
    """Well-formed text breaks one of our rules; a second look can find the place."""

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(f"{reason}, in {where}." if where else f"{reason}.")


def read(data: bytes) -> Json:
    """Parse UTF-8 JSON. Raises JsonError, and nothing else, for whatever is not strict.

    Besides malformed text that is: NaN and Infinity, duplicate names, unpaired surrogates, more than MAX_DEPTH levels,
    numbers of more than MAX_DIGITS characters.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise JsonError(f"The JSON text is not UTF-8: byte {error.start + 1}, in line {line}, does not fit.") from error
    start = after_space(text, 0)
    value, end = decode(text, start) if len(text) <= PLACED else _decode(text, start)
    end = after_space(text, end)
    if end < len(text):
        raise malformed(text, end, "the text should end here")
    return value


def parse(text: str) -> Json:
    """The value of a text that ``read`` accepted before, or that ``write`` made."""
    value: Json = _DECODER.decode(text)
    return value


def decode(text: str, start: int) -> tuple[Json, int]:
    """The value that begins at ``start`` in a text without unpaired surrogates, and where it ends.

    Raises JsonError as ``read`` does, always with the line and the column.
    """
    try:
        return _decode(text, start)
    except _Offence as offence:
        raise _first_offence(text, start) or offence from offence


def after_space(text: str, start: int) -> int:
    """Where the white space that may be at ``start`` ends."""
    return _SPACE.match(text, start).end()  # type: ignore[union-attr] # it matches nothing at least


def malformed(text: str, position: int, reason: str) -> JsonError:
    """The error of a text that is not JSON from ``position`` on."""
    if position >= len(text):
        reason = "the text ends too early"
    return JsonError(f"Malformed JSON in {_place(text, position)}: {reason}.")


def write(value: Json) -> str:
    """The JSON text of a value, in one line."""
    if isinstance(value, Number):
        return value.text
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(name)}: {write(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(write, value)) + "]"
    return _quoted(value)


def write_document(members: Mapping[str, Json]) -> str:
    """The JSON text of an object with at least one member, one member a line, its members' own content in one line."""
    return "{\n" + ",\n".join(f"  {_quoted(name)}: {write(member)}" for name, member in members.items()) + "\n}"


def _quoted(value: str | bool | None) -> str:
    return encode_basestring(value) if isinstance(value, str) else _LITERALS[value]


def _decode(text: str, start: int) -> tuple[Json, int]:
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise malformed(text, error.pos, error.msg) from error
    except RecursionError as error:
        raise _Offence(_TOO_DEEP) from error
    _check(value, text, start, end)
    return value, end


def _place(text: str, position: int) -> str:
    return f"line {text.count(chr(10), 0, position) + 1}, column {position - text.rfind(chr(10), 0, position)}"


def _check(value: Json, text: str, start: int, end: int) -> None:
    """Refuse depth and unpaired surrogates; a stack of its own keeps the walk clear of Python's recursion limit."""
    brackets = text.count("[", start, end) + text.count("{", start, end)
    if brackets <= MAX_DEPTH and not _SURROGATE.search(text, start, end):
        return
    pending: list[tuple[Json, int]] = [(value, 0)]
    while pending:
        one, depth = pending.pop()
        if isinstance(one, str):
            if not _is_unicode(one):
                raise _Offence(_HALF)
        elif isinstance(one, dict | list):
            if depth == MAX_DEPTH:
                raise _Offence(_TOO_DEEP)
            if isinstance(one, dict):
                pending.extend((name, depth) for name in one)
                pending.extend((member, depth + 1) for member in one.values())
            else:
                pending.extend((member, depth + 1) for member in one)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _first_offence(text: str, start: int) -> JsonError | None:
    """The first thing in the value at ``start`` that is JSON and not strict, in words, with its place."""
    names: list[set[str] | None] = []
    before = ""
    for token in _TOKEN.finditer(text, start):
        word = token[0]
        inside = names[-1] if names and before in {"{", ","} else None
        reason = _string_offence(word, inside) if word.startswith('"') else _offence(word, len(names))
        if reason:
            return _Offence(reason, _place(text, token.start()))
        if word in {"{", "["}:
            names.append(set() if word == "{" else None)
        elif word in {"}", "]"}:
            names.pop()
        before = word
    return None


def _string_offence(word: str, names: set[str] | None) -> str:
    """What is wrong with a string; with a member's name if ``names`` has those before it in its object."""
    value = json.loads(word)
    if not _is_unicode(value):
        return _HALF
    if names is not None:
        if value in names:
            return _TWICE
        names.add(value)
    return ""


def _offence(word: str, depth: int) -> str:
    if word in {"{", "["} and depth == MAX_DEPTH:
        return _TOO_DEEP
    if word in {"NaN", "Infinity", "-Infinity"}:
        return f"{word} is not a JSON number"
    return _TOO_LONG if len(word) > MAX_DIGITS else ""


def _number(text: str) -> Number:
    if len(text) > MAX_DIGITS:
        raise _Offence(_TOO_LONG)
    return Number(text)


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise _Offence(_TWICE)
    return members


def _constant(name: str) -> NoReturn:
    raise _Offence(f"{name} is not a JSON number")


_TWICE = "An object has the same member name twice"
_HALF = "A string has half of a surrogate pair (RFC 7493, section 2.1)"
_TOO_DEEP = f"The JSON text is nested more than {MAX_DEPTH} levels deep"
_TOO_LONG = f"A number has more than {MAX_DIGITS:,} characters"
_SPACE = re.compile(r"[ \t\n\r]*")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_TOKEN = re.compile(r'[{}\[\],:]|"[^"\\]*(?:\\.[^"\\]*)*"|[^ \t\n\r{}\[\],:"]+')
_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_number, parse_float=_number, parse_constant=_constant)
