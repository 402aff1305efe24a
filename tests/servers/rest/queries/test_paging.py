"""Tests of the links between pages, and of the Link header field."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servers.rest.definition import Definition
from servers.rest.queries.paging import link_header, page_links
from servers.rest.queries.query import MAX_PAGE, Query
from servers.rest.queries.words import parse
from servers.rest.views import Link

_PLAYERS = Definition("players", {"properties": {"name": {}, "größe": {}}})


def _read(query: str) -> tuple[list[tuple[str, str]], Query]:
    pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    return pairs, parse(pairs, _PLAYERS, ())


def _links(query: str, total: int) -> dict[str, str]:
    links = page_links("/players", *_read(query), total)
    assert links[0].rel == "self"
    assert all(link.href.partition("?")[0] == "/players" for link in links)
    return {link.rel: urlsplit(link.href).query for link in links}


@pytest.mark.parametrize(
    ("query", "total", "others"),
    [
        ("", 5, {}),
        ("_limit=5", 5, {}),
        ("_start=0&_end=0", 5, {}),
        ("_page=1", 0, {"first": "_page=1", "last": "_page=1"}),
        ("_page=1", 11, {"first": "_page=1", "next": "_page=2", "last": "_page=2"}),
        ("_page=2", 20, {"first": "_page=1", "prev": "_page=1", "last": "_page=2"}),
        ("_page=9&_limit=5", 20, {rel: f"_page={at}&_limit=5" for rel, at in (("first", 1), ("prev", 4), ("last", 4))}),
        ("_per_page=5", 6, {rel: f"_per_page=5&_page={at}" for rel, at in (("first", 1), ("next", 2), ("last", 2))}),
        ("_limit=5", 12, {rel: f"_limit=5&_start={at}" for rel, at in (("first", 0), ("next", 5), ("last", 10))}),
        (
            "_start=5&_end=10",
            20,
            {
                "first": "_start=0&_end=5",
                "prev": "_start=0&_end=5",
                "next": "_start=10&_end=15",
                "last": "_start=15&_end=20",
            },
        ),
        (
            "_start=50&_limit=5",
            12,
            {rel: f"_start={at}&_limit=5" for rel, at in (("first", 0), ("prev", 10), ("last", 10))},
        ),
        (
            "_start=3&_limit=5",
            3,
            {rel: f"_start={at}&_limit=5" for rel, at in (("first", 0), ("prev", 0), ("last", 0))},
        ),
        ("", 2500, {"first": "_start=0", "next": f"_start={MAX_PAGE}", "last": f"_start={2 * MAX_PAGE}"}),
    ],
)
def test_links(query: str, total: int, others: dict[str, str]) -> None:
    assert _links(query, total) == {"self": query, **others}


def test_other_words_stay_in_order_and_encoded() -> None:
    found = _links("gr%C3%B6%C3%9Fe=a%26b+%2B&_page=2&name=%23&name=", 100)
    assert found["next"] == "gr%C3%B6%C3%9Fe=a%26b%20%2B&_page=3&name=%23&name="


@settings(max_examples=40)
@given(
    st.sampled_from(("", "_page=1", "_limit=7", "_page=1&_limit=7", "_per_page=3", "_start=0&_end=4", "_limit=5000")),
    st.integers(0, 40) | st.integers(900, 3100),
)
def test_next_leads_through_every_document_once(query: str, total: int) -> None:
    seen: list[int] = []
    following: str | None = query
    while following is not None:
        _, asked = _read(following)
        seen += range(total)[asked.offset : asked.offset + asked.limit]
        following, last = (_links(following, total).get(rel) for rel in ("next", "last"))
        if following is None and last is not None:
            assert _read(last)[1].offset == asked.offset
    assert seen == list(range(total))


@given(st.integers(0, 10**20), st.integers(1, 10**20), st.integers(0, 50), st.booleans())
def test_links_lead_to_pages_that_are_there(place: int, limit: int, total: int, counted: bool) -> None:
    start = f"_page={place + 1}" if counted else f"_start={place}"
    for rel, query in _links(f"{start}&_limit={limit}", total).items():
        assert rel == "self" or _read(query)[1].offset < max(1, total)


def test_the_header_field_is_ascii_and_quotes_what_it_must() -> None:
    links = (
        Link("self", "/players?q=ü>\r\nX: 1"),
        Link("next", "/players?a=%20", "Next page"),
        Link('te"am', "/teams/1", 'The "Reds" \\'),
        Link("up", "/", "Größe\n"),
    )
    assert link_header(links) == (
        '</players?q=%C3%BC%3E%0D%0AX:%201>; rel="self", '
        '</players?a=%20>; rel="next"; title="Next page", '
        r'</teams/1>; rel="te%22am"; title="The \"Reds\" \\", '
        "</>; rel=\"up\"; title*=UTF-8''Gr%C3%B6%C3%9Fe%0A"
    )
    assert link_header(()) == ""
