"""Tests of changes to single lines."""

import pytest

from desktop.explorer.http_files.edits import Edits
from desktop.explorer.http_files.layout import Row

TEXT = "a\r\nb\nc"


def test_nothing_changes_nothing() -> None:
    assert Edits(TEXT, "\n").text() == TEXT
    assert Edits("", "\n").text() == ""
    assert Edits("\ufeffa\r", "\n").text() == "\ufeffa\r"


def test_lines_keep_their_endings() -> None:
    edits = Edits("\ufeff" + TEXT, "\n")
    edits.put(0, "A")
    edits.drop(1, 2)
    edits.put(2, "C")
    edits.insert(1, "x", "y")
    assert edits.text() == "\ufeffA\r\nx\r\ny\r\nC"


@pytest.mark.parametrize(("line", "text"), [("d", "a\r\nb\nc\nd"), ("", "a\r\nb\nc\n\n")])
def test_a_new_last_line(line: str, text: str) -> None:
    edits = Edits(TEXT, "\n")
    edits.insert(3, line)
    assert edits.text() == text


@pytest.mark.parametrize(
    ("new", "text"),
    [
        ("abc", "head\n[a]\n--\n[b]\n[c]\n"),
        ("abcd", "head\n[a]\n--\n[b]\n[c]\nd\n"),
        ("xabc", "head\nx\n[a]\n--\n[b]\n[c]\n"),
        ("ac", "head\n[a]\n--\n[c]\n"),
        ("axc", "head\n[a]\n--\nx after [b]\n[c]\n"),
        ("cab", "head\n[c]\n[a]\n--\n[b]\n"),
        ("", "head\n--\n"),
        ("axyc", "head\n[a]\n--\nx after [b]\ny\n[c]\n"),
    ],
)
def test_rows(new: str, text: str) -> None:
    edits = Edits("head\n[a]\n--\n[b]\n[c]\n", "\n")
    rows = [Row("a", (1,)), Row("b", (3,)), Row("c", (4,))]
    edits.rows(rows, list(new), 1, lambda value, near: f"{value} after {near}" if near else value)
    assert edits.text() == text


def test_a_row_of_several_lines_becomes_one() -> None:
    edits = Edits("a\n b\nc\n d\n", "\n")
    edits.rows([Row("ab", (0, 1)), Row("cd", (2, 3))], ["x", "cd"], 0, lambda value, near: value + near)
    assert edits.text() == "x\nc\n d\n"
