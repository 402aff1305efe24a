"""desktop.chat.transcript.text_rows: the same rows from wherever they are reached."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.transcript.text_rows import WIDTH, TextRows

_texts = st.lists(st.one_of(st.text(max_size=5), st.integers(0, 2 * WIDTH + 1).map(lambda n: "x" * n))).map("\n".join)


@given(_texts, st.integers(0, 1500), st.integers(1, 5))
def test_rows_are_the_same_from_both_directions(text: str, offset: int, count: int) -> None:
    rows = TextRows(text)
    everything = rows.forward(0, 10_000)
    assert "".join(text[row.start : row.end] for row in everything) == text
    assert TextRows(text).backward(len(text), 10_000) == everything
    for row in everything:
        assert len(text[row.start : row.end].removesuffix("\n")) <= WIDTH
        assert row.continues == (row.start > 0 and text[row.start - 1] != "\n")
    if everything:
        index = next(number for number, row in enumerate(everything) if min(offset, len(text) - 1) < row.end)
        assert rows.forward(offset, count) == everything[index : index + count]
        before = len(everything) if offset >= len(text) else index
        assert TextRows(text).backward(offset, count) == everything[max(0, before - count) : before]


def test_nothing_hides_and_columns_say_where_it_stands() -> None:
    rows = TextRows("a\x1b\u202eb\nc")
    (first, second) = rows.forward(0, 5)
    assert (first.text, second.text) == ("a\\x1b\\u202eb", "c")
    assert [rows.column(first, offset) for offset in (0, 1, 2, 3, 9)] == [0, 1, 5, 11, 12]


def test_a_line_of_many_megabytes_is_shown_at_once() -> None:
    rows = TextRows("x" * 64_000_000)
    assert rows.backward(rows.size, 50)[-1].end == rows.size
    assert rows.forward(32_000_123, 2)[0].start == 32_000_000
