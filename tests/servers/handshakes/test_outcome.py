"""Tests of how a handshake is said to have ended."""

import pytest

from servers.exchange import End
from servers.handshakes.outcome import outcome
from servers.handshakes.point import Verdict
from tests.servers.handshakes.samples import accepted, refused


def test_an_open_one() -> None:
    point = outcome(accepted())
    assert (point.title, point.verdict) == ("101 Switching Protocols", Verdict.FINE)


def test_the_words_of_the_server_are_told() -> None:
    point = outcome(refused(503, "Service Unavailable", b"4 clients are connected;\nno more are let in.\n"))
    assert point.text == (
        "The server takes no more clients at the moment. "
        "The server says: “4 clients are connected; no more are let in.”"
    )


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (200, "the answer of a web page"),
        (307, "leads elsewhere"),
        (401, "who asks"),
        (404, "no WebSocket at this path"),
        (418, "Only 101 opens a WebSocket."),
        (421, "names another computer"),
    ],
)
def test_each_status_is_explained(status: int, words: str) -> None:
    assert words in outcome(refused(status, "")).text


def test_no_answer_at_all() -> None:
    assert outcome(refused(0, "")).text == "The server did not answer."
    assert outcome(refused(0, "")._replace(error="It went away.")).text == "It went away."


def test_a_client_that_sent_nothing_got_no_answer_to_it() -> None:
    unsent = refused(0, "")._replace(request_headers=(), error="Nothing answers on localhost port 8002.")
    assert outcome(unsent).title == "No answer"
    assert outcome(unsent._replace(end=End.CLIENT)).title == "No request was sent"
    assert outcome(refused(0, "")._replace(end=End.CLIENT)).title == "No answer"


def test_tls_is_recognised() -> None:
    hello = refused(400, "Bad Request")._replace(request_headers=(), request_body=b"\x16\x03\x01\x02\x00\x01")
    assert "the client speaks wss" in outcome(hello).text
    assert "wss" not in outcome(hello._replace(request_body=b"hello")).text


def test_101_with_an_error_is_not_open() -> None:
    point = outcome(accepted()._replace(error="The answer to the key is wrong."))
    assert (point.title, point.verdict) == ("101 Switching Protocols, and given up", Verdict.FAULT)
    assert point.text == "The answer to the key is wrong."
