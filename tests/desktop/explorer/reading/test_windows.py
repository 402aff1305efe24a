"""Tests of raw rows: whole, the same from everywhere, never inside a character."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.explorer.reading.windows import RawRows
from desktop.explorer.sending.blob import Blob
from desktop.widgets.rows import Line, Rows
from tests.conftest import Run

CHARSETS = ["utf-8", "latin-1", "cp1252", "shift_jis", "gb18030", "euc-kr"]
CHARSETS += ["utf-16", "utf-16-be", "utf-32", "utf-32-le"]
SAMPLE = "Grüße, 日本語 한국 😀\tend\r\n"


def whole(rows: Rows) -> list[Line]:
    """All rows, asked for in handfuls; the same must come backwards."""
    lines: list[Line] = []
    while not lines or lines[-1].end < rows.size:
        got = rows.forward(lines[-1].end if lines else 0, 37)
        assert got, "no rows before the end"
        lines += got
    back: list[Line] = []
    while not back or back[0].start > 0:
        got = rows.backward(back[0].start if back else rows.size, 41)
        assert got, "no rows before the start"
        back = got + back
    assert back == lines
    return lines


def text_of(lines: list[Line]) -> str:
    """What copying all of it gives."""
    return "".join(line.text if line.continues or not i else "\n" + line.text for i, line in enumerate(lines))


def check_cover(lines: list[Line], size: int) -> None:
    """The rows cover every byte once."""
    assert [line.start for line in lines] == [0, *(line.end for line in lines[:-1])]
    assert lines[-1].end == size


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("newline", ["\n", ""])
def test_long_text_in_every_charset(charset: str, newline: str) -> None:
    text = "".join(char for char in SAMPLE[:-2] if char.encode(charset, "ignore"))
    data = ((text + newline) * 9000).encode(charset)
    lines = whole(RawRows(Blob(data), charset))
    check_cover(lines, len(data))
    assert text_of(lines) == ((text + newline) * 9000).removesuffix("\n")
    assert max(len(line.text) for line in lines) <= 200


def test_a_charset_with_states_starts_anew_on_every_line() -> None:
    data = "日本語 abc\n".encode("iso2022_jp") * 5_000
    assert {line.text for line in whole(RawRows(Blob(data), "iso2022_jp"))} == {"日本語 abc"}


@given(st.lists(st.sampled_from([b"a" * 199, b"\n", b"\r\n", "é😀".encode(), b"\xff\xf0", b"x" * 33_000, b"\r"])))
def test_any_bytes_are_shown_whole(parts: list[bytes]) -> None:
    data = b"".join(parts)
    blob = Blob(data)
    if data:
        lines = whole(RawRows(blob))
        check_cover(lines, len(data))
        expected = data.replace(b"\r\n", b"\n").decode("utf-8", "backslashreplace").replace("\r", "\\r")
        assert text_of(lines) == expected.removesuffix("\n")


@given(st.binary(max_size=3000), st.sampled_from(CHARSETS), st.integers(0, 3000))
@settings(max_examples=100)
def test_rubbish_in_every_charset(data: bytes, charset: str, offset: int) -> None:
    rows = RawRows(Blob(data), charset, width=20)
    if data:
        check_cover(whole(rows), len(data))
        line = rows.forward(offset, 1)[0]
        assert line.start <= min(offset, len(data) - 1) < line.end


def test_from_the_middle_the_rows_are_the_same() -> None:
    rows = RawRows(Blob(("日本" * 40_000).encode() + b"\nshort\n" + b"y" * 100_000))
    lines = whole(rows)
    for line in lines[::97]:
        for offset in (line.start, (line.start + line.end) // 2, line.end - 1):
            assert RawRows(rows._blob).forward(offset, 1) == [line]


def test_hidden_characters_and_the_byte_order_mark() -> None:
    rows = RawRows(Blob("\ufeffa\u202eb\x1b[0m\tc\n".encode()))
    assert rows.forward(0, 9) == [Line(0, 15, "a\\u202eb\\x1b[0m\tc")]
    assert rows.column(rows.forward(0, 1)[0], 7) == 7


def test_columns_of_offsets() -> None:
    rows = RawRows(Blob("äö€\n".encode()))
    line = rows.forward(0, 1)[0]
    assert [rows.column(line, offset) for offset in (0, 2, 4, 7, 8)] == [0, 1, 2, 3, 3]


def test_an_empty_body_has_no_rows() -> None:
    rows = RawRows(Blob())
    assert rows.forward(0, 5) == []
    assert rows.backward(0, 5) == []


async def grown() -> tuple[list[Line], list[Line]]:
    blob = Blob(b"first")
    rows = RawRows(blob)
    before = rows.forward(0, 9)
    await blob.append(b" line\nsecond")
    return before, rows.forward(0, 9)


def test_rows_follow_a_body_that_grows(run: Run) -> None:
    before, after = run(grown())
    assert [line.text for line in before] == ["first"]
    assert [line.text for line in after] == ["first line", "second"]
