"""Tests of the query's words: both versions of json-server's, their limits, and what is said about bad ones."""

from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from servers.guard import Refusal
from servers.rest.definition import Definition, relations
from servers.rest.queries.query import MAX_PAGE, All, Any, Condition, Expression, Not, Op, Query, Sort
from servers.rest.queries.words import WORDS, parse

Pairs = Sequence[tuple[str, str]]

_PLAYERS = Definition(
    "players",
    {
        "properties": {
            name: {} for name in ("name", "age", "team", "teamId", "author", "x_gte", "-odd", "_rev", "dc:title")
        }
    },
)
_TEAMS = Definition("teams", {"properties": {"name": {}, "format": {}}})
_RELATIONS = relations([_PLAYERS, _TEAMS])


def _parse(*pairs: tuple[str, str], definition: Definition = _PLAYERS) -> Query:
    return parse(pairs, definition, _RELATIONS)


def _refused(*pairs: tuple[str, str]) -> str:
    with pytest.raises(Refusal) as caught:
        _parse(*pairs)
    assert caught.value.status == 400
    return caught.value.detail


def test_no_words_ask_for_the_first_of_everything() -> None:
    assert _parse() == Query(limit=MAX_PAGE)


@pytest.mark.parametrize(
    ("pairs", "where"),
    [
        ([("name", "Ann")], Condition("name", Op.EQ, ("Ann",))),
        ([("name", "")], Condition("name", Op.EQ, ("",))),
        ([("id", "7")], Condition("id", Op.EQ, ("7",))),
        ([("author.name", "x")], Condition("author.name", Op.EQ, ("x",))),
        ([("name", "Ann"), ("name", "Bo")], Condition("name", Op.EQ, ("Ann", "Bo"))),
        ([("name_ne", "Ann"), ("name_ne", "Bo")], Condition("name", Op.NE, ("Ann", "Bo"))),
        (
            [("age_gte", "5"), ("age_lte", "9")],
            All((Condition("age", Op.GTE, ("5",)), Condition("age", Op.LTE, ("9",)))),
        ),
        ([("name_like", "(a+)+$")], Condition("name", Op.LIKE, ("(a+)+$",))),
        ([("age:gt", "5")], Condition("age", Op.GT, ("5",))),
        ([("id:in", "1, 2,3")], Condition("id", Op.IN, ("1", "2", "3"))),
        ([("name:startsWith", "A")], Condition("name", Op.STARTS_WITH, ("A",))),
        ([("name:endsWith", "n")], Condition("name", Op.ENDS_WITH, ("n",))),
        ([("name:contains", "n")], Condition("name", Op.CONTAINS, ("n",))),
        ([("x_gte", "5")], Condition("x_gte", Op.EQ, ("5",))),
        ([("author.name_like", "a")], Condition("author.name", Op.LIKE, ("a",))),
        ([("author.age:gte", "5")], Condition("author.age", Op.GTE, ("5",))),
        ([("author.name", "a")], Condition("author.name", Op.EQ, ("a",))),
        ([("x_gte_gte", "5")], Condition("x_gte", Op.GTE, ("5",))),
        ([("dc:title", "5")], Condition("dc:title", Op.EQ, ("5",))),
        ([("_rev", "5")], Condition("_rev", Op.EQ, ("5",))),
        ([("_rev_ne", "5")], Condition("_rev", Op.NE, ("5",))),
        ([("_where", "{}")], All(())),
    ],
)
def test_fields_are_conditions(pairs: Pairs, where: Expression) -> None:
    assert _parse(*pairs) == Query(where=where)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            '{"age": {"gt": 5.0, "lte": 1e400}}',
            (Condition("age", Op.GT, ("5.0",)), Condition("age", Op.LTE, ("1e400",))),
        ),
        ('{"author": {"name": {"lt": "m"}}}', (Condition("author.name", Op.LT, ("m",)),)),
        ('{"name": "Ann", "team": null}', (Condition("name", Op.EQ, ("Ann",)), Condition("team", Op.EQ, ("null",)))),
        ('{"age": {"in": [1, "2", true]}}', (Condition("age", Op.IN, ("1", "2", "true")),)),
        (
            '{"or": [{"age": 1}, {"not": {"age": 2}}]}',
            (Any((All((Condition("age", Op.EQ, ("1",)),)), All((Not(All((Condition("age", Op.EQ, ("2",)),))),)))),),
        ),
    ],
)
def test_where_is_json(text: str, parts: tuple[Expression, ...]) -> None:
    assert _parse(("_where", text)) == Query(where=All(parts))


