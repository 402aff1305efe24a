"""A request as JSON: how drafts and the history keep it."""

import base64
import enum
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, cast

from desktop.explorer.model.request import Request

Stored = dict[str, Any]
_TYPE, _BYTES = "is", "base64"


def store(request: Request) -> Stored:
    """The request in the types of JSON; what has its default is left out."""
    return cast(Stored, _out(request))


def restore(stored: Mapping[str, Any]) -> Request:
    """The request that ``store`` was given. Unknown members are passed over. Raises ValueError for other shapes."""
    try:
        return cast(Request, _value(Request, stored))
    except (TypeError, KeyError, AttributeError, StopIteration) as error:
        raise ValueError(f"not a stored request: {error}") from error


def _out(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        members = {one.name: getattr(value, one.name) for one in fields(value)}
        kept = {one.name: _out(members[one.name]) for one in fields(value) if members[one.name] != one.default}
        return {_TYPE: type(value).__name__} | kept
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, bytes):
        return {_BYTES: base64.b64encode(value).decode()}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_out(one) for one in value] if isinstance(value, tuple) else value


def _value(hint: Any, stored: Any) -> Any:
    """``stored`` as the type that a field announces."""
    origin, options = typing.get_origin(hint), typing.get_args(hint)
    if origin in (UnionType, typing.Union):
        return _one_of(options, stored)
    if origin is tuple:
        inner = [options[0]] * len(stored) if options[-1] is ... else options
        return tuple(_value(kind, one) for kind, one in zip(inner, stored, strict=True))
    if origin is frozenset:
        return frozenset(_value(options[0], one) for one in stored)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = _hints(hint)
        return hint(**{name: _value(hints[name], one) for name, one in stored.items() if name in hints})
    return _scalar(hint, stored)


def _scalar(hint: type, stored: Any) -> Any:
    if issubclass(hint, enum.Enum):
        return hint(stored)
    if hint is bytes:
        return base64.b64decode(stored[_BYTES], validate=True)
    if hint is float and type(stored) is int:
        return float(stored)
    if type(stored) is not hint:
        raise TypeError(f"{stored!r:.40} is not {hint}")
    return stored


def _one_of(options: tuple[Any, ...], stored: Any) -> Any:
    if stored is None and type(None) in options:
        return None
    if isinstance(stored, dict):
        wanted = "bytes" if _BYTES in stored else stored[_TYPE]
        return _value(next(one for one in options if one.__name__ == wanted), stored)
    return _value(next(one for one in options if one is type(stored) or (one is float and type(stored) is int)), stored)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)
