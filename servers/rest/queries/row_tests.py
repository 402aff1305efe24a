"""The tests that one row of the store's fields is put to, as SQL: for numbers, for texts and for null."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from servers.rest.queries.query import Condition, Op
from servers.rest.storage.fields import fold, rank
from servers.rest.strict_json import Number

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SIGNS = {Op.LT: "<", Op.LTE: "<=", Op.GT: ">", Op.GTE: ">="}
_FOLDED = "coalesce(folded, lower(text))"
_SEARCHES = {
    Op.LIKE: f"instr({_FOLDED}, ?1) > 0",
    Op.CONTAINS: f"instr({_FOLDED}, ?1) > 0",
    Op.STARTS_WITH: f"substr({_FOLDED}, 1, length(?1)) = ?1",
    Op.ENDS_WITH: f"substr({_FOLDED}, -length(?1)) = ?1",
}
"""Not LIKE, which takes quadratic time on long texts."""


class Sql(NamedTuple):
    """A piece of SQL and the values of its parameters."""

    text: str
    values: tuple[object, ...] = ()


ANYTHING, NOTHING = Sql("TRUE"), Sql("FALSE")


class PerKind(NamedTuple):
    """What a row of a number must meet, one of a text (true and false among them), one of null."""

    number: Sql
    text: Sql
    null: Sql


_OF_NUMBERS, _OF_TEXTS, _OF_NULL = Sql("rank > -9e999 AND rank < 9e999"), Sql("rank = 9e999"), Sql("rank = -9e999")


def per_kind(condition: Condition) -> PerKind:
    """The tests of a condition. A value that is a number in JSON's notation compares to numbers as one."""
    values = condition.values
    null = _OF_NULL if ("null" in values) is not (condition.op is Op.NE) else NOTHING
    if condition.op in _SIGNS:
        sign = _SIGNS[condition.op]
        numbers = any_of([_compared(sign, value) for value in values])
        texts = any_of([Sql(f"text {sign} ?", (value,)) for value in values])
        return PerKind(numbers, every([_OF_TEXTS, texts]), NOTHING)
    if condition.op in _SEARCHES:
        like = any_of([_search(_SEARCHES[condition.op], fold(value)) for value in values])
        return PerKind(every([_OF_NUMBERS, like]), every([_OF_TEXTS, like]), NOTHING)
    if condition.op is Op.NE:
        other = Sql(f"text NOT IN ({_marks(values)})", values)
        return PerKind(every([_OF_NUMBERS, other]), every([_OF_TEXTS, other]), null)
    equal = Sql(f"text IN ({_marks(values)})", values)
    return PerKind(_equal_numbers(values), every([_OF_TEXTS, equal]), null)


def every(tests: Sequence[Sql]) -> Sql:
    """All of them; to be put in parentheses after NOT. There are few of those because SQLite bounds their nesting."""
    if NOTHING in tests:
        return NOTHING
    needed = [one for one in tests if one != ANYTHING]
    return _joined(" AND ", needed) if needed else ANYTHING


def any_of(tests: Sequence[Sql]) -> Sql:
    """At least one of them."""
    if len(tests) < 2:
        return tests[0] if tests else NOTHING
    found = _joined(" OR ", tests)
    return Sql(f"({found.text})", found.values)


def _joined(word: str, tests: Sequence[Sql]) -> Sql:
    return Sql(word.join(one.text for one in tests), tuple(value for one in tests for value in one.values))


def _compared(sign: str, value: str) -> Sql:
    number = _rank(value)
    if number is None:
        return every([_OF_NUMBERS, Sql(f"text {sign} ?", (value,))])
    # the plus keeps SQLite from taking this for the bound that matters
    return Sql(f"rank {sign} ? AND {'+rank < 9e999' if '>' in sign else '+rank > -9e999'}", (number,))


def _equal_numbers(values: Sequence[str]) -> Sql:
    """Each text has its own rank, so that the two need not be paired."""
    ranks = {value: number for value in values if (number := _rank(value)) is not None}
    if not ranks:
        return NOTHING
    marks = _marks(tuple(ranks))
    return Sql(f"rank IN ({marks}) AND text IN ({marks})", (*ranks.values(), *ranks))


def _rank(value: str) -> float | None:
    return rank(Number(value)) if _NUMBER.fullmatch(value) else None


def _search(test: str, folded: str) -> Sql:
    return Sql(test.replace("?1", "?"), (folded,) * test.count("?1")) if folded else ANYTHING


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" for _ in values)
