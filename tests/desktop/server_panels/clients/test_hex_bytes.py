"""Bytes that are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.server_panels.clients.hex_bytes import typed_bytes


@given(st.binary(), st.sampled_from(["", " ", "\n", "  \t"]))
def test_what_is_spelled_is_meant(data: bytes, between: str) -> None:
    assert typed_bytes(data.hex(between) if between in {" ", "\n"} else data.hex()) == data
    assert typed_bytes(between.join(f"{byte:02X}" for byte in data)) == data


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("48 6g", "“g” is not a hexadecimal digit"),
        ("0x48", "“x” is not"),
        ("٤٨", "“٤” is not"),
        ("4 8", "“4” has a digit too many or too few"),
        ("48 656", "“656” has a digit"),
        ("48 \u202e", "“\\u202e” is not"),
    ],
)
def test_what_is_wrong_is_said(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence.replace("\\", "\\\\")):
        typed_bytes(text)


def test_a_last_digit_may_wait_for_its_other_while_typing_goes_on() -> None:
    assert typed_bytes("48 6", goes_on=True) == b"H"
    assert typed_bytes("", goes_on=True) == b""
    with pytest.raises(ValueError, match="“4” has a digit"):
        typed_bytes("4 65", goes_on=True)
    with pytest.raises(ValueError, match="“x” is not"):
        typed_bytes("48 x", goes_on=True)
