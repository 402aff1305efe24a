"""Commands for the command prompt of Windows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.curl.cmd import is_cmd, read
from desktop.explorer.snippets.shells import cmd_word


def words(text: str) -> list[list[str]]:
    return [command.words for command in read(text).commands]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('curl ^"a b^" ^\n  -H ^"c: d^"', ["curl", "a b", "-H", "c: d"]),
        ('curl "a^b" ^&', ["curl", "a^b", "&"]),
        ('curl ^"^\\^"a^\\^"^"', ["curl", '"a"']),
        ('curl "a\\"b" "c""d" "e\\\\"', ["curl", 'a"b', 'c"d', "e\\"]),
        ("curl C:\\a\\\\b", ["curl", "C:\\a\\\\b"]),
        ('curl ^"a^\\^\\nb^"', ["curl", "a\\nb"]),
        ('curl ^"a^\n\nb^"', ["curl", "a\nb"]),
        ('curl ^"a^\r\n\r\nb^" ^\r\n c', ["curl", "a\nb", "c"]),
        ("curl 100%% ^%^41", ["curl", "100%", "%41"]),
        ('curl "%TOKEN%"', ["curl", "{{TOKEN}}"]),
        ("curl a > NUL 2>&1", ["curl", "a"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text)[0] == expected


def test_commands_end_at_operators() -> None:
    assert words("curl a & curl b && curl c\ncurl d") == [["curl", one] for one in "abcd"]


def test_input_and_pipes() -> None:
    echo, piped, redirected = read("echo a | curl b\ncurl c < d.txt").commands
    assert piped.source is echo
    assert redirected.input is not None
    assert redirected.input.path == "d.txt"


def test_remarks_are_no_commands() -> None:
    assert words("rem a & b\n:: c\ncurl d") == [["curl", "d"]]


@pytest.mark.parametrize("text", ['curl ^"a^"', "curl a ^\n -k", 'curl -X POST ^"a^"', 'rem a\ncurl ^"b^"'])
def test_texts_for_cmd(text: str) -> None:
    assert is_cmd(text)


@pytest.mark.parametrize("text", ["curl a", "curl 'a ^\"b'", "curl a \\\n -d '^\n'", 'curl "a"'])
def test_texts_for_bash(text: str) -> None:
    assert not is_cmd(text)


@given(st.lists(st.text(st.characters(blacklist_categories=["Cc", "Cs"]) | st.just("\n")), min_size=1))
def test_quoted_words_come_back(arguments: list[str]) -> None:
    text = " ".join(map(cmd_word, ["curl", *arguments]))
    assert words(text) == [["curl", *arguments]]
