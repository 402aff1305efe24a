"""Tests of indented rows: the tokens as received, laid out as the whole text would be, wherever reading starts."""

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.explorer.reading import json_marks
from desktop.explorer.reading.json_marks import Mark, Marks, scan, scan_marks
from desktop.explorer.reading.json_rows import JsonRows
from desktop.explorer.reading.source import Source
from desktop.explorer.sending.blob import Blob
from desktop.widgets.json_text import pretty
from tests.conftest import Run
from tests.desktop.explorer.reading.test_windows import check_cover, text_of, whole

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=4), inner, max_size=6)
)


def marked(data: bytes) -> Marks:
    """All marks of a text."""
    marks = Marks()
    scan_marks(Source(data), Mark(0), lambda batch: marks.add(*batch))
    return marks


def rows_of(text: str) -> JsonRows:
    """The rows of a text that has been scanned."""
    data = text.encode()
    return JsonRows(Blob(data), marked(data))


@pytest.fixture(params=[16 * 1024, 64, 7])
def cell(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells of other sizes, so that short texts have many."""
    monkeypatch.setattr(json_marks, "CELL", request.param)


TEXTS = [
    "[" + '{"a":[[],[2,{"b":"]"}]]},' * 200 + "0]",
    '{"b":1.0,"a":1e5,"b":[1736184243098437392,{}, [ ] ,[[]]],"s":"x\\"},{\\\\","n":null}',
    "[]",
    "{ }",
    "7",
    '"a"',
    ' [ { "a" : [ 1 , 2 ] } , "]" ] ',
    '{"":{"":[true,false,"é😀"]}}',
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_as_the_whole_text_indented(text: str) -> None:
    lines = whole(rows_of(text))
    assert text_of(lines) == pretty(text).text
    check_cover(lines, len(text.encode()))


@given(VALUES)
@settings(max_examples=50)
def test_any_json(value: object) -> None:
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
        shown = pretty(text).text
        if shown.replace("\n", "").isprintable() and max(map(len, shown.split("\n"))) < 150:
            assert text_of(whole(rows_of(text))) == shown


@given(st.lists(VALUES, min_size=3), st.integers(5, 90))
@settings(max_examples=30)
def test_tokens_stay_whatever_the_cells(values: list[object], size: int) -> None:
    text = json.dumps(values)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_marks, "CELL", size)
        rows = rows_of(text)
    lines = whole(rows)
    check_cover(lines, len(text))
    assert squeezed(text_of(lines)) == squeezed(text)


def squeezed(text: str) -> str:
    """Without the blanks outside of strings."""
    return re.sub(r'("(?:[^"\\]|\\.)*")|\s+', lambda found: found[1] or "", text)


@given(st.text(alphabet='{}[]",:\\ \n1a\u00e9', max_size=120), st.integers(5, 40), st.integers(0, 150))
@settings(max_examples=150)
def test_rubbish_is_shown_whole(text: str, size: int, offset: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_marks, "CELL", size)
        rows = rows_of(text)
    if rows.size:
        lines = whole(rows)
        check_cover(lines, len(text.encode()))
        line = rows.forward(offset, 1)[0]
        assert line.start <= min(offset, rows.size - 1) < line.end
        assert 0 <= rows.column(line, offset) <= len(line.text)


@pytest.mark.usefixtures("cell")
@pytest.mark.parametrize("text", TEXTS)
def test_marks_know_the_depth(text: str) -> None:
    data = text.encode()
    marks = marked(data)
    depths = list(depths_of(text))
    borders = [mark.offset for mark in marks.list] + [len(data)]
    for number, mark in enumerate(marks.list):
        inside = depths[borders[number] : borders[number + 1] + 1]
        assert (mark.depth, mark.lowest) == (inside[0], min(inside))
    assert marks.scanned == len(data)


def depths_of(text: str) -> Iterator[int]:
    """The depth before each byte, and after the last."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', lambda found: "_" * len(found[0].encode()), text)
    depth = 0
    yield depth
    for char in bare:
        depth += (char in "{[") - (char in "}]")
        yield depth


def test_deep_nesting_is_counted_like_any_other() -> None:
    text = "[" * 5_000 + "]" * 5_000 + "," + "[" * 20_000 + "1" + "]" * 20_000
    marks = marked(text.encode())
    depths = list(depths_of(text))
    assert [mark.depth for mark in marks.list] == [depths[mark.offset] for mark in marks.list]
    assert len(marks.list) > 2


@pytest.mark.parametrize("text", ["[" * 40_000, "[" + "1," * 20_000 + "1]", '[""' + ',""' * 9_000 + "]"])
def test_cells_with_many_rows_are_short(text: str) -> None:
    rows = rows_of(text)
    assert max(len(rows._layout(cell)) for cell in range(len(rows._marks.list))) <= 4_500
    assert squeezed(text_of(whole(rows))) == text


def test_a_string_and_a_number_longer_than_a_cell() -> None:
    text = '{"a":"' + "é\\n" * 20_000 + '","n":' + "9" * 50_000 + ',"z":1}'
    rows = rows_of(text)
    lines = whole(rows)
    check_cover(lines, len(text.encode()))
    assert text_of(lines).split("\n")[2:] == ['  "n": ' + "9" * 50_000 + ",", '  "z": 1', "}"]
    assert max(len(line.text) for line in lines) <= 210


def test_values_one_after_another() -> None:
    assert text_of(whole(rows_of('{"a":1}\n{"b":[2]}\n3\n"x"'))).split("\n") == [
        "{",
        '  "a": 1',
        "}",
        "{",
        '  "b": [',
        "    2",
        "  ]",
        "}",
        "3",
        '"x"',
    ]


def test_columns_of_offsets() -> None:
    rows = rows_of('{"ä" :  "x\u202ey" , "b":2}')
    line = rows.forward(0, 2)[1]
    assert line.text == '  "ä": "x\\u202ey",'
    source = '{"ä" :  "x\u202ey" , "b":2}'.encode()
    for token, text in ((b'"\xc3', '"ä'), (b'"x', '"x'), (b"y", "y"), (b",", ",")):
        assert line.text[rows.column(line, source.index(token)) :].startswith(text)


async def scanned_in_two_steps() -> tuple[int, str, list[int]]:
    heard: list[int] = []
    blob, marks = Blob(b'[{"a":1},'), Marks()
    await scan(blob, marks)
    half = marks.scanned
    for number in range(5_000):
        await blob.append(b'{"number":%d,"text":"some words to fill it"},' % number)
    await blob.append(b"0]")
    await scan(blob, marks, heard.append)
    return half, text_of(whole(JsonRows(blob, marks))), heard


def test_scanning_goes_on_when_the_body_has_grown(run: Run) -> None:
    half, text, heard = run(scanned_in_two_steps())
    assert half == 9
    assert text.startswith('[\n  {\n    "a": 1\n  },\n  {\n    "number": 0,')
    assert text.endswith("  },\n  0\n]")
    assert heard == sorted(heard)
    assert heard[-1] > 200_000
