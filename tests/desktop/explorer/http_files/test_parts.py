"""Tests of putting parts into files, out of them, and from one into another."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.http_files.http_file import HttpFile, parse
from desktop.explorer.http_files.write import new_part
from desktop.explorer.model.request import Request
from tests.desktop.explorer.http_files.texts import FILES

NEW = "### new\nGET http://new\n"


@pytest.mark.parametrize(
    ("old", "index", "new"),
    [
        ("", 0, NEW),
        ("### a\nGET a", 1, f"### a\nGET a\n\n{NEW}"),
        ("### a\nGET a\n\n", 1, f"### a\nGET a\n\n{NEW}"),
        ("### a\nGET a", 0, f"{NEW}\n### a\nGET a"),
        ("\ufeff@a = b\r\nGET a\r\n", 0, f"\ufeff{NEW}\r\n###\r\n@a = b\r\nGET a\r\n"),
        ("### a\n### b\n", 1, f"### a\n\n{NEW}\n### b\n"),
    ],
)
def test_inserting(old: str, index: int, new: str) -> None:
    assert parse(old).with_inserted(index, NEW).text == new


@pytest.mark.parametrize(
    ("old", "index", "new"),
    [
        ("### a\nGET a\n\n### b\nGET b", 0, "### b\nGET b"),
        ("### a\nGET a\n\n### b\nGET b", 1, "### a\nGET a\n\n"),
        ("\ufeffGET a\n### b\n", 0, "\ufeff### b\n"),
        ("# of the file\n@a = 1\n# of the request\nGET a\n### b\n", 0, "# of the file\n@a = 1\n### b\n"),
        ("### a\n@a = 1\nGET a\n### b\n", 0, "### b\n"),
        ("GET a", 0, ""),
    ],
)
def test_removing(old: str, index: int, new: str) -> None:
    assert parse(old).without_part(index).text == new


def test_a_part_without_separator_gets_one_where_it_needs_one() -> None:
    first = parse("\ufeffGET a")
    assert (
        parse("### b\r\nGET b\r\n").with_inserted(1, first.parts[0].text).text == "### b\r\nGET b\r\n\r\n###\r\nGET a"
    )
    assert parse("### b\n### c").with_part(1, "GET a").text == "### b\n###\nGET a"
    assert parse("### b\n### c").with_part(0, "GET a").text == "GET a\n### c"


def test_the_encoding_stays() -> None:
    assert replace(parse("GET a"), encoding="latin-1").with_part(0, "GET b") == replace(
        parse("GET b"), encoding="latin-1"
    )
    assert parse("GET b") != HttpFile(parse("GET b").parts, "latin-1")


@given(FILES, st.data())
def test_what_is_inserted_can_be_removed_and_nothing_else_changes(text: str, data: st.DataObject) -> None:
    file = parse(text)
    index = data.draw(st.integers(0, len(file.parts)))
    made = new_part(Request("PUT", "http://new"), "new", file.newline)
    after = file.with_inserted(index, made)
    places = [n for n, part in enumerate(after.parts) if part.title == "new"]
    assert len(places) == 1
    assert after.parts[places[0]].request == parse(made).parts[0].request
    assert [part.request for part in after.requests if part.title != "new"] == [part.request for part in file.requests]
    back = after.without_part(places[0])
    assert [part.request for part in back.requests] == [part.request for part in file.requests]
