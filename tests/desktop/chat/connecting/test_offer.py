"""Tests of what a handshake asks for."""

from typing import Any

import pytest

from desktop.chat.connecting.address import parse_address
from desktop.chat.connecting.offer import Offer, offer_of
from desktop.chat.target import AuthKind, ChatWish, HeaderRow, Target
from servers.chat_protocol import SUBPROTOCOL
from servers.exchange import header
from tests.desktop.chat.connecting.stage import Jar

FAR, NEAR = "ws://far.example/x", "ws://localhost:8002"


def offer(url: str = FAR, cookie: str = "", **options: Any) -> Offer:
    """What a target with these options asks for."""
    target = Target(url, **options)
    return offer_of(target, parse_address(url), Jar(cookie).header_for)


def rows(*fields: tuple[str, str]) -> tuple[HeaderRow, ...]:
    return tuple(HeaderRow(*field) for field in fields)


def test_a_plain_one() -> None:
    assert offer() == Offer(FAR, (("User-Agent", "Portside"),), ())


@pytest.mark.parametrize(
    ("url", "wish", "chats"),
    [
        (NEAR, ChatWish.AUTO, True),
        (FAR, ChatWish.AUTO, False),
        (FAR, ChatWish.ALWAYS, True),
        (NEAR, ChatWish.NEVER, False),
    ],
)
def test_the_chat_subprotocol_and_the_name_go_together(url: str, wish: ChatWish, chats: bool) -> None:
    made = offer(url, chat=wish, name="Ann", subprotocols="mqtt, graphql-ws ,")
    assert made.subprotocols == ("mqtt", "graphql-ws", *([SUBPROTOCOL] if chats else []))
    assert made.url == (f"{url}?name=Ann" if chats else url)


def test_the_chat_subprotocol_is_offered_once() -> None:
    assert offer(NEAR, subprotocols=f"{SUBPROTOCOL}, x").subprotocols == (SUBPROTOCOL, "x")


def test_headers_stay_as_they_are_typed() -> None:
    typed = (
        *rows(("x-B", "1"), ("X-a", " two "), ("x-B", "ü")),
        HeaderRow("X-Off", "1", enabled=False),
        *rows(("", "")),
    )
    assert offer(headers=typed).headers == (("x-B", "1"), ("X-a", " two "), ("x-B", "ü"), ("User-Agent", "Portside"))


def test_what_is_typed_wins() -> None:
    typed = rows(("user-agent", "U"), ("origin", "O"), ("authorization", "A"), ("cookie", "C"), ("host", "H"))
    made = offer(
        "ws://me:secret@far.example", "a=b", headers=typed, origin="http://x", auth=AuthKind.BEARER, token=" not used "
    )
    assert made.headers == tuple((row.name, row.value) for row in typed)


@pytest.mark.parametrize(
    ("url", "options", "value"),
    [
        (FAR, {}, None),
        (
            FAR,
            {"auth": AuthKind.BASIC, "user": "Aladdin", "password": "open: sesame"},
            "Basic QWxhZGRpbjpvcGVuOiBzZXNhbWU=",
        ),
        (FAR, {"auth": AuthKind.BASIC, "user": "jö", "password": "€"}, "Basic asO2OuKCrA=="),
        (FAR, {"auth": AuthKind.BEARER, "token": " 1|a.b-c== "}, "Bearer 1|a.b-c=="),
        ("ws://me:p%40@h.example", {}, "Basic bWU6cEA="),
        ("ws://me:p%40@h.example", {"auth": AuthKind.BEARER, "token": "t"}, "Bearer t"),
        ("ws://me:p%40@h.example", {"auth": AuthKind.BASIC, "user": "u"}, "Basic dTo="),
    ],
)
def test_authorization(url: str, options: dict[str, Any], value: str | None) -> None:
    assert header(offer(url, **options).headers, "Authorization") == value


def test_cookies_are_asked_for_the_url_that_is_sent() -> None:
    jar = Jar("a=b; c=d")
    target = Target("ws://me:secret@localhost:1/p", "Ann")
    made = offer_of(target, parse_address(target.url), jar.header_for)
    assert header(made.headers, "Cookie") == "a=b; c=d"
    assert jar.asked == [made.url] == ["ws://localhost:1/p?name=Ann"]
    assert header(offer(cookie="a=b", cookies=False).headers, "Cookie") is None


def test_the_origin() -> None:
    assert header(offer(origin=" https://site.example ").headers, "Origin") == "https://site.example"
    assert header(offer(origin="null").headers, "Origin") == "null"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Upgrade", "The handshake sends Upgrade itself. Remove that header, or switch it off."),
        ("CONNECTION", "The handshake sends CONNECTION itself."),
        ("Sec-WebSocket-Key", "The handshake sends Sec-WebSocket-Key itself."),
        ("sec-websocket-version", "The handshake sends sec-websocket-version itself."),
        ("Sec-WebSocket-Extensions", "switch compression on or off in the options."),
        ("Sec-WebSocket-Protocol", "list subprotocols in the options."),
        ("Content-Length", "A handshake has no body, so it cannot have Content-Length."),
        ("Transfer-Encoding", "A handshake has no body"),
        ("", "The header with the value “v” has no name."),
        ("X Y", "“X Y” is not a header name"),
        ("X:", "“X:” is not a header name"),
        ("Bü", "“Bü” is not a header name"),
        ("X\x1b", r"“X\x1b” is not a header name"),
    ],
)
def test_headers_that_cannot_be_sent(name: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"[.]$") as caught:
        offer(headers=rows((name, "v")))
    assert words in str(caught.value)


@pytest.mark.parametrize("value", ["a\rb", "a\nb", "a\0b", "\ud800"])
def test_values_that_cannot_be_sent(value: str) -> None:
    options: dict[str, Any]
    for options in ({"headers": rows(("X-A", value))}, {"origin": f"x{value}x"}):
        with pytest.raises(ValueError, match=r"^The value of (X-A|Origin) has a line break or another character"):
            offer(**options)
    with pytest.raises(ValueError, match=r"^The value of Cookie"):
        offer(cookie=value)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"subprotocols": "a b"}, "“a b” is not the name of a subprotocol"),
        ({"subprotocols": "a;b"}, "“a;b” is not the name of a subprotocol"),
        ({"subprotocols": "a, b,a"}, "The subprotocol “a” is listed twice."),
        ({"auth": AuthKind.BASIC, "user": "a:b"}, "The user name has a colon"),
        ({"auth": AuthKind.BASIC, "user": "a", "password": "secret\n"}, "has a control character"),
        ({"auth": AuthKind.BASIC, "user": "\ud800"}, "has a control character"),
        ({"auth": AuthKind.BEARER}, "The Bearer token is empty."),
        ({"auth": AuthKind.BEARER, "token": "secret one"}, "The Bearer token has a space"),
    ],
)
def test_options_that_cannot_be_sent(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=r"[.]$") as caught:
        offer(**options)
    assert words in str(caught.value)
    assert "secret" not in str(caught.value)
