"""Tests of the script in pages; tests/browser/test_live_reload.py shows that browsers run it there."""

import pytest

from servers.http.live import inject
from servers.http.live.injecting import TAG


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"no markup",
        b"<html><body>text</body></html>\n",
        b"\xef\xbb\xbf<body>bytes of any \xff superset of ASCII</body>",
        "<body>日本</body>".encode("iso2022_jp"),
        b"x" * 1_000_000 + b"\0",
    ],
)
def test_the_script_goes_to_the_end(page: bytes) -> None:
    assert inject(page) == page + TAG


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_pages_in_wide_characters_are_left_alone(encoding: str) -> None:
    page = "<body>é</body>".encode(encoding)
    assert inject(page) == page
