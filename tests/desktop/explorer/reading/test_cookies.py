"""Tests of reading Set-Cookie fields."""

import pytest

from desktop.explorer.reading.cookies import SetCookie, cookies_set


@pytest.mark.parametrize(
    ("field", "cookie"),
    [
        ("a=b", SetCookie("a", "b")),
        ("a = b=c ; Path=/ ;Secure;  ", SetCookie("a", "b=c", (("Path", "/"), ("Secure", "")))),
        ('a="x y"', SetCookie("a", '"x y"')),
        ("lonely", SetCookie("", "lonely")),
        ("", SetCookie("", "")),
    ],
)
def test_fields(field: str, cookie: SetCookie) -> None:
    assert cookies_set((("set-cookie", field), ("X", "y"))) == (cookie,)


def test_the_last_attribute_of_a_name_counts() -> None:
    (one,) = cookies_set((("Set-Cookie", "a=b; path=/x; PATH=/y"),))
    assert one.attribute("Path") == "/y"
    assert one.attribute("Domain") is None
