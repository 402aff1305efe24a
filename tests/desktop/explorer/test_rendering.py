"""Tests of what a response view gets to show."""

import gzip

from desktop.explorer.client import Reply
from desktop.explorer.rendering import SHOWN, as_sent, is_instant, render
from desktop.explorer.request import Header, Request
from servers.exchange import End, Exchange, Headers, next_id

REQUEST = Request("POST", "http://h/x", (Header("X", "a\x1bb"),), "é\n").prepare()


def reply(body: bytes, headers: Headers = (), error: str | None = None, complete: bool = True) -> Reply:
    """A reply with this body."""
    exchange = Exchange(
        source="explorer",
        end=End.CLIENT,
        method="POST",
        target="/x",
        version="1.1",
        request_headers=REQUEST.headers,
        request_body=b"",
        request_size=0,
        status=200,
        reason="OK",
        response_headers=headers,
        response_body=b"",
        response_size=len(body),
        started_ns=0,
        responded_ns=1,
        finished_ns=2,
        local=None,
        remote=None,
        id=next_id(),
        error=error,
    )
    return Reply(REQUEST, exchange, body, complete)


JSON = ("content-type", "application/json")


def test_json_is_indented_and_raw_stays() -> None:
    shown = render(reply(b'{"n":1736184243098437392}', (JSON,)))
    assert (shown.raw, shown.pretty) == ('{"n":1736184243098437392}', '{\n  "n": 1736184243098437392\n}')
    assert shown.notes == ()


def test_what_is_not_json_is_text_with_a_sentence() -> None:
    shown = render(reply(b"{x}", (JSON,)))
    assert (shown.raw, shown.pretty) == ("{x}", None)
    assert "line 1, column 2" in shown.notes[0]
    assert render(reply(b"", (JSON,))).notes == ()
    assert render(reply(b"{x}", (("Content-Type", "text/plain"),))).notes == ()


def test_a_compressed_body_is_decoded() -> None:
    body = gzip.compress(b"[1]")
    packed = reply(body, (JSON, ("Content-Encoding", "gzip")))
    shown = render(packed)
    assert (shown.raw, shown.decoded_size) == ("[1]", 3)
    assert not is_instant(packed)
    assert is_instant(reply(b"[1]"))


def test_every_shortcoming_is_said() -> None:
    shown = render(reply(b"[" + b"1," * SHOWN, (JSON,), error="It broke.", complete=False))
    assert len(shown.raw) == SHOWN
    assert shown.pretty is not None
    assert shown.notes == (
        "It broke.",
        f"Reading stopped after {2 * SHOWN + 1:,} bytes; the rest of the body was not kept.",
        f"The first {SHOWN:,} of {2 * SHOWN + 1:,} bytes are shown.",
    )


def test_the_request_as_sent() -> None:
    assert as_sent(REQUEST) == (
        "POST /x HTTP/1.1\nHost: h\nX: a\\x1bb\nAccept: */*\nAccept-Encoding: gzip, deflate\n"
        "User-Agent: Portside\nContent-Length: 3\n\né\n"
    )
