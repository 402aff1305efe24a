"""Tests of texts from files as they are shown."""

from desktop.widgets.tips import LONGEST, shortened, tip


def test_nothing_becomes_html() -> None:
    assert tip("<img src=x>\n&\u202e") == "<p>&lt;img src=x&gt;<br>&amp;\\u202e</p>"


def test_what_is_long_ends_in_dots() -> None:
    assert shortened("x" * LONGEST) == "x" * LONGEST
    assert shortened("x" * (LONGEST + 1)) == "x" * LONGEST + "…"
