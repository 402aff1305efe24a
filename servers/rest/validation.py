"""Finds what is wrong with a document by the JSON Schema (draft 2020-12) of its collection."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from referencing.jsonschema import EMPTY_REGISTRY

from servers.rest.fault_text import sentence, unknown
from servers.rest.problems import MAX_FAULTS, Fault, pointer
from servers.rest.strict_json import Json, Number

_FORMATS = FormatChecker(formats=("date", "email", "ipv4", "ipv6", "uuid"))
"""Those that the standard library checks, the same on every machine; ``regex`` would compile what a client sends."""

_BEYOND = "The number is beyond what IEEE 754 doubles hold (RFC 7493, section 2.2)."

_Path = tuple[str | int, ...]


class Validator:
    """Checks documents without their id against a schema, which may not refer to other documents.

    To be built once for a collection: it takes milliseconds, and a check of a small document tens of microseconds.
    """

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._checks = _Checks(_exact(schema), format_checker=_FORMATS, registry=EMPTY_REGISTRY)

    def faults(self, members: dict[str, Json]) -> list[Fault]:
        """What keeps ``members`` from fitting the schema, at most MAX_FAULTS, in the order of the document.

        Each has the JSON pointer of the member that is wrong, missing or unknown. Never raises.
        """
        beyond: set[_Path] = set()
        plain = _plain(members, (), beyond)
        found = [(path, _BEYOND) for path in beyond]
        for error in islice(self._checks.iter_errors(plain), MAX_FAULTS):
            path = tuple(error.absolute_path)
            if path not in beyond:
                found.append((path, _detail(error)))
        if len(found) > 1:
            found.sort(key=_Order(plain))
        first = islice(dict.fromkeys(found), MAX_FAULTS)
        return [Fault("".join(pointer(str(step)) for step in path), detail) for path, detail in first]


class _Properties(dict[str, Any]):
    """The ``properties`` of a schema, each with its validator once that is needed: making one is what takes time."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        super().__init__(schemas)
        self.checks: dict[str, Any] = {}


class _Order:
    """A sort key for paths: the order of the document, and what is missing before the other members."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._positions: dict[int, dict[str, int]] = {}

    def __call__(self, fault: tuple[_Path, str]) -> list[int]:
        place, key = self._document, []
        for step in fault[0]:
            if isinstance(step, int):
                key.append(step)
                place = place[step]
            else:
                if id(place) not in self._positions:
                    self._positions[id(place)] = {name: at for at, name in enumerate(place)}
                key.append(self._positions[id(place)].get(step, -1))
                place = place.get(step)
        return key


def _plain(value: Json, path: _Path, beyond: set[_Path]) -> Any:
    """The document with exact numbers; the paths of those that no double holds go to ``beyond``."""
    if isinstance(value, Number):
        exact = value.exact
        if exact is None:
            beyond.add(path)
            return 0
        return exact
    if isinstance(value, dict):
        return {name: _plain(member, (*path, name), beyond) for name, member in value.items()}
    if isinstance(value, list):
        return [_plain(member, (*path, at), beyond) for at, member in enumerate(value)]
    return value


def _exact(schema: Any) -> Any:
    """The schema with decimal fractions in the place of floats, so that 0.1 is 0.1 on both sides."""
    if isinstance(schema, float):
        return Number(repr(schema)).exact
    if isinstance(schema, list | tuple):
        return [_exact(one) for one in schema]
    if isinstance(schema, Mapping):
        members = {name: _exact(one) for name, one in schema.items()}
        if isinstance(members.get("properties"), dict):
            members["properties"] = _Properties(members["properties"])
        return members
    return schema


def _detail(error: ValidationError) -> str:
    if error.validator in {"required", "additionalProperties"}:
        return str(error.message)
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    return sentence(error.validator, schema, f"{error.message}.")


def _properties(validator: Any, properties: _Properties, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    for name in properties if isinstance(instance, dict) else ():
        if name in instance:
            check = properties.checks.get(name)
            if check is None:
                check = properties.checks[name] = validator.evolve(schema=properties[name])
            for error in check.iter_errors(instance[name]):
                error.path.appendleft(name)
                error.schema_path.appendleft(name)
                yield error


def _required(_validator: Any, required: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, dict):
        for name in required:
            if name not in instance:
                yield ValidationError("This member is required.", path=(name,))


def _additional(validator: Any, additional: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if additional is not False:
        yield from (
            Draft202012Validator.VALIDATORS["additionalProperties"](validator, additional, instance, schema) or ()
        )
    elif isinstance(instance, dict):
        known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
        for name in instance:
            if name not in known and not any(re.search(pattern, name) for pattern in patterns):
                yield ValidationError(unknown(schema), path=(name,))


def _multiple_of(_validator: Any, divisor: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    is_number = isinstance(instance, int | Decimal) and not isinstance(instance, bool)
    if is_number and Fraction(instance) % Fraction(divisor):
        yield ValidationError("It does not divide.")


_Checks = extend(
    Draft202012Validator,
    {
        "properties": _properties,
        "required": _required,
        "additionalProperties": _additional,
        "multipleOf": _multiple_of,
    },
)
