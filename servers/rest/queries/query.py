"""What can be asked of a collection: conditions, an order and a page, as values that know neither HTTP nor SQL."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass

MAX_PAGE = 1000
"""Documents that one answer holds at most."""


class Op(enum.Enum):
    """How a condition compares; the value is the word for it.

    EQ, NE and IN compare texts, the others of the first line numbers where both sides are numbers, and texts where one
    is not. The last line looks for a piece of text without regard to case (Unicode's case folding).
    """

    EQ, NE, IN, LT, LTE, GT, GTE = "eq", "ne", "in", "lt", "lte", "gt", "gte"
    LIKE, CONTAINS, STARTS_WITH, ENDS_WITH = "like", "contains", "startsWith", "endsWith"


@dataclass(frozen=True, slots=True)
class Condition:
    """A document meets it if a value of the member at the dotted ``path`` compares to one of ``values``.

    NE is met if the member is there and none of its values equals any of ``values``. The values of a list are those of
    its member. Null equals ``null``, and meets nothing but EQ, IN and NE.
    """

    path: str
    op: Op
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Met if each of ``parts`` is; always if there is none."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Any:
    """Met if one of ``parts`` is; never if there is none."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """Met if ``part`` is not."""

    part: "Expression"


Expression = Condition | All | Any | Not


@dataclass(frozen=True, slots=True)
class Sort:
    """Orders by the member at ``path``: numbers by value, then texts by code point; a list by its least value.

    Documents that lack the member or have null there come last, also if ``descending``.
    """

    path: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is wanted of a collection: the documents that meet ``where`` and hold each of ``text``, one page of them.

    Equal documents are in the order in which they were added. ``page`` is the number of the page, from 1, where the
    client counts pages; ``fields`` names the members to show, all if None; ``embed`` names collections whose documents
    name this one, ``expand`` the relations to parents. Each of ``warnings`` is a sentence in ASCII for the client.
    """

    where: Expression | None = None
    text: tuple[str, ...] = ()
    sort: tuple[Sort, ...] = ()
    offset: int = 0
    limit: int = MAX_PAGE
    page: int | None = None
    fields: tuple[str, ...] | None = None
    embed: tuple[str, ...] = ()
    expand: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def paths(self) -> frozenset[str]:
        """The paths that it compares or sorts by."""
        found = () if self.where is None else _paths(self.where)
        return frozenset({*found, *(sort.path for sort in self.sort)})


def _paths(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Condition):
        yield expression.path
    elif isinstance(expression, Not):
        yield from _paths(expression.part)
    else:
        for part in expression.parts:
            yield from _paths(part)
