"""Tests of the words of a tag's value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.http_files.words import plain, quoted, rest, split


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" a  b\t", ["a", "b"]),
        ("{{ a b }} {{c}}d", ["{{ a b }}", "{{c}}d"]),
        ('"a b" c', ['"a b"', "c"]),
        (r'"a \" b" c', [r'"a \" b"', "c"]),
        ('"never closed', ['"never', "closed"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert split(text) == words


def test_the_last_word_may_be_the_rest() -> None:
    assert split("1  a b  c ", 1) == ["1", "a b  c"]
    assert split("1", 1) == ["1"]


def test_what_only_looks_quoted_stays() -> None:
    assert plain(r'"C:\x"') == r'"C:\x"'
    assert plain('"') == '"'


@given(st.lists(st.text() | st.sampled_from(["{{a b}}", "{{a", "b}}", '"', "=", " "]), max_size=4))
def test_any_texts_can_be_words(texts: list[str]) -> None:
    line = " ".join(quoted(text) for text in texts)
    assert "\n" not in line
    assert [plain(word) for word in split(line)] == texts


@given(st.text() | st.sampled_from(["a b", "=a", '"a"', "", " "]))
def test_any_text_can_be_the_rest_of_a_line(text: str) -> None:
    written = rest(text)
    assert "\n" not in written
    assert (written, plain(written)) == (written.strip(), text)
    assert not written.startswith("=")
