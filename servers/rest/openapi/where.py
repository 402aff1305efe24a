"""The schemas of the conditions that the query word _where takes as JSON."""

from servers.rest.openapi.common import Schema, reference
from servers.rest.queries.query import Op

_OPS = [op.value for op in Op]
_SCALAR: Schema = {"type": ["string", "number", "boolean", "null"]}

WHERE: dict[str, Schema] = {
    "Where": {
        "description": "Conditions that an item must all meet: the names of members, each with what it is compared to; "
        "and and or take a list of such objects, not takes one.",
        "type": "object",
        "patternProperties": {
            "^(and|or)$": {"anyOf": [{"type": "array", "items": reference("Where")}, reference("Where.operand")]}
        },
        "properties": {"not": {"anyOf": [reference("Where"), _SCALAR]}},
        "additionalProperties": reference("Where.operand"),
    },
    "Where.operand": {
        "description": "A value to equal, operators, or conditions on the members inside an object.",
        "anyOf": [_SCALAR, reference("Where.operators"), reference("Where.members")],
    },
    "Where.operators": {
        "description": "Comparisons that must all hold.",
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"enum": _OPS},
        "properties": {Op.IN.value: {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}},
        "additionalProperties": _SCALAR,
    },
    "Where.members": {
        "description": "Conditions on the members inside an object: Where, without the names of operators.",
        "allOf": [reference("Where"), {"propertyNames": {"not": {"enum": _OPS}}}],
    },
}
"""The schemas by name."""
