"""Tests of one cookie: what a Set-Cookie field means, and which requests get it (RFC 6265)."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.model.url import parse_url
from desktop.explorer.sending.cookie import Cookie, cookie_date, fault_of, parse_set_cookie


def parsed(text: str, url: str = "http://www.example.com/a/b?c/d") -> Cookie | None:
    """The cookie that this server sets."""
    return parse_set_cookie(text, parse_url(url))


def test_everything_a_cookie_says_is_kept() -> None:
    text = ' n = "v, w=x" ; Path=/p; domain=.Example.com; secure ; HttpOnly=x; SameSite=Lax; Expires='
    text += "Wed, 09 Jun 2100 10:18:14 GMT"
    assert parsed(text, "https://www.example.com/") == Cookie(
        "n", '"v, w=x"', "example.com", "/p", 4116219494.0, True, True, "Lax", False
    )
    assert parsed("n=") == Cookie("n", "", "www.example.com", "/a", host_only=True)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("n=v", "/a"),
        ("n=v; path=", "/a"),
        ("n=v; path=x", "/a"),
        ("n=v; path=/x; path=/y", "/y"),
        ("n=v; PATH = /x/ ", "/x/"),
    ],
)
def test_the_path(text: str, path: str) -> None:
    cookie = parsed(text)
    assert cookie is not None
    assert cookie.path == path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n",
        "=v",
        " ; a=b",
        "n=v\x01",
        "n=\udcff",
        f"n={'v' * 4096}",
        "n=v; domain=other.com",
        "n=v; domain=ample.com",
        "n=v; domain=com",
        "n=v; domain=a.www.example.com",
        "n=v; secure",
        "__Secure-n=v",
        "__Host-n=v; secure; path=/",
    ],
)
def test_what_is_ignored(text: str) -> None:
    assert parsed(text) is None


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("__Host-n=v; secure; path=/", True),
        ("__Host-n=v; secure; path=/x", False),
        ("__Host-n=v; secure; path=/; domain=example.com", False),
        ("__Secure-n=v; secure; domain=example.com", True),
        ("__secure-n=v", False),
    ],
)
def test_prefixes_are_promises(text: str, taken: bool) -> None:
    assert (parsed(text, "https://example.com/") is not None) is taken


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("n=v; max-age=60; expires=Thu, 01 Jan 1970 00:00:00 GMT", 60),
        ("n=v; max-age=99999999999999999999", 999999999999),
        ("n=v; max-age=x; expires=bad", None),
    ],
)
def test_when_it_ends(text: str, left: int | None) -> None:
    cookie = parsed(text)
    assert cookie is not None
    if left is None:
        assert cookie.expires is None
    else:
        assert cookie.expires is not None
        assert 0 <= time.time() + left - cookie.expires < 30


@pytest.mark.parametrize("text", ["n=v; max-age=0", "n=v; max-age=-1", "n=v; expires=Thu, 01-Jan-1970 00:00:00 GMT"])
def test_what_ends_at_once(text: str) -> None:
    cookie = parsed(text)
    assert cookie is not None
    assert cookie.expired(time.time())


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Wed, 09 Jun 2021 10:18:14 GMT", 1623233894.0),
        ("Wednesday, 09-Jun-21 10:18:14 GMT", 1623233894.0),
        ("Wed Jun  9 10:18:14 2021", 1623233894.0),
        ("09 Jun 2021 10:18:14", 1623233894.0),
        ("soon", None),
        ("", None),
        ("Wed, 09 Jun 99999999999 10:18:14 GMT", None),
    ],
)
def test_dates(text: str, seconds: float | None) -> None:
    assert cookie_date(text) == seconds


@pytest.mark.parametrize(
    ("url", "goes"),
    [
        ("http://example.com/p", True),
        ("http://EXAMPLE.com/p/q?x", True),
        ("http://example.com:8080/p?x", True),
        ("http://a.b.example.com/p", True),
        ("http://example.com/pq", False),
        ("http://example.com/", False),
        ("http://ample.com/p", False),
        ("http://badexample.com/p", False),
    ],
)
def test_where_a_cookie_goes(url: str, goes: bool) -> None:
    cookie = Cookie("n", "v", "example.com", "/p", host_only=False)
    assert cookie.goes_to(parse_url(url)) is goes
    assert replace(cookie, host_only=True).goes_to(parse_url("http://a.example.com/p")) is False


def test_secure_ones_go_by_tls_or_stay_on_this_computer() -> None:
    for host, goes in (("example.com", False), ("localhost", True), ("127.0.0.1", True), ("[::1]", True)):
        url = parse_url(f"http://{host}:81/")
        assert (parse_set_cookie("n=v; secure", url) is not None) is goes
        assert Cookie("n", "v", url.host, secure=True).goes_to(url) is goes
    assert Cookie("n", "v", "example.com", secure=True).goes_to(parse_url("https://example.com/"))


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]/", "http://localhost/"])
def test_hosts_without_a_domain(url: str) -> None:
    target = parse_url(url)
    for text in ("n=v", f"n=v; domain={target.host}"):
        cookie = parse_set_cookie(text, target)
        assert cookie == Cookie("n", "v", target.host, "/")
        assert cookie.goes_to(target)
    assert not Cookie("n", "v", "0.0.1", host_only=False).goes_to(target)


@pytest.mark.parametrize(
    ("cookie", "word"),
    [
        (Cookie("", "v", "h"), "name"),
        (Cookie("a b", "v", "h"), "name"),
        (Cookie("n", "a;b", "h"), "value"),
        (Cookie("n", "a\nb", "h"), "value"),
        (Cookie("n", "v", ""), "domain"),
        (Cookie("n", "v", "H:80/x"), "domain"),
        (Cookie("n", "v", "h", "p"), "path"),
        (Cookie("n", 'a="b" c', "::1"), ""),
    ],
)
def test_what_a_person_may_type(cookie: Cookie, word: str) -> None:
    assert word in fault_of(cookie)
    assert bool(fault_of(cookie)) is bool(word)


@given(st.text())
def test_no_field_is_too_odd(text: str) -> None:
    cookie = parsed(text)
    if cookie is not None:
        cookie.goes_to(parse_url("http://www.example.com/"))
        f"{cookie.name}={cookie.value}".encode()
