"""Turns a query into one SQL statement over the tables of the store; values are always parameters of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from servers.rest.queries.query import All, Any, Condition, Expression, Not, Op, Query, Sort
from servers.rest.queries.row_tests import NOTHING, PerKind, Sql, any_of, every, per_kind
from servers.rest.storage.fields import fold

_GREATEST = 2**62
_FEW, _RANGE, _SOME, _MOST = 1, 2, 4, 5
_COSTS = {Op.EQ: 0, Op.IN: _FEW, Op.GT: _RANGE, Op.GTE: _RANGE, Op.LT: _RANGE, Op.LTE: _RANGE, Op.NE: _MOST}
_WORDS, _SEARCH, _COMPLEX = 3, _SOME, 6
_IN_COLLECTION = "SELECT doc FROM documents AS h WHERE collection = ?"
_OF_H = "fields AS f INDEXED BY fields_by_document WHERE f.doc = h.doc AND f.path = ?"


class Path(NamedTuple):
    """The id of a path; ``plural`` if a document may have, or have had, several values there."""

    id: int
    plural: bool


class Statement(NamedTuple):
    """SQL and its parameters. Each row begins with the total; a row without a document says that the page is empty.

    The other columns are ``doc, key, numeric, version, updated, body``.
    """

    sql: str
    values: tuple[object, ...]


def select(query: Query, collection: int, paths: Mapping[str, Path]) -> Statement:
    """The statement for one page; ``paths`` are those that documents of the collection have."""
    sort = [one for one in query.sort if one.path in paths]
    parts: list[Part] = [*(() if query.where is None else (query.where,)), *map(_Words, query.text)]
    finder = _Finder(collection, paths)
    hits = finder.gather_all(parts) if parts else Sql(_IN_COLLECTION, (collection,))
    window = min(query.limit, _GREATEST), min(query.offset, _GREATEST)
    if len(sort) == 1 and not finder.finds_few(parts):
        page = _walk(sort[0], paths, window, whole=not parts)
    else:
        page = _sorted(sort, paths, window)
    keys = "".join(f"page.{key}, " for key in _order(sort))
    sql = (
        f"WITH hits (doc) AS {'NOT ' if finder.finds_fast(parts) else ''}MATERIALIZED ({hits.text}), "
        f"total (n) AS MATERIALIZED (SELECT count(*) FROM hits), page AS MATERIALIZED ({page.text}) "
        "SELECT total.n, d.doc, d.key, d.numeric, d.version, d.updated, d.body "
        "FROM total LEFT JOIN page ON TRUE LEFT JOIN documents AS d ON d.doc = page.doc "
        f"ORDER BY {keys}page.doc"
    )
    return Statement(sql, (*hits.values, *page.values))


def _order(sort: Sequence[Sort]) -> Iterator[str]:
    for at, one in enumerate(sort):
        way = "DESC" if one.descending else "ASC"
        yield from (f"r{at} {way} NULLS LAST", f"t{at} {way} NULLS LAST")


def _sorted(sort: Sequence[Sort], paths: Mapping[str, Path], window: tuple[int, int]) -> Sql:
    """The page out of the hits, each of them with what it is sorted by."""
    columns = "".join(f", s{at}.rank AS r{at}, s{at}.text AS t{at}" for at in range(len(sort)))
    joins = "".join(
        f" LEFT JOIN fields AS s{at} INDEXED BY fields_by_document "
        f"ON s{at}.doc = hits.doc AND s{at}.path = ? AND {_least(paths[one.path], f's{at}')}"
        for at, one in enumerate(sort)
    )
    ids = tuple(paths[one.path].id for one in sort)
    order = "".join(f"{key}, " for key in _order(sort))
    return Sql(f"SELECT hits.doc{columns} FROM hits{joins} ORDER BY {order}hits.doc LIMIT ? OFFSET ?", (*ids, *window))


def _walk(sort: Sort, paths: Mapping[str, Path], window: tuple[int, int], *, whole: bool) -> Sql:
    """The page along the index, so that few rows are read; ``whole`` if every document is a hit.

    Those that lack the member are looked for only where the page reaches them.
    """
    path = paths[sort.path]
    # SQLite's order is NULL, numbers, texts, blobs
    way, after = ("DESC", "NULL") if sort.descending else ("ASC", "X''")
    # the plus keeps SQLite from starting with the hits
    having = f"FROM fields AS s WHERE path = ? AND {_least(path, 's')}" + (
        "" if whole else " AND +s.doc IN (SELECT doc FROM hits)"
    )
    limit, offset = window
    reach, most = min(limit + offset, _GREATEST), "min(?, (SELECT n FROM total))"
    lacking = (
        f"SELECT doc, {after}, NULL FROM hits AS h "
        f"WHERE (SELECT count(*) FROM (SELECT 1 {having} LIMIT {most})) < {most} "
        f"AND NOT EXISTS (SELECT 1 FROM {_OF_H} AND f.rank > -9e999)"
    )
    return Sql(
        f"SELECT doc, rank AS r0, text AS t0 {having} UNION ALL {lacking} "
        f"ORDER BY r0 {way}, t0 {way}, doc LIMIT ? OFFSET ?",
        (path.id, path.id, reach, reach, path.id, limit, offset),
    )


def _least(path: Path, alias: str) -> str:
    """The test for the row that a document is sorted by."""
    test = f"{alias}.rank > -9e999"
    if path.plural:
        test += (
            f" AND NOT EXISTS (SELECT 1 FROM fields AS o INDEXED BY fields_by_document WHERE o.doc = {alias}.doc "
            f"AND o.path = {alias}.path AND o.rank > -9e999 AND (o.rank, o.text) < ({alias}.rank, {alias}.text))"
        )
    return test


class _Words(NamedTuple):
    """Met by the documents that hold the text in one of their values or in their id."""

    text: str


class _OneRow(NamedTuple):
    """Conditions that one row of the fields meets together, because there is one row a document."""

    path: Path
    conditions: tuple[Condition, ...]


Part = Expression | _Words | _OneRow


class _Finder:
    """Finds the documents that meet an expression: by gathering them, or by testing those that are called ``h``."""

    def __init__(self, collection: int, paths: Mapping[str, Path]) -> None:
        self._collection = collection
        self._paths = paths

    def gather_all(self, parts: Sequence[Part]) -> Sql:
        """Select, once each, the documents that meet all.

        Where one part finds few, the others are tested on what it finds. Else all that find some are intersected, and
        only those are tested that find nearly everything, or are not made of rows.
        """
        first, *others = sorted(self._units(parts), key=_cost)
        gathered = [first]
        if _cost(first) > _FEW:
            gathered += [one for one in others if _cost(one) <= _SOME]
        found = _joined(" INTERSECT ", [self._gather(one) for one in gathered])
        tested = [one for one in others if one not in gathered]
        if not tested:
            return found
        tests = every([self._test(one) for one in tested])
        return Sql(f"SELECT doc FROM ({found.text}) AS h WHERE {tests.text}", found.values + tests.values)

    def finds_fast(self, parts: Sequence[Part]) -> bool:
        """Whether finding the documents twice, along an index, costs less than keeping them."""
        units = self._units(parts)
        return not units or (
            len(units) == 1
            and isinstance(units[0], _OneRow)
            and all(_COSTS.get(one.op, _SOME) <= _RANGE for one in units[0].conditions)
        )

    def finds_few(self, parts: Sequence[Part]) -> bool:
        """Whether one of the parts is likely to find few documents."""
        return any(_cost(one) <= _FEW for one in self._units(parts))

    def _units(self, parts: Sequence[Part]) -> list[Part]:
        """The parts with nested conjunctions opened and the conditions on one member put together."""
        conditions: dict[str, list[Condition]] = {}
        units: list[Part] = []
        for part in _opened(parts):
            if isinstance(part, Condition) and part.path in self._paths and not self._paths[part.path].plural:
                conditions.setdefault(part.path, []).append(part)
            else:
                units.append(part)
        return [*(_OneRow(self._paths[name], tuple(found)) for name, found in conditions.items()), *units]

    def _gather(self, part: Part) -> Sql:
        if isinstance(part, All):
            return self.gather_all(part.parts) if part.parts else self._gather_tested(every([]))
        if isinstance(part, Any) and part.parts and all(map(_is_flat, part.parts)):
            return _joined(" UNION ", [self.gather_all([one]) for one in part.parts])
        if isinstance(part, _OneRow):
            return _rows(part.path, _together(part))
        if isinstance(part, _Words):
            return Sql(f"{_IN_COLLECTION} AND instr(words, ?)", (self._collection, fold(part.text)))
        if isinstance(part, Condition) and part.path in self._paths and part.op is not Op.NE:
            path = self._paths[part.path]
            found_rows = _rows(path, per_kind(part))
            return Sql(f"SELECT DISTINCT doc FROM ({found_rows.text})", found_rows.values)
        return self._gather_tested(self._test(part))

    def _gather_tested(self, test: Sql) -> Sql:
        return Sql(f"{_IN_COLLECTION} AND {test.text}", (self._collection, *test.values))

    def _test(self, part: Part) -> Sql:
        if isinstance(part, _Words):
            text = "EXISTS (SELECT 1 FROM documents AS w WHERE w.doc = h.doc AND instr(w.words, ?))"
            return Sql(text, (fold(part.text),))
        if isinstance(part, _OneRow):
            return _exists(part.path, _together(part))
        if isinstance(part, Condition):
            return self._test_condition(part)
        if isinstance(part, Not):
            inner = self._test(part.part)
            return Sql(f"NOT ({inner.text})", inner.values)
        tests = [self._test(one) for one in (self._units(part.parts) if isinstance(part, All) else part.parts)]
        return every(tests) if isinstance(part, All) else any_of(tests)

    def _test_condition(self, part: Condition) -> Sql:
        path = self._paths.get(part.path)
        if path is None:
            return NOTHING
        if path.plural and part.op is Op.NE:
            some = Sql(f"EXISTS (SELECT 1 FROM {_OF_H})", (path.id,))
            equal = _exists(path, per_kind(Condition(part.path, Op.EQ, part.values)))
            return every([some, Sql(f"NOT {equal.text}", equal.values)])
        return _exists(path, per_kind(part))


def _opened(parts: Sequence[Part]) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, All) and part.parts:
            yield from _opened(part.parts)
        else:
            yield part


def _is_flat(part: Expression) -> bool:
    """Whether it is made of conditions alone; SQLite bounds the nesting of SELECT."""
    parts = part.parts if isinstance(part, All) else (part,)
    return all(isinstance(one, Condition) for one in parts)


def _cost(part: Part) -> int:
    """Orders parts by how few documents they are likely to find, and how fast."""
    if isinstance(part, _OneRow):
        return min(_COSTS.get(one.op, _SEARCH) for one in part.conditions)
    if isinstance(part, Condition):
        return _COSTS.get(part.op, _SEARCH)
    return _WORDS if isinstance(part, _Words) else _COMPLEX


def _together(unit: _OneRow) -> PerKind:
    tests = [per_kind(one) for one in sorted(unit.conditions, key=_cost)]
    return PerKind(*(every(of_a_kind) for of_a_kind in zip(*tests, strict=True)))


def _rows(path: Path, tests: PerKind) -> Sql:
    """Select the documents of the rows that meet the tests, each kind of value along its part of the index."""
    found = [
        Sql(f"SELECT doc FROM fields WHERE path = ? AND {test.text}", (path.id, *test.values))
        for test in tests
        if test != NOTHING
    ]
    return Sql(" UNION ALL ".join(one.text for one in found) or "SELECT doc FROM fields WHERE FALSE", _values(found))


def _exists(path: Path, tests: PerKind) -> Sql:
    """Test whether ``h`` has a row that meets the tests."""
    found = any_of([test for test in tests if test != NOTHING])
    return Sql(f"EXISTS (SELECT 1 FROM {_OF_H} AND {found.text})", (path.id, *found.values))


def _joined(word: str, found: Sequence[Sql]) -> Sql:
    text = word.join(f"SELECT doc FROM ({one.text})" for one in found) if len(found) > 1 else found[0].text
    return Sql(text, _values(found))


def _values(found: Sequence[Sql]) -> tuple[object, ...]:
    return tuple(value for one in found for value in one.values)
