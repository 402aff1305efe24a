"""Tests of single lines that are written."""

import pytest

from desktop.explorer.http_files.lines import header_line, tag_line, title_line
from desktop.explorer.model.request import Header


@pytest.mark.parametrize(
    ("row", "near", "line"),
    [
        (Header("A", "1"), "", "A: 1"),
        (Header("A", ""), "", "A:"),
        (Header("A", "1", False), "", "# A: 1"),
        (Header("A", "2"), "A:1", "A:2"),
        (Header("B", "1"), "A:   1", "B:   1"),
        (Header("A", "1", False), "A:1 ", "# A:1 "),
        (Header("A", "1"), "//  A:1", "A:1"),
        (Header("A", "2", False), "//  A:1", "//  A:2"),
        (Header("A", "//h"), "A:1", "A: //h"),
        (Header("A", "1"), "A:", "A: 1"),
        (Header("A", "1"), "no colon", "A: 1"),
    ],
)
def test_headers(row: Header, near: str, line: str) -> None:
    assert header_line(row, near) == line


@pytest.mark.parametrize(
    ("value", "near", "line"),
    [
        ("5", "", "# @timeout 5"),
        ("", "", "# @timeout"),
        ("5", "//@timeout  = 4 s ", "//@timeout  = 5"),
        ("5", "# @timeout", "# @timeout 5"),
        ("", "# @timeout 5", "# @timeout"),
    ],
)
def test_tags(value: str, near: str, line: str) -> None:
    assert tag_line("timeout", value, near) == line


@pytest.mark.parametrize(
    ("title", "near", "line"),
    [("a", "", "### a"), ("", "", "###"), ("a", "###b", "### a"), ("a", "####  b", "####  a"), ("", "### b", "###")],
)
def test_titles(title: str, near: str, line: str) -> None:
    assert title_line(title, near) == line