def test_where_and_fields_must_both_be_met() -> None:
    found = _parse(("age", "1"), ("_where", '{"age": 2}')).where
    assert found == All((Condition("age", Op.EQ, ("1",)), All((Condition("age", Op.EQ, ("2",)),))))


@pytest.mark.parametrize(
    ("pairs", "sort"),
    [
        ([("_sort", "name")], [Sort("name")]),
        ([("_sort", "team,-age")], [Sort("team"), Sort("age", descending=True)]),
        ([("_sort", "team"), ("_sort", "age"), ("_order", "desc")], [Sort("team", descending=True), Sort("age")]),
        ([("_sort", "team,-age"), ("_order", "DESC,asc")], [Sort("team", descending=True), Sort("age")]),
        ([("_sort", "-odd,-id")], [Sort("-odd"), Sort("id", descending=True)]),
        ([("_sort", "age,-age,author.name")], [Sort("age"), Sort("author.name")]),
    ],
)
def test_sorts(pairs: Pairs, sort: list[Sort]) -> None:
    assert _parse(*pairs) == Query(sort=tuple(sort))


@pytest.mark.parametrize(
    ("pairs", "offset", "limit", "page"),
    [
        ("_page=1", 0, 10, 1),
        ("_page=3&_limit=20", 40, 20, 3),
        ("_page=3&_per_page=20", 40, 20, 3),
        ("_per_page=20", 0, 20, 1),
        ("_limit=20", 0, 20, None),
        ("_start=20", 20, MAX_PAGE, None),
        ("_start=20&_end=30", 20, 10, None),
        ("_start=20&_limit=5", 20, 5, None),
        ("_end=5", 0, 5, None),
        ("_start=20&_end=10", 20, 0, None),
        ("_page=007", 60, 10, 7),
    ],
)
def test_pages(pairs: str, offset: int, limit: int, page: int | None) -> None:
    found = _parse(*((name, value) for name, _, value in (pair.partition("=") for pair in pairs.split("&"))))
    assert found == Query(offset=offset, limit=limit, page=page)


@pytest.mark.parametrize("word", ["_page", "_start", "_limit", "_per_page"])
def test_numbers_stay_within_64_bits(word: str) -> None:
    others = {"_page": "1", "_start": "1", "_limit": "9" * 20}
    found = _parse(*{**others, word: "9" * 5000}.items())
    assert found.offset + found.limit < 2**63
    assert 0 < found.limit <= MAX_PAGE


def test_more_than_a_page_is_cut_with_a_warning() -> None:
    found = _parse(("_limit", "5000"))
    assert found.limit == MAX_PAGE
    assert found.warnings == ("An answer holds at most 1000 documents.",)


def test_linked_resources_of_both_versions() -> None:
    assert _parse(("_expand", "team")).expand == ("team",)
    assert _parse(("_embed", "team,teams"), ("_expand", "team")).expand == ("team",)
    assert _parse(("_embed", "players"), definition=_TEAMS).embed == ("players",)
    assert _refused(("_embed", "comments")) == "_embed does not know “comments”: “players” can show “team”."
    assert _refused(("_expand", "players")).startswith("_expand does not know “players”")


def test_a_text_to_search_for_is_kept_once() -> None:
    assert _parse(("q", "a"), ("q", ""), ("q", "b"), ("q", "a")).text == ("a", "b")


def test_fields_to_show() -> None:
    found = _parse(("_fields", "id,name"), ("_fields", "name,nothing"))
    assert found.fields == ("id", "name", "nothing")
    assert found.warnings == ('The member "nothing" is not known in players.',)


def test_the_representation_is_no_filter() -> None:
    assert _parse(("format", "xml"), ("_format", "xml")) == Query()
    found = _parse(("format", "xml"), ("_format", "xml"), definition=_TEAMS)
    assert found == Query(where=Condition("format", Op.EQ, ("xml",)))


def test_what_does_not_count_is_said_in_ascii() -> None:
    found = _parse(("größe\r\n", "1"), ("team", "Reds"), ("_sort", "wages"), ("_order", "asc,desc"))
    assert found.where == Condition("team", Op.EQ, ("Reds",))
    assert found.warnings == (
        r'The filter "gr\xf6\xdfe\r\n" does not count: players has no such member.',
        "_order has more directions than _sort has members.",
        'The member "wages" is not known in players.',
    )
    assert _parse(("_page", "1"), ("_start", "5")).warnings == ("_start and _end do not count beside _page.",)


