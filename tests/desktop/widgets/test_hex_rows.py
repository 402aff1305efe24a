"""Tests of hexadecimal rows: the same from everywhere, and every byte in its place."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.hex_rows import FixedBytes, HexRows


def test_a_row_has_sixteen_bytes_and_their_characters() -> None:
    rows = HexRows(FixedBytes(bytes(range(24, 24 + 35))))
    lines = rows.forward(0, 9)
    assert lines[0].text == "18 19 1a 1b 1c 1d 1e 1f  20 21 22 23 24 25 26 27  ........ !\"#$%&'"
    assert [line.start for line in lines] == [0, 16, 32]
    assert lines[2].end == 35
    assert [rows.column(lines[0], at) for at in (0, 1, 8, 9, 15)] == [0, 3, 24, 28, 46]
    assert lines[0].text[:3] + lines[0].text[rows.column(lines[0], 9) :][:2] == "18 21"


@given(st.binary(max_size=200), st.integers(0, 220), st.integers(1, 20))
def test_rows_are_the_same_from_everywhere(data: bytes, offset: int, count: int) -> None:
    rows = HexRows(FixedBytes(data))
    every = rows.forward(0, 20)
    assert b"".join(bytes.fromhex(line.text[:48].replace("  ", " ")) for line in every) == data
    ahead, behind = rows.forward(offset, count), rows.backward(offset, count)
    assert ahead == [line for line in every if line.end > min(offset, len(data) - 1)][:count]
    assert behind == [line for line in every if line.end <= offset][-count:]


def test_nothing_has_no_rows() -> None:
    rows = HexRows(FixedBytes(b""))
    assert rows.forward(0, 5) == []
    assert rows.backward(0, 5) == []
