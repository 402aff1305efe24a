"""Bytes that are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.hex_bytes import typed_bytes


@given(st.binary(), st.sampled_from(["", " ", "\n", "  \t", ":", ", ", ",\u00a0", "\r\n"]))
def test_what_is_spelled_is_meant(data: bytes, between: str) -> None:
    assert typed_bytes(data.hex()) == data
    assert typed_bytes(between.join(f"{byte:02X}" for byte in data)) == data


@given(st.lists(st.binary(min_size=1)), st.sampled_from(["0x", "0X"]), st.sampled_from([" ", ",", ", ", "\n", " : "]))
def test_groups_may_have_a_prefix(groups: list[bytes], prefix: str, between: str) -> None:
    text = between.join(prefix + group.hex() for group in groups)
    assert typed_bytes(text) == b"".join(groups)
    assert typed_bytes(f"{between}{text}{between}") == b"".join(groups)


@given(st.text(st.sampled_from("0123456789abcdefABCDEFxX ,:\ng")))
def test_a_text_is_read_or_refused(text: str) -> None:
    try:
        data = typed_bytes(text)
    except ValueError:
        return
    pairs = "".join(text.replace("0x", "").replace("0X", "").replace(",", " ").replace(":", " ").split())
    assert data.hex() == pairs.lower()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("48 6g", "“g” at line 1, column 5 is not a hexadecimal digit"),
        ("48\n65 x", "“x” at line 2, column 4 is not"),
        ("480x65", "“x” at line 1, column 4 is not"),
        ("0x480x65", "“x” at line 1, column 6 is not"),
        ("٤٨", "“٤” at line 1, column 1 is not"),
        ("4 8", "“4” at line 1, column 1 has a digit too many or too few"),
        ("48 656", "“656” at line 1, column 4 has a digit"),
        ("0x 48", "“0x” at line 1, column 1 has no digits behind it"),
        ("48 \u202e", "“\\u202e” at line 1, column 4 is not"),
        ("48-65", "“-” at line 1, column 3 is not"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence.replace("\\", "\\\\")):
        typed_bytes(text)


def test_a_last_digit_may_wait_for_its_other_while_typing_goes_on() -> None:
    assert typed_bytes("48 6", goes_on=True) == b"H"
    assert typed_bytes("48656", goes_on=True) == b"He"
    assert typed_bytes("48 0x", goes_on=True) == b"H"
    assert typed_bytes("", goes_on=True) == b""
    with pytest.raises(ValueError, match=r"“4” .* has a digit"):
        typed_bytes("4 65", goes_on=True)
    with pytest.raises(ValueError, match=r"“x” .* is not"):
        typed_bytes("48 x", goes_on=True)
