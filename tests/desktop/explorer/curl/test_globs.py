"""URLs that stand for several."""

import pytest

from desktop.explorer.curl.globs import LIMIT, expanded


@pytest.mark.parametrize(
    ("url", "urls"),
    [
        ("h/a", ["h/a"]),
        ("h/{a,b}", ["h/a", "h/b"]),
        ("h/[1-3]", ["h/1", "h/2", "h/3"]),
        ("h/[08-10]", ["h/08", "h/09", "h/10"]),
        ("h/[1-5:2]", ["h/1", "h/3", "h/5"]),
        ("h/[a-c:2]", ["h/a", "h/c"]),
        ("h/[1-2]{a,b}", ["h/1a", "h/1b", "h/2a", "h/2b"]),
        ("h/?a[]=1", ["h/?a[]=1"]),
        ("http://[::1]:80/", ["http://[::1]:80/"]),
        ("http://[fe80::1%25eth0]/", ["http://[fe80::1%25eth0]/"]),
        (r"h/\[x\]", ["h/[x]"]),
        ("{{host}}/{a,b}", ["{{host}}/a", "{{host}}/b"]),
    ],
)
def test_urls(url: str, urls: list[str]) -> None:
    warnings: list[str] = []
    assert expanded(url, warnings) == urls
    assert warnings == []


@pytest.mark.parametrize("url", ["h/{a", "h/[x]", "h/[1-"])
def test_what_is_no_set_stays(url: str) -> None:
    warnings: list[str] = []
    assert expanded(url, warnings) == [url]
    assert len(warnings) == 1


def test_more_than_reasonable() -> None:
    warnings: list[str] = []
    assert len(expanded("h/[1-9999999999][1-9999999999]", warnings)) == LIMIT
    assert len(warnings) == 1
