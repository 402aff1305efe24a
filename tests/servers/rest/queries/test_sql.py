"""Tests of queries as SQL, on a real database, against an evaluation of the same queries in Python."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import cycle, product
from math import inf
from pathlib import Path as FilePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.rest.definition import Definition
from servers.rest.queries.filters import MAX_NESTING
from servers.rest.queries.query import All, Any, Condition, Expression, Not, Op, Query, Sort
from servers.rest.queries.sql import Path, select
from servers.rest.queries.words import parse
from servers.rest.storage.database import Database
from servers.rest.storage.fields import words_of
from servers.rest.storage.rows import Index, fields
from servers.rest.storage.tables import migrate
from servers.rest.strict_json import Json, Number

Document = dict[str, Json]

_COLLECTION = 1
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_HOSTILE = (
    "'",
    '"',
    "%",
    "_",
    "\\",
    "a\0b",
    "\0",
    "1e400",
    "-1e400",
    "1e-400",
    "9223372036854775808",
    "9" * 400,
    "\x1f",
)


@contextmanager
def _database(documents: Sequence[Document]) -> Iterator[Database]:
    """The documents in collection 1, each twice again in another one, numbered in order from 1."""
    with closing(Database(FilePath(":memory:"), 0)) as database:
        migrate(database.connection)
        database.run("INSERT INTO datasets (id, name, digest, rest, opened) VALUES (1, '', '', '', 1)")
        index = Index(database)
        for collection, copies in ((_COLLECTION, 1), (2, 2)):
            values = (collection, str(collection))
            database.run("INSERT INTO collections VALUES (?, ?, '', 1, 0, 1)", values)
            for copy in range(copies):
                for at, document in enumerate(documents, 1):
                    _insert(database, index, collection, str(copy * 1000 + at), document)
        yield database


def _insert(database: Database, index: Index, collection: int, key: str, document: Document) -> None:
    indexed = fields(Number(key), document)
    rows = database.run(
        "INSERT INTO documents (collection, key, numeric, version, updated, words, body) "
        "VALUES (?, ?, 1, 1, 0, ?, '') RETURNING doc",
        (collection, key, words_of(indexed)),
    )
    index.put(collection, [(rows[0][0], indexed)])


def _paths(database: Database) -> Mapping[str, Path]:
    rows = database.run("SELECT name, id, plural FROM paths WHERE collection = ?", (_COLLECTION,))
    return {name: Path(number, bool(plural)) for name, number, plural in rows}


def _found(database: Database, query: Query) -> tuple[list[str], int]:
    rows = database.run(*select(query, _COLLECTION, _paths(database)))
    return [row[2] for row in rows if row[1] is not None], rows[0][0]


def _find(documents: Sequence[Document], query: Query) -> tuple[list[str], int]:
    with _database(documents) as database:
        return _found(database, query)


# The same in Python, as Query says it


def _scalars(value: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _scalars(member, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for member in value:
            yield from _scalars(member, path)
    else:
        yield path, value


def _text(value: Json) -> str:
    return value.text if isinstance(value, Number) else value if isinstance(value, str) else json.dumps(value)


def _key(value: Json) -> tuple[float, str]:
    limit = 1.7976931348623157e308
    number = max(-limit, min(float(value.text), limit)) if isinstance(value, Number) else inf
    return number, _text(value)


def _folded(text: str) -> str:
    return text.casefold().replace("\0", "\ufffd").replace("\x1f", "\ufffd")


def _compares(op: Op, value: Json, wanted: str) -> bool:
    if op in {Op.EQ, Op.IN}:
        return _text(value) == wanted
    if value is None:
        return False
    if op in {Op.LT, Op.LTE, Op.GT, Op.GTE}:
        numeric = isinstance(value, Number) and _NUMBER.fullmatch(wanted)
        one, other = (_key(value)[0], _key(Number(wanted))[0]) if numeric else (_text(value), wanted)
        signs = {Op.LT: one < other, Op.LTE: one <= other, Op.GT: one > other, Op.GTE: one >= other}  # type: ignore[operator]
        return signs[op]
    text, piece = _folded(_text(value)), _folded(wanted)
    if op is Op.STARTS_WITH:
        return text.startswith(piece)
    return text.endswith(piece) if op is Op.ENDS_WITH else piece in text


def _meets(document: Document, wanted: Expression) -> bool:
    if isinstance(wanted, All):
        return all(_meets(document, part) for part in wanted.parts)
    if isinstance(wanted, Any):
        return any(_meets(document, part) for part in wanted.parts)
    if isinstance(wanted, Not):
        return not _meets(document, wanted.part)
    values = [value for path, value in _scalars(document) if path == wanted.path]
    if wanted.op is Op.NE:
        return bool(values) and not any(_text(value) in wanted.values for value in values)
    return any(_compares(wanted.op, value, one) for value in values for one in wanted.values)


def _holds(document: Document, text: str) -> bool:
    return any(_folded(text) in _folded(_text(value)) for _, value in _scalars(document))


def _expected(documents: Sequence[Document], query: Query) -> tuple[list[str], int]:
    whole = [{"id": Number(str(at)), **document} for at, document in enumerate(documents, 1)]
    hits = [one for one in whole if query.where is None or _meets(one, query.where)]
    hits = [one for one in hits if all(_holds(one, text) for text in query.text)]
    for sort in reversed(query.sort):
        keys = {
            id(one): min(_key(value) for _, value in found)
            for one in hits
            if (found := [(path, value) for path, value in _scalars(one) if path == sort.path and value is not None])
        }
        having = sorted(
            (one for one in hits if id(one) in keys), key=lambda one: keys[id(one)], reverse=sort.descending
        )
        hits = having + [one for one in hits if id(one) not in keys]
    page = hits[query.offset : query.offset + query.limit]
    return [_text(one["id"]) for one in page], len(hits)


_numbers = st.sampled_from(("0", "-0", "1", "1.0", "10", "1e1", "2", "9", "-3", "1e308", "12345678901234567890"))
_words = st.text(st.sampled_from("aAbßſİéÉΣς%_\\'\"\0\x1f10 K🙂"), max_size=3) | st.sampled_from(
    (*_HOSTILE, "null", "true", "STRASSE", "straße", "10", "1.0")
)
_scalar: st.SearchStrategy[Json] = _words | _numbers.map(Number) | st.sampled_from((None, True, False))
_value: st.SearchStrategy[Json] = _scalar | st.lists(_scalar, max_size=3)
_documents = st.lists(
    st.fixed_dictionaries({}, optional={"a": _scalar, "b": _value, "c": st.fixed_dictionaries({"d": _value})}),
    max_size=8,
)
_names = st.sampled_from(("a", "b", "c", "c.d", "id", "nowhere"))
_condition: st.SearchStrategy[Expression] = st.builds(
    Condition, _names, st.sampled_from(Op), st.lists(_words | _numbers, min_size=1, max_size=2).map(tuple)
)
_expression = st.recursive(
    _condition,
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda found: All(tuple(found)))
        | st.lists(inner, max_size=3).map(lambda found: Any(tuple(found)))
        | inner.map(Not)
    ),
    max_leaves=8,
)
_queries = st.builds(
    Query,
    where=st.none() | _expression,
    text=st.lists(_words, max_size=2).map(tuple),
    sort=st.lists(st.builds(Sort, _names, st.booleans()), max_size=3).map(tuple),
    offset=st.integers(0, 6),
    limit=st.integers(0, 6) | st.just(1000),
)


@given(_documents, st.lists(_queries, min_size=1, max_size=4))
def test_sql_finds_what_python_finds(documents: list[Document], queries: list[Query]) -> None:
    with _database(documents) as database:
        for query in queries:
            assert _found(database, query) == _expected(documents, query)


@given(_documents, _names, st.booleans(), st.integers(0, 9), st.integers(0, 9))
def test_a_walk_along_the_index_gives_the_same_order(
    documents: list[Document], path: str, descending: bool, offset: int, limit: int
) -> None:
    query = Query(sort=(Sort(path, descending),), offset=offset, limit=limit)
    assert _find(documents, query) == _expected(documents, query)


@pytest.mark.parametrize("value", _HOSTILE)
@pytest.mark.parametrize("op", Op)
def test_a_hostile_value_is_only_a_value(op: Op, value: str) -> None:
    documents: list[Document] = [{"a": text} for text in (*_HOSTILE, "x")]
    query = Query(Condition("a", op, (value,)), text=(value,), sort=(Sort("a"),))
    assert _find(documents, query) == _expected(documents, query)


def test_case_does_not_matter_to_searches_in_any_script() -> None:
    documents: list[Document] = [{"a": "Straße"}, {"a": "ΣΊΣΥΦΟΣ"}, {"a": "plain"}]
    assert _find(documents, Query(Condition("a", Op.LIKE, ("STRASSE",)))) == (["1"], 1)
    assert _find(documents, Query(text=("σίσυφος",))) == (["2"], 1)
    assert _find(documents, Query(Condition("a", Op.STARTS_WITH, ("PL",)))) == (["3"], 1)


def test_full_text_finds_ids_and_does_not_reach_across_values() -> None:
    documents: list[Document] = [{"a": "one", "b": ["two", Number("30")]}, {"a": "other"}]
    assert _find(documents, Query(text=("2",))) == (["2"], 1)
    assert _find(documents, Query(text=("ONE", "30"))) == (["1"], 1)
    assert _find(documents, Query(text=("one\x1ftwo",))) == ([], 0)


def test_two_bounds_on_a_member_hold_for_one_number_but_for_any_of_a_list() -> None:
    bounds = Query(All((Condition("a", Op.GTE, ("5",)), Condition("a", Op.LTE, ("6",)))))
    plain: list[Document] = [{"a": Number("5")}, {"a": Number("9")}, {"a": Number("4")}]
    assert _find(plain, bounds) == (["1"], 1)
    assert _find([*plain, {"a": [Number("1"), Number("9")]}], bounds) == (["1", "4"], 2)


def test_numbers_beyond_64_bits_are_an_empty_page() -> None:
    documents: list[Document] = [{"a": Number("1")}]
    for query in (Query(offset=10**30, limit=10**30), Query(offset=10**30, limit=10**30, sort=(Sort("a"),))):
        assert _find(documents, query) == ([], 1)


def test_a_long_search_text_is_no_error() -> None:
    assert _find([{"a": "x" * 60_000}], Query(text=("x" * 60_000,))) == (["1"], 1)


def test_a_long_conjunction_is_no_error() -> None:
    conditions = tuple(Condition("a", op, ("5",)) for op in Op for _ in range(3))
    query = Query(Any(tuple(All((one, Any(conditions))) for one in conditions)))
    assert _find([{"a": [Number("5"), Number("6")]}], query) == (["1"], 1)


@pytest.mark.parametrize("words", list(product(("or", "and", "not"), repeat=3)))
def test_the_deepest_nesting_that_is_read_is_no_error(words: tuple[str, str, str]) -> None:
    text = '{"a": 5, "b": {"gt": 1, "ne": 2}}'
    for _, word in zip(range(MAX_NESTING), cycle(words), strict=False):
        text = f'{{"a": {{"in": [5, 6]}}, "not": {text}}}' if word == "not" else f'{{"{word}": [{text}, {{"a": 7}}]}}'
    query = parse([("_where", text)], Definition("x", {"properties": {"a": {}, "b": {}}}), ())
    documents: list[Document] = [{"a": Number("5")}, {"a": Number("7"), "b": [Number("6"), Number("3")]}, {}]
    assert _find(documents, query) == _expected(documents, query)


@pytest.mark.parametrize(
    ("query", "plan"),
    [
        (Query(Condition("a", Op.EQ, ("x",))), "SEARCH fields USING PRIMARY KEY (path=? AND rank=? AND text=?)"),
        (Query(Condition("a", Op.GTE, ("5",))), "SEARCH fields USING PRIMARY KEY (path=? AND rank>?)"),
        (
            Query(
                All((Condition("a", Op.LIKE, ("5",)), Condition("a", Op.GTE, ("5",)), Condition("a", Op.LT, ("6",))))
            ),
            "SEARCH fields USING PRIMARY KEY (path=? AND rank>? AND rank<?)",
        ),
        (Query(sort=(Sort("a"),)), "SEARCH s USING PRIMARY KEY (path=? AND rank>?)"),
        (Query(sort=(Sort("a", descending=True),)), "SEARCH s USING PRIMARY KEY (path=? AND rank>?)"),
        (Query(), "SEARCH h USING COVERING INDEX documents_in_order (collection=?)"),
        (
            Query(All((Condition("a", Op.EQ, ("x",)), Condition("c.d", Op.GTE, ("5",))))),
            "SEARCH f USING COVERING INDEX fields_by_document (doc=? AND path=?",
        ),
    ],
)
def test_queries_go_along_an_index(query: Query, plan: str) -> None:
    with _database([{"a": "x", "c": {"d": Number("6")}}]) as database:
        statement = select(query, _COLLECTION, _paths(database))
        steps = [row[3] for row in database.run(f"EXPLAIN QUERY PLAN {statement.sql}", statement.values)]
    assert any(plan in step for step in steps), "\n".join(steps)
    assert not any(step.startswith("SCAN fields") for step in steps), "\n".join(steps)
