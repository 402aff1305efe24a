"""Tests that indenting markup changes white space alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.reading.markup import indent_html, indent_xml

PIECES = st.sampled_from(
    (
        *("<a>", "</a>", "<b x='1>2'>", "</b>", "<c/>", "<!-- < -->", "<![CDATA[ <z> ]]>", "<?p ?>", "text", " ", "\n"),
        *("<", "&lt;", "<br>", "<script>", "</script>", "<pre>", "</pre>", "<!doctype a [<!ENTITY b 'c'>]>"),
    )
)


def test_xml_is_indented() -> None:
    text = (
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a x="1>2"><b>text <i>i</i> more</b><c/><d></d>'
        "<e> </e>\n\n<f><g/><!-- c --></f></a>"
    )
    assert (
        indent_xml(text).text
        == """<?xml version="1.0"?>
<!DOCTYPE a [<!ENTITY x "y">]>
<a x="1>2">
  <b>text <i>i</i> more</b>
  <c/>
  <d></d>
  <e> </e>
  <f>
    <g/>
    <!-- c -->
  </f>
</a>"""
    )


def test_preserved_space_stays() -> None:
    text = '<a xml:space="preserve"><b/> <c/></a>'
    assert indent_xml(text).text == text


def test_html_source_is_indented() -> None:
    text = '<!doctype html><html><head><meta charset=utf-8><script>if (a<b) "</div>"</script></head>'
    text += "<body><p>Hi<br>there</p><pre>\n x</pre><IMG src=x></body></html>"
    assert (
        indent_html(text)
        == """<!doctype html>
<html>
  <head>
    <meta charset=utf-8>
    <script>if (a<b) "</div>"</script>
  </head>
  <body>
    <p>Hi<br>there</p>
    <pre>
 x</pre>
    <IMG src=x>
  </body>
</html>"""
    )


@given(st.lists(PIECES))
def test_nothing_but_white_space_changes(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert "".join(indent_xml(text).text.split()) == "".join(text.split())
    assert "".join(indent_html(text).split()) == "".join(text.split())


@given(st.text("<>!-[]/?a\"' \n"))
def test_any_text_is_taken(text: str) -> None:
    assert "".join(indent_xml(text).text.split()) == "".join(text.split())
    assert "".join(indent_html(text).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<a>\n<b></a>", "“</a>” at line 2 closes no open element"),
        ("<a/></b>", "“</b>” at line 1 closes no open element"),
        ("<a>\n", "“<a>” at line 1 is not closed"),
    ],
)
def test_what_does_not_fit_is_said(text: str, words: str) -> None:
    assert words in (indent_xml(text).fault or "")


@pytest.mark.parametrize(
    "piece", ["<!--", "<!", "<![", "<![CDATA[", "<?", "<a", '<a "', "<", "<a>", "</a>", "<script>", "<!'"]
)
def test_hostile_text_costs_little(piece: str) -> None:
    started = time.process_time()
    indent_xml(piece * 10_000)
    indent_html(piece * 10_000)
    assert time.process_time() - started < 3
