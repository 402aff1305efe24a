"""Targets and outgoing messages as JSON: how files keep them."""

import enum
import typing
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from desktop.chat.outgoing import Outgoing
from desktop.chat.target import Target

V = TypeVar("V")


def to_json(value: Target | Outgoing) -> dict[str, object]:
    """The value in the types of JSON; what has its default is left out."""
    return _members(value)


def target_from(stored: object) -> Target:
    """The target that ``to_json`` was given; members that are missing or of other types have their default."""
    return _made(Target, stored)


def outgoing_from(stored: object) -> Outgoing:
    """The message that ``to_json`` was given; members that are missing or of other types have their default."""
    return _made(Outgoing, stored)


def _members(value: Any) -> dict[str, object]:
    members = ((one, getattr(value, one.name)) for one in fields(value))
    return {one.name: _out(member) for one, member in members if member != one.default}


def _out(value: object) -> object:
    if isinstance(value, tuple):
        return [_members(one) for one in value]
    return value.value if isinstance(value, enum.Enum) else value


def _made(kind: type[V], stored: object) -> V:
    hints = typing.get_type_hints(kind)
    found = stored if isinstance(stored, dict) else {}
    fitting = {name: _value(hint, found[name]) for name, hint in hints.items() if name in found}
    required = {one.name: "" for one in fields(kind) if one.default is MISSING}  # type: ignore[arg-type] # a dataclass
    return kind(**required | {name: value for name, value in fitting.items() if value is not None})


def _value(hint: Any, stored: Any) -> Any:
    """``stored`` as the type of a field; None where it is of another type."""
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)[0]
        return tuple(_made(inner, one) for one in stored if isinstance(one, dict)) if type(stored) is list else None
    if issubclass(hint, enum.Enum):
        return next((one for one in hint if one.value == stored), None)
    return stored if type(stored) is hint else None