def test_an_unknown_member_in_where_is_said_and_stays_a_condition() -> None:
    found = _parse(("_where", '{"wages": 5}'))
    assert found.where == All((Condition("wages", Op.EQ, ("5",)),))
    assert found.warnings == ('The member "wages" is not known in players.',)


def test_warnings_are_bounded() -> None:
    assert len(_parse(*((f"unknown{at}", "") for at in range(500))).warnings) == 20


@pytest.mark.parametrize(
    ("pairs", "detail"),
    [
        ([("_page", "0")], "_page takes one whole number from 1; it is “0”."),
        ([("_limit", "-1")], "_limit takes one whole number from 1; it is “-1”."),
        ([("_limit", "x")], "_limit takes one whole number from 1; it is “x”."),
        ([("_limit", "٣")], "_limit takes one whole number from 1; it is “٣”."),
        ([("_start", "")], "_start takes one whole number from 0; it is “”."),
        ([("_page", "1"), ("_page", "2")], "_page takes one whole number from 1; it is “1, 2”."),
        ([("_sort", "")], "_sort has an empty name"),
        ([("_sort", "a,,b")], "_sort has an empty name"),
        ([("_sort", ",".join("a" * 11))], "_sort takes at most 10 members."),
        ([("_sort", "age"), ("_order", "up")], "_order takes asc or desc for each member in _sort."),
        ([("_fields", "")], "_fields has an empty name"),
        ([("_dependent", "x")], "There is no query word “_dependent”; /docs has a list of them."),
        ([("age:like5", "x")], "There is no operator “like5”; there are eq, "),
        ([("_where", "{")], "_where: Malformed JSON"),
        ([("_where", "[]")], "_where must be a JSON object"),
        ([("_where", '{"or": [1]}')], "In _where, or and and take a list of objects."),
        ([("_where", '{"age": [1]}')], "_where: “age” is compared to a list or an object"),
        ([("_where", '{"age": {"gt": {}}}')], "_where: “age” is compared to a list or an object"),
        ([("_where", '{"age": {"gt": 1, "near": 2}}')], "_where: there is no operator “near”"),
        ([("_where", '{"not":' * 11 + "{}" + "}" * 11)], "_where is nested more than 10 levels deep."),
        ([("_where", '{"a":' * 12 + "1" + "}" * 12)], "_where is nested more than 10 levels deep."),
        ([("age", str(at)) for at in range(101)], "A query has at most 100 conditions and 1,000 values."),
        ([("id:in", ",".join(map(str, range(1001))))], "A query has at most 100 conditions and 1,000 values."),
        ([("name_like", "x" * 5001)], "A text to search for has at most 5,000 characters."),
        ([("q", "x" * 5001)], "A text to search for has at most 5,000 characters."),
        ([("name", "\udcff")], "The query is not UTF-8."),
        ([("\ud800", "x")], "The query is not UTF-8."),
    ],
)
def test_bad_words_are_refused_in_a_sentence(pairs: Pairs, detail: str) -> None:
    assert _refused(*pairs).startswith(detail)


_names = st.sampled_from(
    (
        "name",
        "age",
        "age_gte",
        "age:in",
        "q",
        "_sort",
        "_order",
        "_page",
        "_limit",
        "_start",
        "_end",
        "_where",
        "_embed",
    )
)
_anything = st.text(st.characters(), max_size=8)


@given(st.lists(st.tuples(_names | _anything, _anything), max_size=5))
@example([("_where", '{"a":' * 5000)])
@example([("_where", "9" * 5000)])
def test_any_query_is_read_or_refused(pairs: Pairs) -> None:
    with suppress(Refusal):
        found = parse(pairs, _PLAYERS, _RELATIONS)
        assert all(warning.isascii() and warning.isprintable() for warning in found.warnings)


def test_the_documented_words_are_understood() -> None:
    documented = {word for row in WORDS for word in row.word.replace(",", "").split() if word.startswith("_")}
    assert documented >= {"_where", "_sort", "_order", "_page", "_limit", "_per_page", "_start", "_end", "_fields"}
    for row in WORDS:
        if row.word not in {"_embed", "_expand"}:
            assert _parse(*((name, value) for name, _, value in (one.partition("=") for one in row.example.split("&"))))
