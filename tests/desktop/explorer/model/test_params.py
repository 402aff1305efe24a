"""Tests of the query as rows and of path parameters: looking changes nothing, editing a row changes that row."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.model.params import (
    Param,
    changed,
    filled_path,
    param,
    path_parameters,
    rows,
    with_rows,
)

PIECES = st.lists(
    st.one_of(
        st.text(alphabet="ab=%20+é?/ \t:", max_size=6),
        st.sampled_from(["", "a", "a=", "a=b", "=", "%zz", "{{v}}", "q={{a?b&c#d=e}}", "x[]=1", "{id}"]),
    ),
    max_size=6,
)
BEGINNINGS = st.sampled_from(["", "h", "http://[::1]:80/a", "{{base?x#y}}/p", "http://ü/:id", "/only/path"])
FRAGMENTS = st.sampled_from(["", "#", "#a?b&c", "#{{x}}"])
TYPED = st.text(alphabet="ab=&#%20+é?{}[] ", max_size=8)


@st.composite
def urls(draw: st.DrawFn) -> str:
    """URLs as people type them."""
    pieces = draw(PIECES)
    return draw(BEGINNINGS) + ("?" + "&".join(pieces) if pieces else "") + draw(FRAGMENTS)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://h/", []),
        ("http://h/?", [("", "")]),
        ("http://h/?a", [("a", "")]),
        ("http://h/?a=&a=1&&a=%20+b==#a=2", [("a", ""), ("a", "1"), ("", ""), ("a", "%20+b==")]),
        ("http://h/#?a=b", []),
        ("{{base?a=b&c#d}}/?{{n=1}}={{v&w}}", [("{{n=1}}", "{{v&w}}")]),
        ("?a=b?c", [("a", "b?c")]),
    ],
)
def test_rows_show_what_is_typed(url: str, expected: list[tuple[str, str]]) -> None:
    assert [(row.name, row.value) for row in rows(url)] == expected


@given(urls())
def test_looking_changes_nothing(url: str) -> None:
    assert with_rows(url, rows(url)) == (url, ())


@given(urls(), st.data())
def test_ticking_off_and_on_restores_the_url(url: str, data: st.DataObject) -> None:
    before = rows(url)
    off = data.draw(st.sets(st.integers(0, len(before) - 1))) if before else set()
    ticked = [replace(row, enabled=number not in off) for number, row in enumerate(before)]
    shorter, ticked_off = with_rows(url, ticked)
    assert [number for number, _ in ticked_off] == sorted(off)
    assert rows(shorter, ticked_off) == tuple(ticked)
    assert with_rows(shorter, [replace(row, enabled=True) for row in rows(shorter, ticked_off)]) == (url, ())


@given(urls(), TYPED, TYPED, st.data())
def test_editing_a_row_changes_that_row_alone(url: str, name: str, value: str, data: st.DataObject) -> None:
    before = rows(url)
    number = data.draw(st.integers(0, len(before)))
    text = before[number].text if number < len(before) else ""
    after = (*before[:number], changed(text, name, value), *before[number + 1 :])
    edited, _ = with_rows(url, after)
    assert rows(edited) == after
    assert edited.startswith(url.partition("?")[0].partition("#")[0])


@given(urls(), st.data())
def test_rows_can_change_places_and_go(url: str, data: st.DataObject) -> None:
    after = data.draw(st.permutations(rows(url)))[1:]
    assert rows(with_rows(url, after)[0]) == tuple(after)


@given(TYPED, TYPED)
def test_what_was_typed_in_a_cell_is_sent_as_it_was_meant(name: str, value: str) -> None:
    row = changed("", name, value)
    assert changed(row.text, row.name, row.value) == row
    if not set("&#={}") & set(name + value):
        assert (row.name, row.value) == (name, value)


@pytest.mark.parametrize(
    ("text", "name", "value", "expected"),
    [
        ("a", "a", "", "a"),
        ("a", "b", "", "b"),
        ("a=", "b", "", "b="),
        ("a=1", "a", "", "a="),
        ("a", "a", "1", "a=1"),
        ("%61=+", "%61", "x y", "%61=x y"),
        ("", "a&b#c=d", "e&f#g=h", "a%26b%23c%3Dd=e%26f%23g=h"),
        ("", "{{x&y}}&", "{{&}}{{", "{{x&y}}%26={{&}}%7B%7B"),
        ("a=b}}&", "n", "b}}&", "n=b}}&"),
    ],
)
def test_only_what_would_end_a_part_is_encoded(text: str, name: str, value: str, expected: str) -> None:
    assert changed(text, name, value).text == expected


def test_ticked_off_rows_keep_their_place_while_the_url_is_typed() -> None:
    off = ((1, "b=2"), (9, "z"))
    assert [row.text for row in rows("h?a=1&c=3", off)] == ["a=1", "b=2", "c=3", "z"]
    assert [row.text for row in rows("h", off)] == ["b=2", "z"]
    assert rows("h", off)[0] == Param("b", "2", False, "b=2")


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("http://h:80/players/:id/x/{team}?a=:b&c={d}#{e}", ("id", "team")),
        ("localhost:port/{id}/:id", ("id",)),
        ("http://u:p@{h}:80", ()),
        ("{{base/:a}}/:b/{{c}}/{{d?e}}/{f}.json", ("b", "f")),
        ("/a:b/:1/{}/:c-d", ("c",)),
        ("//h/:id", ("id",)),
    ],
)
def test_path_parameters(url: str, names: tuple[str, ...]) -> None:
    assert path_parameters(url) == names


def test_a_filled_path_is_encoded_and_nothing_else_changes() -> None:
    url = "http://h:80/:id/{x}/{{x}}/:none/{empty}?q=:id#{x}"
    filled = filled_path(url, {"id": "a/b ?", "x": "é", "empty": ""})
    assert filled == "http://h:80/a%2Fb%20%3F/%C3%A9/{{x}}/:none/{empty}?q=:id#{x}"


def test_a_param_reads_its_text() -> None:
    assert param("a=b=c") == Param("a", "b=c", True, "a=b=c")
    assert param("{{a=b}}", enabled=False) == Param("{{a=b}}", "", False, "{{a=b}}")
