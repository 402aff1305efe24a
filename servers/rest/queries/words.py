"""Reads the words of a URL's query that filter, sort, page and enrich a collection (json-server's query words)."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from servers.guard import Refusal
from servers.rest.definition import Definition, Relation
from servers.rest.queries.filters import Filters, check_search, quoted
from servers.rest.queries.query import MAX_PAGE, Query, Sort

DEFAULT_PAGE = 10
"""Documents on a page for a client that counts pages and does not say how many it wants on each."""

MAX_SORTS = 10
"""Members that one query sorts by."""

_GREATEST = 10**15
_DIGITS = re.compile("[0-9]+")


class Word(NamedTuple):
    """A row of the documentation: a word of the query, an example, and what it means."""

    word: str
    example: str
    meaning: str


WORDS = (
    Word(
        "field", "team=Reds", "The member is this text; repeated: one of them. A dot leads into objects: author.name."
    ),
    Word("field_ne", "team_ne=Reds", "The member is there and is not this text; repeated: none of them."),
    Word("field_gte, _lte, _gt, _lt", "age_gte=20", "Numbers are compared by value, anything else as text."),
    Word("field_like", "name_like=an", "The member contains this text, in upper or lower case."),
    Word(
        "field:op",
        "age:gte=20",
        "The same with eq, ne, lt, lte, gt, gte, in (values between commas), contains, startsWith or endsWith as op.",
    ),
    Word("q", "q=smith", "The id or any member at any depth contains this text; repeated: each of them."),
    Word("_where", '_where={"or":[{"age":{"lt":20}},{"name":"Ann"}]}', "Conditions in JSON, with or, and, not and op."),
    Word(
        "_sort", "_sort=team,-age", "Sorts by these members, downwards after a minus; what lacks a member comes last."
    ),
    Word("_order", "_order=asc,desc", "The directions for the members in _sort, in the same order."),
    Word("_page", "_page=2", f"One page, counted from 1, of {DEFAULT_PAGE} documents if nothing else is said."),
    Word("_limit, _per_page", "_limit=20", f"How many documents, at most {MAX_PAGE:,}."),
    Word("_start, _end", "_start=20&_end=30", "From this place, counted from 0, up to and without that one."),
    Word("_fields", "_fields=id,name", "Only these members of each document."),
    Word(
        "_embed",
        "_embed=players",
        "Shows those documents of another collection that belong to each inside it, at most 100.",
    ),
    Word("_expand", "_expand=team", "Shows the document that each belongs to inside it."),
    Word("_format", "_format=xml", "The representation; format is the same unless documents have a member format."),
)
"""The words, for the documentation."""

_NAMES = {
    "q",
    "_where",
    "_sort",
    "_order",
    "_page",
    "_limit",
    "_per_page",
    "_start",
    "_end",
    "_fields",
    "_embed",
    "_expand",
}


def _nothing(_path: str) -> bool:
    return False


def parse(
    pairs: Sequence[tuple[str, str]],
    definition: Definition,
    relations: Sequence[Relation],
    holds: Callable[[str], bool] = _nothing,
) -> Query:
    """The query that decoded names and values mean, in their order. Raises Refusal 400 for what cannot be meant.

    ``holds`` says whether documents have something at a dotted path that the definition does not name.
    A filter by a member that the collection does not have does not count; the query's warnings name it.
    """
    words: dict[str, list[str]] = {}
    filters = Filters(definition, holds)
    for name, value in pairs:
        _check_text(name, value)
        if name in _NAMES:
            words.setdefault(name, []).append(value)
        elif not _is_format(name, definition):
            filters.add(name, value)
    for text in words.get("_where", ()):
        filters.add_where(text)
    offset, limit, page = _window(words, filters)
    embed, expand = _linked(words, definition, relations)
    return Query(
        where=filters.expression(),
        text=_searched(words.get("q", ())),
        sort=_sorted(words, filters),
        offset=offset,
        limit=limit,
        page=page,
        fields=_shown(words, definition, filters),
        embed=embed,
        expand=expand,
        warnings=filters.warnings,
    )


def _check_text(*texts: str) -> None:
    try:
        for text in texts:
            text.encode()
    except UnicodeEncodeError as error:
        raise Refusal(400, "The query is not UTF-8.") from error


def _is_format(name: str, definition: Definition) -> bool:
    return name == "_format" or (name == "format" and "format" not in definition.properties)


def _searched(texts: Sequence[str]) -> tuple[str, ...]:
    for text in texts:
        check_search(text)
    return tuple(dict.fromkeys(text for text in texts if text))


def _sorted(words: dict[str, list[str]], filters: Filters) -> tuple[Sort, ...]:
    names = _listed(words, "_sort")
    orders = [order.lower() for order in _listed(words, "_order")]
    if not set(orders) <= {"asc", "desc"}:
        raise Refusal(400, "_order takes asc or desc for each member in _sort.")
    if len(names) > MAX_SORTS:
        raise Refusal(400, f"_sort takes at most {MAX_SORTS} members.")
    if len(orders) > len(names):
        filters.warn("_order has more directions than _sort has members.")
    found: dict[str, Sort] = {}
    for at, name in enumerate(names):
        downwards = name.startswith("-") and not filters.knows(name)
        path = name[1:] if downwards else name
        if filters.knows(path):
            found.setdefault(path, Sort(path, orders[at] == "desc" if at < len(orders) else downwards))
        else:
            filters.warn_unknown(path)
    return tuple(found.values())


def _window(words: dict[str, list[str]], filters: Filters) -> tuple[int, int, int | None]:
    """Where the page begins, how many documents it holds, and its number where the client counts pages."""
    size, per_page = _number(words, "_limit", 1), _number(words, "_per_page", 1)
    start, end = _number(words, "_start", 0), _number(words, "_end", 0)
    page = _number(words, "_page", 1) or (1 if per_page else None)
    if page is not None:
        if start is not None or end is not None:
            filters.warn("_start and _end do not count beside _page.")
        limit = _capped(size or per_page or DEFAULT_PAGE, filters)
        return (page - 1) * limit, limit, page
    start = start or 0
    wanted = size or MAX_PAGE if end is None else max(0, end - start)
    return start, _capped(wanted, filters), None


def _capped(limit: int, filters: Filters) -> int:
    if limit > MAX_PAGE:
        filters.warn(f"An answer holds at most {MAX_PAGE} documents.")
    return min(limit, MAX_PAGE)


def _number(words: dict[str, list[str]], name: str, least: int) -> int | None:
    """The whole number that a word has; None where it is not given. What is beyond any collection is cut to that."""
    given = words.get(name)
    if given is None:
        return None
    text = given[0]
    digits = text.lstrip("0") or "0"
    if len(given) > 1 or not _DIGITS.fullmatch(text) or (least and digits == "0"):
        raise Refusal(400, f"{name} takes one whole number from {least}; it is {quoted(', '.join(given))}.")
    return int(digits) if len(digits) <= len(str(_GREATEST)) else _GREATEST


def _shown(words: dict[str, list[str]], definition: Definition, filters: Filters) -> tuple[str, ...] | None:
    names = tuple(dict.fromkeys(_listed(words, "_fields")))
    for name in names:
        if name != "id" and name not in definition.properties:
            filters.warn_unknown(name)
    return names or None


def _linked(
    words: dict[str, list[str]], definition: Definition, relations: Sequence[Relation]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the collections to embed, and those of the relations to expand."""
    children = {one.child: one.child for one in relations if one.parent == definition.name}
    parents = {name: one.rel for one in relations if one.child == definition.name for name in (one.parent, one.rel)}
    asked = _listed(words, "_embed")
    embed = [children[name] for name in asked if name in children]
    expand = [_one_of(parents, "_expand", name, definition) for name in _listed(words, "_expand")]
    expand += [_one_of({**children, **parents}, "_embed", name, definition) for name in asked if name not in children]
    return tuple(dict.fromkeys(embed)), tuple(dict.fromkeys(expand))


def _one_of(offers: dict[str, str], word: str, name: str, definition: Definition) -> str:
    if name in offers:
        return offers[name]
    known = ", ".join(sorted({quoted(one) for one in offers.values()})) or "nothing"
    raise Refusal(400, f"{word} does not know {quoted(name)}: {quoted(definition.name)} can show {known}.")


def _listed(words: dict[str, list[str]], name: str) -> list[str]:
    """The names in a word, which may be repeated and have several between commas."""
    if name not in words:
        return []
    found = [one.strip() for one in ",".join(words[name]).split(",")]
    if not all(found):
        raise Refusal(400, f"{name} has an empty name; it takes names with commas between them.")
    return found
