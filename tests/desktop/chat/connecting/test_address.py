"""Tests of the URL of a WebSocket server."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.connecting.address import Address, is_near, parse_address, with_name
from servers.logs import visible


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ws://localhost", Address("ws://localhost", "ws", "localhost", 80, None)),
        (" wss://h.example/a%2Fb?c=d&e \n", Address("wss://h.example/a%2Fb?c=d&e", "wss", "h.example", 443, None)),
        ("WS://[::1]:8002/", Address("WS://[::1]:8002/", "ws", "::1", 8002, None)),
        ("ws://me:p%40s%3A@h:1/@x", Address("ws://h:1/@x", "ws", "h", 1, "me:p@s:")),
        ("ws://me@h", Address("ws://h", "ws", "h", 80, "me:")),
        ("ws://a@b@h", Address("ws://h", "ws", "h", 80, "a@b:")),
        ("ws://h?to=a@b", Address("ws://h?to=a@b", "ws", "h", 80, None)),
        ("ws://bücher.example/ü", Address("ws://bücher.example/ü", "ws", "bücher.example", 80, None)),
    ],
)
def test_urls(text: str, address: Address) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is no URL yet. One looks like ws://localhost:8002."),
        ("localhost:8002", "“localhost:8002” is not a WebSocket URL. One looks like ws://localhost:8002."),
        ("http://h:1/", "“http://h:1/” is not a WebSocket URL. Write ws:// in place of http://."),
        ("https://h", "“https://h” is not a WebSocket URL. Write wss:// in place of https://."),
        ("ws://me:secret@:80", "“ws://:80” is not"),
        ("ws://me:secret@h:0", "“ws://h:0” is not"),
        ("ws://h:99999", "“ws://h:99999” is not"),
        ("ws://h:x", "“ws://h:x” is not"),
        ("ws://h/#f", "“ws://h/#f” is not"),
        ("ws://a b", "“ws://a b” is not"),
        ("ws://[::", "“ws://[::” is not"),
        ("ws://h/\r\nX: 1", r"“ws://h/\r\nX: 1” is not"),
        ("ws://h/\u202e", r"“ws://h/\u202e” is not"),
    ],
)
def test_what_is_none_is_a_sentence_without_the_password(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"is not a WebSocket URL|no URL yet") as caught:
        parse_address(text)
    assert str(caught.value).startswith(sentence)
    assert "secret" not in str(caught.value)


@given(st.text(max_size=40) | st.from_regex(r"wss?://[^\s]{0,30}", fullmatch=True))
def test_any_text_is_an_address_or_a_sentence(text: str) -> None:
    with contextlib.suppress(ValueError):
        address = parse_address(text)
        assert 0 < address.port < 65536
        assert address.host
        assert "@" not in address.url.partition("//")[2].partition("/")[0].partition("?")[0]
        return
    with pytest.raises(ValueError, match=r"is not a WebSocket URL|no URL yet") as caught:
        parse_address(text)
    assert visible(str(caught.value)) == str(caught.value)


@pytest.mark.parametrize(
    ("url", "name", "named"),
    [
        ("ws://h", "Ann", "ws://h?name=Ann"),
        ("ws://h/a", "Ann & Bö", "ws://h/a?name=Ann%20%26%20B%C3%B6"),
        ("ws://h/?x=1", "Ann", "ws://h/?x=1&name=Ann"),
        ("ws://h/?", "Ann", "ws://h/?name=Ann"),
        ("ws://h/?x&", "Ann", "ws://h/?x&name=Ann"),
        ("ws://h/?name=", "Ann", "ws://h/?name="),
        ("ws://h/?nickname=1", "Ann", "ws://h/?nickname=1&name=Ann"),
        ("ws://h", "", "ws://h"),
        ("ws://h", "\ud800", "ws://h?name=%3F"),
    ],
)
def test_the_name_is_added_unless_there_is_one(url: str, name: str, named: str) -> None:
    assert with_name(url, name) == named


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("localhost", True),
        ("chat.LOCALHOST.", True),
        ("127.0.0.2", True),
        ("::1", True),
        ("192.168.1.7", True),
        ("10.0.0.1", True),
        ("169.254.1.1", True),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("printer", True),
        ("printer.local", True),
        ("8.8.8.8", False),
        ("2600::1", False),
        ("example.org", False),
        ("example.local.org", False),
        ("localhost.example.org", False),
    ],
)
def test_what_is_near(host: str, near: bool) -> None:
    assert is_near(host) is near
