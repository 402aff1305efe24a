"""JSON as RFC 8259 and RFC 7493 (I-JSON) write it, nothing more: numbers keep the text they were written with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NoReturn

MAX_DEPTH = 64
MAX_DIGITS = 1000


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


Json = dict[str, "Json"] | list["Json"] | str | Number | bool | None


class JsonError(ValueError):
    """The bytes are not strict JSON; the message is a sentence with the place where that is known."""


def read(data: bytes) -> Json:
    """Parse UTF-8 JSON. Raises JsonError, and nothing else, for whatever is not strict.

    Besides malformed text that is: NaN and Infinity, duplicate names, unpaired surrogates, more than MAX_DEPTH levels,
    numbers of more than MAX_DIGITS characters.
    """
    try:
        value: Json = _DECODER.decode(data.decode())
    except UnicodeDecodeError as error:
        raise JsonError(f"The JSON text is not UTF-8: byte {error.start + 1} does not fit.") from error
    except json.JSONDecodeError as error:
        raise JsonError(f"Malformed JSON in line {error.lineno}, column {error.colno}: {error.msg}.") from error
    except RecursionError as error:
        raise _too_deep() from error
    _check(value)
    return value


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
    return json.dumps(value, ensure_ascii=False)


def _check(value: Json) -> None:
    """Refuse depth and unpaired surrogates; a stack of its own keeps the walk clear of Python's recursion limit."""
    pending: list[tuple[Json, int]] = [(value, 0)]
    while pending:
        one, depth = pending.pop()
        if isinstance(one, str):
            _check_text(one)
        elif isinstance(one, dict | list):
            if depth == MAX_DEPTH:
                raise _too_deep()
            if isinstance(one, dict):
                pending.extend((name, depth) for name in one)
                pending.extend((member, depth + 1) for member in one.values())
            else:
                pending.extend((member, depth + 1) for member in one)


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise JsonError("A string has half of a surrogate pair (RFC 7493, section 2.1).") from error


def _too_deep() -> JsonError:
    return JsonError(f"The JSON text is nested more than {MAX_DEPTH} levels deep.")


def _number(text: str) -> Number:
    if len(text) > MAX_DIGITS:
        raise JsonError(f"A number has more than {MAX_DIGITS:,} characters.")
    return Number(text)


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise JsonError("An object has the same member name twice.")
    return members


def _constant(name: str) -> NoReturn:
    raise JsonError(f"{name} is not a JSON number.")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_number, parse_float=_number, parse_constant=_constant)
