"""Tests of what is said about the request of a handshake."""

import pytest

from servers.exchange import Exchange
from servers.handshakes.point import Verdict
from tests.servers.handshakes.samples import accepted, point, refused


@pytest.mark.parametrize(
    ("handshake", "title", "words"),
    [
        (refused(405, "")._replace(method="POST"), "Request line", "a handshake is a GET request"),
        (refused(400, "")._replace(version="1.0"), "Request line", "a handshake is a GET request"),
        (refused(400, "", request={"Host": None}), "Host", "there are 0"),
        (refused(400, "", more=(("host", "other"),)), "Host", "there are 2"),
        (refused(421, "", request={"Host": "evil.example"}), "Host", "“evil.example”"),
        (refused(400, "", request={"Upgrade": None}), "Upgrade and Connection", "request lacks “Upgrade: websocket”"),
        (refused(400, "", request={"Connection": "close"}), "Upgrade and Connection", "lacks “Connection: Upgrade”"),
        (accepted(response={"Upgrade": "h2c"}), "Upgrade and Connection", "response lacks “Upgrade: websocket”"),
        (refused(400, "", request={"Sec-WebSocket-Version": None}), "Sec-WebSocket-Version", "It is missing"),
        (refused(426, "", request={"Sec-WebSocket-Version": "8"}), "Sec-WebSocket-Version", "“8” was sent"),
    ],
)
def test_faults_are_named(handshake: Exchange, title: str, words: str) -> None:
    found = point(handshake, title)
    assert found.verdict is Verdict.FAULT
    assert words in found.text


def test_names_are_compared_in_any_case() -> None:
    handshake = accepted({"Upgrade": "WebSocket", "Connection": "UPGRADE"})
    found = point(handshake, "Upgrade and Connection")
    assert found.verdict is Verdict.FINE
    assert found.text.endswith("The server agrees.")
