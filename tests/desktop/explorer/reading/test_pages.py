"""Tests that the preview of a page holds nothing that runs or is fetched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.reading.pages import page_preview

HOSTILE = """<html><head><base href="http://evil/"><link rel=stylesheet href="http://evil/a.css"><style>@import "http://evil/b.css";</style>
<script src="http://evil/c.js"></script><meta http-equiv=refresh content="0;url=http://evil/"></head>
<body background="http://evil/d.png" onload="x()"><img src="http://evil/e.png" alt="A picture"><iframe src="http://evil/f"></iframe>
<p style="background:url(http://evil/g.png)">Text</p><a href="http://evil/h">link</a><object data="http://evil/i"></object>
<table background="file:///j"><tr><td colspan=2>cell</td></tr></table></body></html>"""


def test_nothing_is_left_that_leads_out() -> None:
    made = page_preview(HOSTILE)
    assert made.count("evil") == 1
    assert 'title="http://evil/h"' in made
    for word in ("script", "style", "file:", "onload", "background", "iframe"):
        assert word not in made
    for word in ("[A picture]", "Text", "link", "cell", 'colspan="2"'):
        assert word in made


@pytest.mark.parametrize("text", ["", " ", "<!-- x -->", "\0", "<", "<?xml version='1.0' encoding='x'?><p>a</p>"])
def test_odd_pages_are_survived(text: str) -> None:
    assert isinstance(page_preview(text), str)


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    assert isinstance(page_preview(text), str)


def test_nested_tables_are_flattened() -> None:
    made = page_preview("<table><tr><td>" * 30 + "x")
    assert made.count("<table") == 5
    assert "x" in made
