"""Multipart bodies are taken apart and put together without a byte lost, and changed row by row."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.model.multipart import MimeText, boundary_of, new_boundary, parse
from desktop.explorer.model.part_rows import PartRow, rows, with_rows
from desktop.explorer.model.prepared import InvalidRequest

BODY = """preamble
--x
Content-Disposition: form-data; name="text"

two
lines
--x\x20
content-disposition: form-data; name=photo; filename="a \\"b\\".png"; filename*=UTF-8''a
X-Other: 1
Content-Type: image/png

< ./photo.png
--x--
epilogue"""


@pytest.mark.parametrize("body", [BODY, BODY.replace("\n", "\r\n"), "--x\n--x--", "--x\n\n--x\n\n\n\n--x--\n"])
def test_the_parts_give_the_text_again(body: str) -> None:
    text = parse(body, "x")
    assert str(text) == body
    assert str(with_rows(text, rows(text), "x")) == body


@given(st.lists(st.sampled_from(["--x", "--x ", "", "a: b", "-", "< ./f", "--xy", "\r"]), max_size=12))
def test_the_parts_of_any_text_give_it_again(lines: list[str]) -> None:
    body = "\n".join((*lines, "--x", "--x--"))
    text = parse(body, "x")
    assert str(text) == body
    assert str(with_rows(text, rows(text), "x")) == body


def test_rows_of_fields_and_files() -> None:
    first, second = rows(parse(BODY, "x"))
    assert (first.name, first.value, first.content_type, first.file_name, first.is_file) == (
        "text",
        "two\nlines",
        "",
        "",
        False,
    )
    assert (second.name, second.value, second.content_type) == ("photo", "< ./photo.png", "image/png")
    assert second.file_name == '\\"b\\'.join(("a ", '".png')) or second.file_name == 'a \\"b\\".png'
    assert second.is_file


def test_only_what_was_changed_is_written_anew() -> None:
    text = parse(BODY, "x")
    first, second = rows(text)
    changed = str(with_rows(text, (replace(first, value="one"), replace(second, content_type="")), "x"))
    assert changed == BODY.replace("two\nlines", "one").replace("Content-Type: image/png\n", "")
    renamed = str(with_rows(text, (first, replace(second, name="p", file_name='"')), "x"))
    assert 'Content-Disposition: form-data; name="p"; filename="%22"\nX-Other: 1\nContent-Type: image/png\n' in renamed


def test_new_rows_and_those_that_are_ticked_off() -> None:
    added = (PartRow("a", "1"), PartRow("off", "2", enabled=False), PartRow("f", "< ./f", "text/csv", "f.csv"))
    text = with_rows(MimeText(()), added, "b")
    assert str(text) == (
        '--b\nContent-Disposition: form-data; name="a"\n\n1\n'
        '--b\nContent-Disposition: form-data; name="f"; filename="f.csv"\nContent-Type: text/csv\n\n< ./f\n--b--'
    )
    assert [row.name for row in rows(parse(str(text), "b"))] == ["a", "f"]


def test_the_boundary_is_read_from_the_content_type() -> None:
    assert boundary_of((("CONTENT-TYPE", 'multipart/mixed; charset=x; Boundary="a b"'),)) == "a b"
    assert boundary_of((("Content-Type", "multipart/mixed"),)) == ""
    assert boundary_of(()) == ""
    assert new_boundary() != new_boundary()


@pytest.mark.parametrize("body", ["", "--y\n--y--", "--x\n\na"])
def test_a_body_without_the_boundary_is_refused(body: str) -> None:
    with pytest.raises(InvalidRequest):
        parse(body, "x")
