"""What is piped into a command."""

import pytest

from desktop.explorer.curl.bash import read
from desktop.explorer.curl.piped import input_of


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("echo a  b | curl", "a b\n"),
        ("echo -n a | curl", "a"),
        (r"echo -e 'a\nb' | curl", "a\nb\n"),
        (r"printf 'a%%\n%s-' b c | curl", "a%\nb-a%\nc-"),
        (r"printf '%b' 'a\tb' | curl", "a\tb"),
        ("printf -- -a | curl", "-a"),
        ("echo a | cat | curl", "a\n"),
    ],
)
def test_printed_texts(text: str, given: str) -> None:
    found = input_of(read(text).commands[-1])
    assert found is not None
    assert found.text == given


def test_a_printed_file() -> None:
    found = input_of(read("cat a.txt | curl").commands[-1])
    assert found is not None
    assert found.path == "a.txt"


@pytest.mark.parametrize("text", ["curl", "jq . a | curl", "cat - | curl", "cat a b | curl", "| curl"])
def test_what_nobody_knows(text: str) -> None:
    assert input_of(read(text).commands[-1]) is None
