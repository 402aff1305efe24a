"""Commands in bash."""

import pytest

from desktop.explorer.curl.bash import is_curl, read
from desktop.explorer.curl.shell_words import Command


def words(text: str) -> list[list[str]]:
    return [command.words for command in read(text).commands]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("curl a b", ["curl", "a", "b"]),
        ("curl 'a b'c\"d e\"", ["curl", "a bcd e"]),
        ("curl \\\n  -X 'P'\"UT\"", ["curl", "-X", "PUT"]),
        ("curl a\\\r\n b", ["curl", "a", "b"]),
        (r"curl a\ b \'", ["curl", "a b", "'"]),
        ('curl "a\\"\\\\ \\x \\$ \\`"', ["curl", 'a"\\ \\x $ `']),
        ("curl $'a\\'b\\n'", ["curl", "a'b\n"]),
        ('curl $"a" ""', ["curl", "a", ""]),
        ("curl a#b # c", ["curl", "a#b"]),
        ("curl a > /dev/null 2>&1", ["curl", "a"]),
        ("$ curl a", ["curl", "a"]),
        ("A=1 sudo curl a", ["curl", "a"]),
        ("if curl a; then", ["curl", "a"]),
        ("(curl a)", ["curl", "a"]),
        ("curl a?b=c&", ["curl", "a?b=c"]),
        ("curl 'open", ["curl", "open"]),
        ('curl "open', ["curl", "open"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == [expected]


def test_commands_end_at_operators() -> None:
    assert words("curl a; curl b && curl c\n\ncurl d || curl e &") == [["curl", one] for one in "abcde"]


def test_a_pipe_gives_the_next_command_its_source() -> None:
    first, second = read("echo a | curl b").commands
    assert (first.words, second.words, second.source) == (["echo", "a"], ["curl", "b"], first)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("curl a <<< 'b c'", "b c\n"),
        ("curl a <<E\nb $X\nE\n", "b 1\n"),
        ("curl a <<'E'\nb $X\nE\n", "b $X\n"),
        ("curl a <<-E\n\tb\n\tE\n", "b\n"),
        ('curl a <<E\nb\\\nc \\$X "\nE', 'bc $X "\n'),
    ],
)
def test_texts_as_input(text: str, given: str) -> None:
    command = read(f"X=1\n{text}").commands[0]
    assert command.input is not None
    assert command.input.text == given
    assert command.words == ["curl", "a"]


def test_the_command_behind_a_here_document() -> None:
    assert words("curl a <<E | jq .\nb\nE\ncurl c") == [["curl", "a"], ["jq", "."], ["curl", "c"]]


def test_a_file_as_input() -> None:
    command = read("curl a < b.txt").commands[0]
    assert command.input is not None
    assert command.input.path == "b.txt"


def test_variables_that_the_script_sets() -> None:
    script = read("A=1; export B='2 3'\ncurl $A \"${B}\" ${C:-4}")
    assert script.commands[0].words == ["curl", "1", "2 3", "4"]
    assert script.warnings == ()


def test_variables_that_are_not_known() -> None:
    script = read('curl "$A/${B}" $1')
    assert script.commands[0].words == ["curl", "{{A}}/{{B}}", "$1"]
    assert len(script.warnings) == 3
    assert "$A" in script.warnings[0]


def test_commands_inside_others_come_first() -> None:
    script = read("T=$(curl -s a | jq '.x')\ncurl b $T `date`")
    assert [command.words for command in script.commands] == [["curl", "-s", "a"], ["curl", "b", "{{T}}", "`date`"]]
    assert any("$(curl -s a" in warning for warning in script.warnings)


def test_arithmetic_stands_as_typed() -> None:
    script = read("curl $((1 + (2)))/x")
    assert script.commands[0].words == ["curl", "$((1 + (2)))/x"]
    assert "not computed" in script.warnings[0]


def test_what_curl_is_called() -> None:
    for name in ("curl", "curl.exe", "/usr/bin/curl", "C:\\Windows\\System32\\CURL.EXE"):
        assert is_curl(Command([name]))
    assert not is_curl(Command(["curly"]))
    assert not is_curl(Command())
