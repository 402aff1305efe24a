"""Tests of what is said about subprotocols and extensions."""

import pytest

from servers.handshakes.point import Verdict
from tests.servers.handshakes.samples import accepted, point, refused

PROTOCOL, EXTENSIONS = "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions"
DEFLATE = "permessage-deflate"


@pytest.mark.parametrize(
    ("offered", "chosen", "verdict", "words"),
    [
        (None, None, Verdict.PLAIN, "No subprotocol was offered"),
        ("one, two", "two", Verdict.FINE, "The client offered “one”, “two”. The server chose “two”"),
        ("one", None, Verdict.PLAIN, "The server chose none of “one”."),
        ("one", "three", Verdict.FAULT, "“three”, which was not offered"),
    ],
)
def test_subprotocols(offered: str | None, chosen: str | None, verdict: Verdict, words: str) -> None:
    found = point(accepted({PROTOCOL: offered}, {PROTOCOL: chosen}), PROTOCOL)
    assert found.verdict is verdict
    assert words in found.text


@pytest.mark.parametrize(
    ("offered", "accepts", "verdict", "words"),
    [
        (None, None, Verdict.PLAIN, "None was offered"),
        (DEFLATE, None, Verdict.PLAIN, f"The client offered {DEFLATE}; the server takes none"),
        (None, DEFLATE, Verdict.FAULT, f"“{DEFLATE}”, which was not offered"),
        (DEFLATE, DEFLATE, Verdict.FINE, "both ends compress every message"),
        ("x-zip", "x-zip", Verdict.FINE, "The server takes up “x-zip”."),
        (f"{DEFLATE};", None, Verdict.FAULT, "not a list of extensions"),
    ],
)
def test_extensions(offered: str | None, accepts: str | None, verdict: Verdict, words: str) -> None:
    found = point(accepted({EXTENSIONS: offered}, {EXTENSIONS: accepts}), EXTENSIONS)
    assert found.verdict is verdict
    assert words in found.text


def test_the_parameters_of_compression_are_in_words() -> None:
    accepts = f"{DEFLATE}; server_max_window_bits=12; client_no_context_takeover; client_max_window_bits; new=1"
    text = point(accepted({EXTENSIONS: DEFLATE}, {EXTENSIONS: accepts}), EXTENSIONS).text
    assert text.split("\n")[1:] == [
        "server_max_window_bits=12: the server looks back at most 4,096 bytes for what repeats.",
        "client_no_context_takeover: the client compresses each message by itself, without those before it.",
        "client_max_window_bits: the client looks back at most an unknown number of bytes for what repeats.",
        "new=1: a parameter that RFC 7692 does not know.",
    ]


def test_a_refused_client_has_offers_only() -> None:
    handshake = refused(503, "Service Unavailable", request={PROTOCOL: "one", EXTENSIONS: DEFLATE})
    assert point(handshake, PROTOCOL).text == "The client offered “one”."
    assert point(handshake, EXTENSIONS).text == f"The client offered {DEFLATE}."
    assert point(refused(400, ""), PROTOCOL).text == "The client offered no subprotocol."
