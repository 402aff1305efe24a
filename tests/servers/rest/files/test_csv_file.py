"""Tests of CSV files: delimiters, quotes, types of columns, and the line of whatever is wrong."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.rest.files.csv_file import collection_name, read_csv
from servers.rest.files.new_document import DataFileError, NewDocument
from servers.rest.strict_json import Json, Number, write
from tests.servers.rest.test_strict_json import texts


def _members(text: str) -> list[dict[str, Json]]:
    return [document.members for document in read_csv(text)[1]]


def _column(*cells: str) -> list[str]:
    """What the cells of a column are read as, in JSON."""
    return [write(members["a"]) for members in _members("a,b\n" + "".join(f"{cell},x\n" for cell in cells))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_found_out(delimiter: str, end: str) -> None:
    rows = [["id", "name", "note"], ["7", "a,b;c", 'say "x"'], ["8", "é", f"two{end}lines"]]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    names, documents = read_csv(text.getvalue())
    assert names == ["name", "note"]
    assert documents == (
        NewDocument(Number("7"), {"name": "a,b;c", "note": 'say "x"'}),
        NewDocument(Number("8"), {"name": "é", "note": f"two{end}lines"}),
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a\n1\n", ["a"]),
        ("a;b\n1,5;2,5\n", ["a", "b"]),
        ("first, last;born\nx, y;z\nx;y\n", ["first, last", "born"]),
    ],
)
def test_the_delimiter_is_the_one_that_makes_even_rows(text: str, names: list[str]) -> None:
    assert read_csv(text)[0] == names


def test_the_delimiter_is_found_in_a_broken_file_too() -> None:
    with pytest.raises(DataFileError, match="never closed"):
        read_csv('a;b\n1;"2\n')


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (["1", "-20", "0"], ["1", "-20", "0"]),
        (["1.50", "2e3", "-0.1E-5"], ["1.50", "2e3", "-0.1E-5"]),
        (["true", "false"], ["true", "false"]),
        (["1", "x"], ['"1"', '"x"']),
        (["007", "1"], ['"007"', '"1"']),
        (["+1"], ['"+1"']),
        ([".5"], ['".5"']),
        (["1e400"], ['"1e400"']),
        (["٣"], ['"٣"']),
        (["1", "true"], ['"1"', '"true"']),
        (["TRUE"], ['"TRUE"']),
        (["null", "NaN"], ['"null"', '"NaN"']),
        ([" 1"], ['" 1"']),
        (["1" * 400], [f'"{"1" * 400}"']),
    ],
)
def test_a_column_has_a_type_if_all_its_cells_have_it(cells: list[str], read: list[str]) -> None:
    assert _column(*cells) == read


def test_an_empty_cell_is_a_member_left_out() -> None:
    assert _members("a,b\n1,\n,x\n\n,\n") == [{"a": Number("1")}, {"b": "x"}, {}]


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        (["7", "8"], [Number("7"), Number("8")]),
        (["7", ""], [Number("7"), None]),
        (["7", "a"], ["7", "a"]),
        (["007", "7"], ["007", "7"]),
        (["1.5", "2"], ["1.5", "2"]),
        (["true", "false"], ["true", "false"]),
    ],
)
def test_ids_are_integers_or_texts(ids: list[str], found: list[Json]) -> None:
    _, documents = read_csv("id,x\n" + "".join(f"{one},y\n" for one in ids))
    assert [document.id for document in documents] == found


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", None, "nothing in it"),
        ("\n\n", None, "nothing in it"),
        ("a,,c\n1,2,3", 1, "Column 2 has no name"),
        ("\na,b,a\n1,2,3", 2, "Two columns are named “a”"),
        ("a,b\n1,2\n1\n", 3, "This row has 1 cells, the first one 2"),
        ("a,b\n1,2\n1,2,3\n", 3, "This row has 3 cells"),
        ('a,b\n"1\n\n",2\n1\n', 5, "This row has 1 cells"),
        ('a,b\n1,2\n3,"x\n4,5\n', 3, "never closed"),
        ('a,b\n1,"x"y\n', 2, "goes on after its closing quote"),
        (f"a,b\n1,2\n1,{'x' * 200_000}\n", 3, "more than 131,072 characters"),
        ("id,b\n1,2\n2,3\n1,4\n", 4, "The id “1” is taken"),
        (f"id,b\n{'1' * 201},2\n", 2, "An id has"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, line: int | None, words: str) -> None:
    with pytest.raises(DataFileError) as caught:
        read_csv(text)
    assert caught.value.line == line
    assert words in str(caught.value)


@given(
    st.lists(texts.filter(bool), min_size=2, max_size=4, unique=True).filter(lambda names: "id" not in names),
    st.lists(st.lists(texts, min_size=4, max_size=4), min_size=1, max_size=5),
)
def test_text_comes_through_as_it_is(names: list[str], rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    rows = [row[: len(names)] for row in rows]
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([names, *rows, ["x"] * len(names)])
    filled = [{name: cell for name, cell in zip(names, row, strict=True) if cell} for row in rows]
    assert _members(text.getvalue())[:-1] == filled


@given(st.text(st.sampled_from('a1,;\t"\r\n'), max_size=60) | texts)
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(DataFileError):
        assert all(isinstance(one, NewDocument) for one in read_csv(text)[1])


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("players", "players"),
        ("My players (2)", "My-players-2"),
        ("Größe", "Größe"),
        ("lab", "lab-rows"),
        ("docs", "docs-rows"),
        ("..", "file-rows"),
        ("a/b", "a-b"),
        ("!", "file-rows"),
    ],
)
def test_the_collection_is_named_after_the_file(stem: str, name: str) -> None:
    assert collection_name(stem) == name
