"""The modes that the terminal client puts its terminal into."""

import os
import sys
import termios
from collections.abc import Iterator

import pytest

from desktop.chat.terminal.keyboard import keyboard, keys_wait

LINES, ECHO, SIGNALS = termios.ICANON, termios.ECHO, termios.ISIG


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A terminal that is standard input."""
    master, slave = os.openpty()
    with os.fdopen(slave) as source:
        monkeypatch.setattr(sys, "stdin", source)
        yield slave
    os.close(master)


def modes(terminal: int) -> int:
    return int(termios.tcgetattr(terminal)[3]) & (LINES | ECHO | SIGNALS)


def test_between_lines_keys_wait_and_ctrl_c_is_a_signal(terminal: int) -> None:
    with keys_wait():
        assert modes(terminal) == SIGNALS
    assert modes(terminal) == LINES | ECHO | SIGNALS


def test_keys_stay_keys_while_something_is_printed(terminal: int) -> None:
    keys = keyboard()
    with keys_wait(), keys.raw_mode():
        with keys.cooked_mode():
            assert modes(terminal) == 0
        assert modes(terminal) == 0
