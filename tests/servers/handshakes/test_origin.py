"""Tests of what is said about the page that opens a WebSocket."""

import pytest

from servers.exchange import End
from servers.handshakes.point import Verdict
from tests.servers.handshakes.samples import accepted, point, refused


@pytest.mark.parametrize(
    ("origin", "host", "words"),
    [
        ("http://localhost:8001", "localhost:8002", "a page of this very computer"),
        ("null", "localhost:8002", "The server lets such pages in."),
        ("http://192.0.2.7:8001", "192.0.2.7:8002", "of the same computer as the server"),
        ("http://friend.example", "[bad", "an origin that the server allows"),
        (None, "localhost:8002", "the client is a program"),
    ],
)
def test_why_it_was_let_in(origin: str | None, host: str, words: str) -> None:
    found = point(accepted({"Origin": origin, "Host": host}), "Origin")
    assert found.verdict is not Verdict.FAULT
    assert words in found.text


@pytest.mark.parametrize(
    ("origin", "words"), [("http://evil.example", "a page of another site"), ("null", "is set to refuse those")]
)
def test_why_it_was_refused(origin: str, words: str) -> None:
    found = point(refused(403, "Forbidden", request={"Origin": origin}), "Origin")
    assert found.verdict is Verdict.FAULT
    assert words in found.text


def test_a_client_can_only_guess_that_it_was_refused_for_that() -> None:
    answer = refused(403, "Forbidden", request={"Origin": "http://evil.example"})._replace(end=End.CLIENT)
    found = point(answer, "Origin")
    assert found.verdict is Verdict.PLAIN
    assert found.text.startswith("“http://evil.example” may be why it was refused: ")


def test_other_refusals_are_not_put_down_to_the_origin() -> None:
    found = point(refused(503, "Service Unavailable", request={"Origin": "http://localhost"}), "Origin")
    assert found.verdict is Verdict.FINE
    assert found.text.endswith("It was not refused for that.")
