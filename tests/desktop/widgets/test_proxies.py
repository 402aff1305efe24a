"""Tests of the addresses of proxies."""

import pytest

from desktop.widgets.proxies import ProxyAddress, is_loopback, parse_proxy, system_proxy, unauthorized


@pytest.mark.parametrize(
    ("text", "proxy", "authorization"),
    [
        ("http://proxy.example:3128", ProxyAddress("http", "proxy.example", 3128), ""),
        ("proxy.example:3128", ProxyAddress("http", "proxy.example", 3128), ""),
        ("proxy.example", ProxyAddress("http", "proxy.example", 80), ""),
        (
            "https://me:p%40ss@proxy.example",
            ProxyAddress("https", "proxy.example", 443, "me", "p@ss"),
            "Basic bWU6cEBzcw==",
        ),
        ("http://me@[::1]:8080/", ProxyAddress("http", "::1", 8080, "me"), "Basic bWU6"),
    ],
)
def test_urls(text: str, proxy: ProxyAddress, authorization: str) -> None:
    assert parse_proxy(text) == proxy
    assert proxy.authorization == authorization
    assert proxy.place == f"{proxy.host} port {proxy.port}"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("socks5://me:secret@h:1080", "The proxy “socks5://h:1080” is of a kind that Portside does not speak; it can"),
        ("http://", "The proxy “http://” is not a URL such as http://proxy.example:3128."),
        ("http://h:port", "The proxy “http://h:port” is not a URL"),
        ("http://[h", "The proxy “http://[h” is not a URL"),
        ("http://me:secret@", "The proxy “http://” is not a URL"),
    ],
)
def test_what_is_no_proxy_is_a_sentence_without_the_password(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"[.]$") as caught:
        parse_proxy(text)
    assert str(caught.value).startswith(sentence)
    assert "secret" not in str(caught.value)


def test_the_systems_proxy_is_the_first_that_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ws", "http", "https", "all", "no"):
        monkeypatch.delenv(f"{name}_proxy", raising=False)
        monkeypatch.delenv(f"{name.upper()}_PROXY", raising=False)
    assert system_proxy(("ws", "http"), "far.example", 80) is None
    monkeypatch.setenv("http_proxy", "http://proxy.example:1")
    monkeypatch.setenv("no_proxy", "near.example,[::2]")
    assert system_proxy(("ws", "http"), "far.example", 80) == ProxyAddress("http", "proxy.example", 1)
    assert system_proxy(("https",), "far.example", 443) is None
    assert system_proxy(("http",), "near.example", 80) is None
    monkeypatch.setenv("ws_proxy", "socks5://h")
    with pytest.raises(ValueError, match=r"^The system's proxy “socks5://h” is of a kind"):
        system_proxy(("ws", "http"), "far.example", 80)


def test_what_is_said_after_407() -> None:
    assert unauthorized(ProxyAddress("http", "h", 1)).startswith("The proxy h port 1 asks for a user name and a")
    assert unauthorized(ProxyAddress("http", "h", 1, "me", "secret")) == (
        "The proxy h port 1 did not accept the user name and the password in its URL."
    )


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("localhost", True),
        ("api.LOCALHOST.", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("far.example", False),
    ],
)
def test_this_computer(host: str, own: bool) -> None:
    assert is_loopback(host) is own
