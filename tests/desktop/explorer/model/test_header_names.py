"""Tests of the header names and values that are offered."""

import pytest

from desktop.explorer.model.header_names import NAMES, names, values
from desktop.explorer.model.prepared import checked_header


def test_every_name_can_be_sent_and_stands_once() -> None:
    assert [checked_header(name, "")[0] for name in NAMES] == list(NAMES)
    assert len({name.lower() for name in NAMES}) == len(NAMES)
    assert names("Acc") == (0, NAMES)


@pytest.mark.parametrize(
    ("name", "before", "start", "word"),
    [
        ("Content-Type", "app", 0, "application/json"),
        ("content-type", "text/html; ch", 11, "charset=utf-8"),
        ("ACCEPT", "text/html;q=0.5, app", 17, "application/xml"),
        ("Accept-Encoding", "gzip, ", 6, "br"),
        ("Cache-Control", "no-cache,no", 9, "no-store"),
        (" Accept ", "*/*;", 4, "q=0.5"),
    ],
)
def test_values_fit_the_name_and_the_place(name: str, before: str, start: int, word: str) -> None:
    at, words = values(name, before)
    assert at == start
    assert word in words


def test_unknown_names_have_no_values() -> None:
    assert values("X-Own", "a") == (0, ())
