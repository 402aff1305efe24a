"""Reads conditions from the query of a URL: fields with values, and the JSON of ``_where``."""

from collections.abc import Callable, Iterable, Iterator

from servers.guard import Refusal
from servers.logs import visible
from servers.rest.definition import Definition
from servers.rest.queries.query import All, Any, Condition, Expression, Not, Op
from servers.rest.storage.fields import text_of_scalar
from servers.rest.strict_json import Json, JsonError, Number, read

MAX_CONDITIONS = 100
"""Conditions of one query."""

MAX_VALUES = 1000
"""Values that all conditions of one query compare to."""

MAX_SEARCH = 5000
"""Characters of a text that is searched for: SQLite's LIKE takes patterns of up to 50,000 bytes."""

MAX_NESTING = 10
"""Levels of ``or``, ``and``, ``not`` and members in ``_where``."""

MAX_WARNINGS = 20
"""Warnings that one answer carries."""

_OPS = {op.value: op for op in Op}
_SEARCHES = {Op.LIKE, Op.CONTAINS, Op.STARTS_WITH, Op.ENDS_WITH}


def quoted(text: str) -> str:
    """What a client sent, for a sentence about it."""
    return f"“{visible(text[:100])}”"


class Filters:
    """Collects the conditions of a query, and the warnings about what does not count in it."""

    def __init__(self, definition: Definition, holds: Callable[[str], bool]) -> None:
        self._definition = definition
        self._holds = holds
        self._fields: dict[tuple[str, Op], list[str]] = {}
        self._wheres: list[Expression] = []
        self._warnings: dict[str, None] = {}
        self._conditions = self._values = 0

    def knows(self, path: str) -> bool:
        """Whether documents of the collection may have something at this dotted path."""
        properties = self._definition.properties
        if path in {"id", *properties} or ("." in path and path.partition(".")[0] in properties):
            return True
        return self._definition.is_open and self._holds(path)

    def warn(self, text: str) -> None:
        """Tell the client what does not count; the text is a sentence for a header field, so it is made ASCII."""
        if len(self._warnings) < MAX_WARNINGS:
            self._warnings[visible(text).encode("ascii", "backslashreplace").decode()] = None

    def warn_unknown(self, path: str) -> None:
        """Tell the client that the collection has no such member."""
        self.warn(f'The member "{path[:100]}" is not known in {self._definition.name}.')

    @property
    def warnings(self) -> tuple[str, ...]:
        """All warnings, each once."""
        return tuple(self._warnings)

    def add(self, name: str, value: str) -> None:
        """A field of the query, such as ``age_gte``, and its value. Raises Refusal 400 for what is no word at all."""
        path, op = self._split(name)
        if not self.knows(path):
            if name == "_":  # what some clients add against caches
                return
            if name.startswith("_"):
                raise Refusal(400, f"There is no query word {quoted(name)}; /docs has a list of them.")
            self.warn(f'The filter "{name[:100]}" does not count: {self._definition.name} has no such member.')
            return
        values = [part.strip() for part in value.split(",")] if op is Op.IN else [value]
        self._fields.setdefault((path, op), []).extend(values)

    def add_where(self, text: str) -> None:
        """The conditions in the JSON text of ``_where``. Raises Refusal 400 if it is not of the right shape."""
        try:
            value = read(text.encode())
        except JsonError as error:
            raise Refusal(400, f"_where: {error}") from error
        if not isinstance(value, dict):
            raise Refusal(400, '_where must be a JSON object, such as {"age": {"gte": 20}}.')
        self._wheres.append(All(tuple(self._members(value, "", 0))))

    def expression(self) -> Expression | None:
        """All conditions together; None where there is none. Raises Refusal 400 if they are too many."""
        fields = tuple(self._condition(path, op, values) for (path, op), values in self._fields.items())
        parts = (*fields, *self._wheres)
        return parts[0] if len(parts) == 1 else All(parts) if parts else None

    def _split(self, name: str) -> tuple[str, Op]:
        """The member and the operator in a name; a member that is really called ``x_gte`` is that member."""
        if name in {"id", *self._definition.properties}:
            return name, Op.EQ
        path, colon, word = name.rpartition(":")
        if colon and self.knows(path):
            if word not in _OPS:
                raise Refusal(400, f"There is no operator {quoted(word)}; there are {', '.join(_OPS)}.")
            return path, _OPS[word]
        path, _, word = name.rpartition("_")
        if path and word in _OPS and self.knows(path) and not self._holds(name):
            return path, _OPS[word]
        return name, Op.EQ

    def _members(self, members: dict[str, Json], under: str, depth: int) -> Iterator[Expression]:
        if depth > MAX_NESTING:
            raise Refusal(400, f"_where is nested more than {MAX_NESTING} levels deep.")
        for name, value in members.items():
            if name in {"or", "and"} and isinstance(value, list):
                parts = tuple(self._object(one, under, depth + 1) for one in value)
                yield Any(parts) if name == "or" else All(parts)
            elif name == "not" and isinstance(value, dict):
                yield Not(self._object(value, under, depth + 1))
            else:
                yield from self._member(f"{under}.{name}" if under else name, value, depth)

    def _object(self, value: Json, under: str, depth: int) -> Expression:
        if not isinstance(value, dict):
            raise Refusal(400, "In _where, or and and take a list of objects.")
        return All(tuple(self._members(value, under, depth)))

    def _member(self, path: str, value: Json, depth: int) -> Iterator[Expression]:
        """Conditions on one member: operators, members of its own, or the scalar that it must equal."""
        if not self.knows(path):
            self.warn_unknown(path)
        if not isinstance(value, dict):
            yield self._condition(path, Op.EQ, [_scalar(path, value)])
        elif value.keys() & _OPS.keys():
            for name, operand in value.items():
                yield self._operator(path, name, operand)
        else:
            yield from self._members(value, path, depth + 1)

    def _operator(self, path: str, name: str, operand: Json) -> Condition:
        op = _OPS.get(name)
        if op is None:
            raise Refusal(400, f"_where: there is no operator {quoted(name)}; there are {', '.join(_OPS)}.")
        operands = operand if op is Op.IN and isinstance(operand, list) else [operand]
        return self._condition(path, op, [_scalar(path, one) for one in operands])

    def _condition(self, path: str, op: Op, values: Iterable[str]) -> Condition:
        condition = Condition(path, op, tuple(dict.fromkeys(values)))
        self._conditions += 1 if op is Op.IN else len(condition.values)
        self._values += len(condition.values)
        if self._conditions > MAX_CONDITIONS or self._values > MAX_VALUES:
            raise Refusal(400, f"A query has at most {MAX_CONDITIONS} conditions and {MAX_VALUES:,} values.")
        if op in _SEARCHES:
            for value in condition.values:
                check_search(value)
        return condition


def check_search(text: str) -> None:
    """Refuse (400) a text that is too long to be searched for."""
    if len(text) > MAX_SEARCH:
        raise Refusal(400, f"A text to search for has at most {MAX_SEARCH:,} characters.")


def _scalar(path: str, value: Json) -> str:
    if isinstance(value, str | Number | bool | None):
        return text_of_scalar(value)
    raise Refusal(
        400, f"_where: {quoted(path)} is compared to a list or an object; it takes a text, number or literal."
    )
