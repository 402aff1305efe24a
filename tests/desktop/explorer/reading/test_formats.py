"""Tests of what a body is taken for, and of the forms it can be read in."""

import pytest

from desktop.explorer.reading.formats import Form, Format, format_of, forms_of, is_stream, is_told


@pytest.mark.parametrize(
    ("content_type", "start", "kind"),
    [
        ("application/json; charset=utf-8", b"", Format.JSON),
        ("application/problem+json", b"", Format.JSON),
        ("application/x-ndjson", b"", Format.NDJSON),
        ("application/atom+xml", b"", Format.XML),
        ("Text/XML", b"", Format.XML),
        ("text/html", b"", Format.HTML),
        ("image/svg+xml", b"", Format.SVG),
        ("image/png", b"", Format.IMAGE),
        ("text/event-stream", b"", Format.EVENTS),
        ("text/csv; header=present", b"", Format.CSV),
        ("application/x-www-form-urlencoded", b"", Format.FORM),
        ("text/plain", b"{}", Format.TEXT),
        ("application/yaml", b"", Format.TEXT),
        ("application/vnd.oai.openapi+yaml", b"", Format.TEXT),
        ("application/pdf", b"%PDF", Format.BINARY),
        ("application/octet-stream", b"\x89PNG\r\n\x1a\n", Format.IMAGE),
        ("application/octet-stream", b"just text", Format.TEXT),
        ("application/octet-stream", b"\0\1\2", Format.BINARY),
        ("", b"\xef\xbb\xbf [1]", Format.JSON),
        ("", b"<!DOCTYPE html><p>", Format.HTML),
        ("", b"<a/>", Format.XML),
        ("", b"hello", Format.TEXT),
        ("", b"\x01\x02\x03\x04", Format.BINARY),
        ("", b"", Format.TEXT),
    ],
)
def test_what_a_body_is(content_type: str, start: bytes, kind: Format) -> None:
    assert format_of(content_type, start) is kind


def test_the_best_form_comes_first() -> None:
    assert forms_of(Format.JSON, 5) == (Form.PRETTY, Form.TREE, Form.RAW, Form.HEX)
    assert forms_of(Format.BINARY, 5) == (Form.HEX, Form.RAW)
    assert forms_of(Format.TEXT, 5) == (Form.RAW, Form.HEX)
    assert forms_of(Format.JSON, 0) == (Form.RAW,)
    assert forms_of(Format.EVENTS, 0)[0] is Form.EVENTS


def test_streams() -> None:
    assert is_stream(Format.EVENTS)
    assert not is_stream(Format.JSON)


def test_what_the_media_type_tells() -> None:
    assert is_told("application/pdf")
    assert is_told("text/plain")
    assert not is_told("application/octet-stream")
    assert not is_told("")
