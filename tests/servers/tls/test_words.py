"""Tests of the words on what trusting the authority means."""

from pathlib import Path

import pytest

from servers.tls import MEANING, explanation


@pytest.mark.parametrize(
    "words",
    [
        "could pretend to be any site",
        "never leaves this computer",
        "Trust only the certificate of your own Portside",
        "Debian: sudo cp",
        "Firefox: ",
        "Chromium: ",
        "Windows: ",
        "macOS: ",
        "How to stop trusting it",
    ],
)
def test_they_say_what_users_must_know(words: str) -> None:
    assert words in explanation(Path("/home/ann/portside.pem"))


def test_the_commands_name_the_file() -> None:
    assert explanation("/a folder/portside.pem").count('"/a folder/portside.pem"') == 3
    assert explanation().count('"portside.pem"') == 3


def test_the_lines_are_short() -> None:
    assert max(len(line) for line in explanation().splitlines()) <= 120
    assert "\n" not in MEANING
