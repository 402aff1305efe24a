"""Tests of the texts that a response view shows."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.model.request import Header, Request
from desktop.explorer.reading.formats import Form, Format
from desktop.explorer.reading.rendering import as_sent, heads, notes_on, render, table
from desktop.explorer.reading.tables import Table
from tests.desktop.explorer.replies import reply

ODD = b'\xef\xbb\xbf{"n":1736184243098437392,\r\n"x":1.0,"big":1e400,"n":2,"s":"\\ud83d\\/\\u00e9"}'


def test_what_was_received_is_what_is_shown() -> None:
    pretty = render(ODD, Format.JSON, Form.PRETTY, "utf-8")
    assert pretty.text == (
        '{\n  "n": 1736184243098437392,\n  "x": 1.0,\n  "big": 1e400,\n  "n": 2,\n  "s": "\\ud83d\\/\\u00e9"\n}'
    )
    assert (pretty.language, pretty.notes) == ("json", ())
    raw = render(ODD, Format.JSON, Form.RAW, "utf-8")
    assert raw.text == ODD.decode("utf-8-sig")


def test_what_is_not_json_is_text_with_a_sentence() -> None:
    shown = render(b"{x}", Format.JSON, Form.PRETTY, "utf-8")
    assert shown.text == "{x}"
    assert "line 1, column 2" in shown.notes[0]
    assert render(b"{x}", Format.JSON, Form.RAW, "utf-8").notes == ()
    assert render(b"", Format.JSON, Form.PRETTY, "utf-8").notes == ()


def test_a_beginning_is_not_blamed_for_its_end() -> None:
    assert render(b'{"a": [1, 2', Format.JSON, Form.PRETTY, "utf-8", cut=True).notes == ()
    assert render(b"<a><b>", Format.XML, Form.PRETTY, "utf-8", cut=True).notes == ()
    assert render(b"<a><b>", Format.XML, Form.PRETTY, "utf-8").notes != ()


def test_each_line_of_ndjson_is_indented() -> None:
    shown = render(b'{"a":1}\r\n\n\x1e[2]\nx\ny', Format.NDJSON, Form.PRETTY, "utf-8")
    assert shown.text == '{\n  "a": 1\n}\n[\n  2\n]\nx\ny'
    assert shown.notes == ("Line 4 is not JSON.",)
    assert render('{"a":"\u2028"}'.encode(), Format.NDJSON, Form.PRETTY, "utf-8").notes == ()


@pytest.mark.parametrize(
    ("kind", "text"),
    [(Format.XML, "<a>\n  <b/>\n</a>"), (Format.SVG, "<a>\n  <b/>\n</a>"), (Format.HTML, "<a>\n  <b/>\n</a>")],
)
def test_markup_is_indented(kind: Format, text: str) -> None:
    assert render(b"<a><b/></a>", kind, Form.PRETTY, "utf-8").text == text


def test_characters_that_fool_a_reader_are_escaped() -> None:
    assert render("a\u202eb\x1b".encode(), Format.TEXT, Form.RAW, "utf-8").text == "a\\u202eb\\x1b"


def test_a_charset_of_choice() -> None:
    assert render(b"\xe9", Format.TEXT, Form.RAW, "iso8859-1").text == "é"
    assert table(b"a=%E9", Format.FORM, "iso8859-1") == Table(("Name", "Value"), (("a", "é"),))
    assert table(b"a;b\n1;2", Format.CSV, "utf-8").rows == (("1", "2"),)


@given(st.binary(max_size=200), st.sampled_from(list(Format)), st.sampled_from([Form.PRETTY, Form.RAW]))
def test_any_bytes_can_be_read(data: bytes, kind: Format, form: Form) -> None:
    assert isinstance(render(data, kind, form, "utf-8").text, str)


def test_what_is_to_be_known_is_said() -> None:
    one = replace(reply(error="It broke off."), fault="The gzip data is damaged.", notes=("A token was fetched.",))
    assert notes_on(one) == ("It broke off.", "The gzip data is damaged.", "A token was fetched.")
    assert notes_on(reply()) == ()


def test_the_request_as_sent() -> None:
    sent = reply(request=Request("POST", "http://h/x", (Header("X", "a\x1bb"),), "é\n"))
    first, *_, blank, body, end = as_sent(sent).split("\n")
    assert (first, blank, body, end) == ("POST /x HTTP/1.1", "", "é", "")
    assert "X: a\\x1bb\n" in as_sent(sent)


def test_heads() -> None:
    text = heads(reply(404, headers=(("A", "b\x00"),)).exchange)
    assert text.endswith("HTTP/1.1 404 OK\nA: b\\x00")
    assert heads(reply(0, error="Refused.").exchange).endswith("\n\nRefused.")
