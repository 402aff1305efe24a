"""Tests of characters: whatever bytes a server calls text of whatever charset, all of them can be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.reading.characters import aligned, coding_of, ends, fold

# What switches between sets in charsets with states, and bytes that are in none of them.
RUBBISH = st.lists(st.sampled_from(list(b"\x1b$B(QOP()JA\x0e\x0fN~{}+-\xff\xfe\xa4\xe3Z\n"))).map(bytes)


@given(RUBBISH, st.sampled_from(["iso2022_jp", "iso2022_jp_2004", "iso2022_kr", "hz", "utf-7", "gb18030", "utf-16"]))
def test_no_byte_is_lost(data: bytes, charset: str) -> None:
    coding = coding_of(charset, data)
    assert sum(size for _, size in fold(data, coding, 7)) == len(data)
    places = [end for _, end in ends(data, coding)]
    assert places == sorted(set(places))
    assert places[-1:] == ([len(data)] if data else [])
    for cut in range(len(data)):
        assert 0 <= aligned(data[:cut], data[cut:], coding) <= len(data) - cut


@pytest.mark.parametrize("charset", ["iso2022_jp", "iso2022_kr"])
def test_a_switch_that_does_not_end_is_shown(charset: str) -> None:
    data = b"\x1b" + b"(" * 20
    text = "".join(text for text, _ in fold(data, coding_of(charset), 80))
    assert "\\x1b" in text
    assert "(" in text
