"""Places of a text in words."""

import pytest

from desktop.widgets.places import where


@pytest.mark.parametrize(
    ("text", "index", "words"),
    [
        ("abc", 0, "at line 1, column 1"),
        ("ab\ncd", 4, "at line 2, column 2"),
        ("ab\n\n", 3, "at its end"),
        ("", 0, "at its end"),
        ("x" * 2_000, 1_500, "at line 1, column 1,501"),
    ],
)
def test_a_place_is_named_by_line_and_column(text: str, index: int, words: str) -> None:
    assert where(text, index) == words
