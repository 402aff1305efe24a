"""Tests that a typed URL reaches the wire as it was typed."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.model.url import parse_url

WIRE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in "#?/")


@pytest.mark.parametrize(
    ("typed", "authority", "path"),
    [
        ("http://localhost:5000/players", "localhost:5000", "/players"),
        ("  localhost:5000/x  ", "localhost:5000", "/x"),
        ("//localhost/x", "localhost", "/x"),
        ("HTTP://LocalHost:80", "LocalHost", "/"),
        ("https://h:443/?", "h", "/?"),
        ("https://h:80?a=1&a=&&b", "h:80", "/?a=1&a=&&b"),
        ("http://[::1]:8000/a", "[::1]:8000", "/a"),
        ("http://[::1]", "[::1]", "/"),
        ("http://h:/a//../b/./c", "h", "/a//../b/./c"),
        ('http://h/%7e%2F%zz?q=%20+[x]|"<>{{id}}', "h", '/%7e%2F%zz?q=%20+[x]|"<>{{id}}'),
        ("http://h/a b/é?q=ü x#part", "h", "/a%20b/%C3%A9?q=%C3%BC%20x"),
        ("http://h/a\nb", "h", "/a%0Ab"),
        ("http://Bücher.example/", "xn--bcher-kva.example", "/"),
    ],
)
def test_what_is_typed_is_what_is_sent(typed: str, authority: str, path: str) -> None:
    target = parse_url(typed)
    assert (target.authority, target.path) == (authority, path)


def test_scheme_gives_the_port() -> None:
    assert (parse_url("h/").scheme, parse_url("h/").port, parse_url("https://h/").port) == ("http", 80, 443)


def test_credentials_are_decoded_and_not_part_of_the_host() -> None:
    target = parse_url("http://us%40er:p:w@h:81/x@y")
    assert (target.credentials, target.authority, target.path) == ("us@er:p:w", "h:81", "/x@y")
    assert parse_url("http://h/").credentials is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Type a URL"),
        ("   ", "Type a URL"),
        ("ftp://h/", "“ftp”"),
        ("http:/h/x", "Two slashes"),
        ("http://", "no host"),
        ("http://:5000/", "no host"),
        ("http:///x", "no host"),
        ("localhost:99999", "“99999” is not a port"),
        ("localhost:0", "“0” is not a port"),
        ("localhost:5o", "“5o” is not a port"),
        ("localhost:٣", "is not a port"),
        ("localhost:" + "9" * 6000, "is not a port"),
        ("http://[::1/", "IPv6"),
        ("http://[zz]/", "IPv6"),
        ("http://[::1]x:80/", "IPv6"),
        ("http://a b/", "“a b” is not a host name"),
        ("http://{{host}}/", "is not a host name"),
        ("http://h\\@evil/x", None),
        ("http://\u2024/", "is not a host name"),
        ("http://a\x1b\u202eb/", "“a\\\\x1b\\\\u202eb” is not"),
        ("http://" + "a" * 60_000 + "*/", "“a{100}…” is not"),
    ],
)
def test_faults_are_named(typed: str, words: str | None) -> None:
    if words is None:
        assert parse_url(typed).host == "evil"
        return
    with pytest.raises(ValueError, match=words.replace("[", r"\[")):
        parse_url(typed)


@given(st.text(WIRE + "?/"))
def test_nothing_that_http_can_carry_is_changed(path: str) -> None:
    assert parse_url(f"http://h/{path}").path == f"/{path}"


@given(st.text())
def test_any_text_is_a_target_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        target = parse_url(text)
        assert all("!" <= char <= "~" for char in target.path + target.authority)
        assert parse_url(str(target)).path == target.path
