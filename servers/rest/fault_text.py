"""Says in plain words what a document should have been where JSON Schema found a fault."""

from collections.abc import Mapping
from typing import Any

_KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "an object",
    "array": "an array",
    "null": "null",
}
_FORMATS = {
    "date": "a date such as 1988-12-10 (RFC 3339, full-date)",
    "email": "an e-mail address",
    "ipv4": "an IPv4 address",
    "ipv6": "an IPv6 address",
    "uuid": "a UUID (RFC 9562)",
}
_PATTERNS = {r"[^\s\u001c-\u001f\u0085\ufeff]": "It must not be blank."}

LONGEST = 200
"""Characters of a library's own message that are shown."""


def sentence(keyword: str | None, schema: Mapping[str, Any], message: str) -> str:
    """The sentence for a keyword of a schema that a value does not fit; ``message`` is for keywords without one."""
    if keyword in _DESCRIBED:
        return f"It must be {_description(schema)}."
    if keyword == "pattern":
        return _PATTERNS.get(schema["pattern"], f"It must match the pattern “{schema['pattern']}”.")
    if keyword == "uniqueItems":
        return "Its elements must differ from one another."
    if keyword is None:
        return "It must not be there."
    return message if len(message) <= LONGEST else f"{message[:LONGEST]}…"


def unknown(schema: Mapping[str, Any]) -> str:
    """The sentence for a member that the schema of its object does not know."""
    names = ", ".join(schema.get("properties", {}))
    return f"There is no such member; there may be {names}." if names else "There is no such member."


def _description(schema: Mapping[str, Any]) -> str:
    if "const" in schema:
        return _text(schema["const"])
    if "enum" in schema:
        return f"one of {', '.join(map(_text, schema['enum']))}"
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    kinds = schema.get("type", [])
    names = [_KINDS[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    return (" or ".join(names) or "a value") + "".join(_limits(schema))


def _limits(schema: Mapping[str, Any]) -> list[str]:
    """The ranges that a schema sets: of a number, of a text's length, of an array's."""
    return [
        _range(schema, "minimum", "maximum", " from {} to {}", " of at least {}", " of at most {}"),
        _range(schema, "exclusiveMinimum", "exclusiveMaximum", " between {} and {}", " above {}", " below {}"),
        _range(
            schema,
            "minLength",
            "maxLength",
            " of {} to {} characters",
            " of {} characters or more",
            " of at most {} characters",
        ),
        _range(
            schema,
            "minItems",
            "maxItems",
            " of {} to {} elements",
            " of {} elements or more",
            " of at most {} elements",
        ),
        f" that is a multiple of {schema['multipleOf']}" if "multipleOf" in schema else "",
    ]


def _range(schema: Mapping[str, Any], least: str, most: str, both: str, from_: str, to: str) -> str:
    if least in schema:
        return both.format(schema[least], schema[most]) if most in schema else from_.format(schema[least])
    return to.format(schema[most]) if most in schema else ""


def _text(value: Any) -> str:
    names = {True: "true", False: "false", None: "null"}
    return names[value] if value is None or isinstance(value, bool) else str(value)


_RANGES = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
_LENGTHS = frozenset({"minLength", "maxLength", "minItems", "maxItems"})
_DESCRIBED = frozenset({"type", "enum", "const", "format"}) | _RANGES | _LENGTHS
