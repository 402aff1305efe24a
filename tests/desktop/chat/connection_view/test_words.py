"""Tests of the words for the state of a connection."""

import pytest

from desktop.chat.connection_view.words import agreed_words, state_words, waiting_words
from desktop.chat.session import State
from tests.desktop.chat.connection_view.shown import Shown


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.CONNECTING, "Connecting …"),
        (State.OPEN, "Connected as Ann."),
        (State.CLOSING, "Closing …"),
        (State.CLOSED, "Closed."),
    ],
)
def test_each_state_has_words(state: State, words: str) -> None:
    assert state_words(Shown(state)) == words


def test_before_the_first_connection() -> None:
    assert state_words(None) == "Not connected."


def test_the_outcome_and_the_name_are_shown_as_they_may_be() -> None:
    session = Shown(State.CLOSED, outcome="Closed by the server: “\x1b[2J”.")
    assert state_words(session) == "Closed by the server: “\\x1b[2J”."
    session = Shown(State.OPEN)
    session.name, session.speaks_chat = "", False
    assert state_words(session) == "Connected, plain client."
    session.name = "\u202enoB"
    assert state_words(session) == "Connected as \\u202enoB, plain client."


def test_what_both_ends_have_agreed_on() -> None:
    assert agreed_words(Shown(State.OPEN)) == "Subprotocol portside.chat.v1, compressed, no TLS."
    plain = Shown(State.OPEN, url=" WSS://example.com")
    plain.subprotocol, plain.handshake = "", None
    assert agreed_words(plain) == "No subprotocol, not compressed, TLS."


@pytest.mark.parametrize(
    ("left", "when"), [(3.2, "in 4 s"), (1.0, "in 1 s"), (0.1, "in 1 s"), (0.0, "now"), (-1, "now")]
)
def test_the_next_attempt_is_told(left: float, when: str) -> None:
    assert waiting_words("Cut.", 3, left) == f"Cut. Attempt 3 {when} …"
    assert waiting_words("", 2, left) == f"Attempt 2 {when} …"
