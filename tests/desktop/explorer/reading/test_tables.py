"""Tests of bodies that are tables."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.reading.tables import COLUMNS, ROWS, csv_table, form_table


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_found(mark: str) -> None:
    made = csv_table(f'id{mark}name\r\n1{mark}"a{mark}""b""\nc"\r\n\r\n2\r\n')
    assert made.titles == ("id", "name")
    assert made.rows == (("1", f'a{mark}"b"\nc'), ("2", ""))


def test_nothing_is_a_table_without_rows() -> None:
    assert csv_table("").rows == ()
    assert csv_table("only").titles == ("only",)


def test_too_much_is_said() -> None:
    assert csv_table("a\n" * (ROWS + 5)).notes == (f"The first {ROWS:,} rows are shown.",)
    wide = csv_table("a," * COLUMNS + "b\n")
    assert len(wide.titles) == COLUMNS
    assert wide.notes == (f"The first {COLUMNS:,} of {COLUMNS + 1:,} columns are shown.",)


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=4), min_size=1))
def test_any_text_has_a_table(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    made = csv_table(text.getvalue())
    assert all(len(row) == len(made.titles) for row in made.rows)


def test_form_fields_keep_their_order_and_repetitions() -> None:
    made = form_table("b=1&a=%C3%A9+x%26&b=2&c&=d&&e=%FF%00%zz")
    assert made.rows == (("b", "1"), ("a", "é x&"), ("b", "2"), ("c", ""), ("", "d"), ("e", "\\xff\\x00%zz"))
    assert form_table("a=%E9", "latin-1").rows == (("a", "é"),)
    assert form_table("").rows == ()
    assert form_table("a&" * (ROWS + 1)).notes


def test_the_limit_of_other_readers_stays_as_it_was() -> None:
    usual = csv.field_size_limit()
    csv_table("a,b\n1,2\n")
    assert csv.field_size_limit() == usual
