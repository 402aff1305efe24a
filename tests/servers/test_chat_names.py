"""Tests of the names of chat clients: what is left of a wish, and how it is told from other names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.chat_names import Names, clean_name
from servers.chat_protocol import NAME_LIMIT
from servers.logs import visible

ODD = " \t\n\x00\x7f\xa0\u2003\u200b\u200d\u202e\u2066\ufeff\ufe0f\u3164\U000f0000" + (
    "aeAßẞﬁ①\u0301\u0308\u0323🙂👍🏽🇦🇹\u1100\u1161\u119e\u11fa"
)
wishes = st.text() | st.text(ODD) | st.text(min_size=NAME_LIMIT) | st.text(ODD, min_size=NAME_LIMIT)
names = wishes.map(clean_name).filter(bool)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("  Ann \t\n Lee ", "Ann Lee"),
        ("A\u202enn\u2066\x00\u200b", "Ann"),
        ("Zoe\u0308", "Zoë"),
        ("\u0301\u0308 Ann", "Ann"),
        ("\u3164 \u2800 \u115f", ""),
        ("\ud800\ue000\U0010ffff", ""),
        ("\ufe0f\u0301", ""),
        ("ب\u200f", "ب"),
        ("x" * (NAME_LIMIT - 1) + " y", "x" * (NAME_LIMIT - 1)),
        ("x" * (NAME_LIMIT - 1) + "e\u0302\u0330", "x" * (NAME_LIMIT - 1)),
        ("x" * (NAME_LIMIT - 1) + "👍🏽", "x" * (NAME_LIMIT - 1)),
        ("x" * (NAME_LIMIT - 1) + "🇦🇹", "x" * (NAME_LIMIT - 1)),
        ("x" * (NAME_LIMIT - 2) + "🇦🇹🇨🇭", "x" * (NAME_LIMIT - 2) + "🇦🇹"),
        ("x" * (NAME_LIMIT - 1) + "\u1100\u119e\u11fa", "x" * (NAME_LIMIT - 1)),
        ("x" + "\u0330" * NAME_LIMIT, ""),
        (" " * 1000 + "Ann", ""),
    ],
)
def test_what_is_left_of_a_wish(asked: str, name: str) -> None:
    assert clean_name(asked) == name


@given(wishes)
def test_a_clean_name_is_short_normal_and_printable(asked: str) -> None:
    name = clean_name(asked)
    assert len(name) <= NAME_LIMIT
    assert name == " ".join(name.split())
    assert name.isprintable()
    assert visible(name) == name
    assert unicodedata.is_normalized("NFC", name)
    assert not name or unicodedata.category(name[0])[0] != "M"
    assert clean_name(name) == name
    name.encode()


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("Anna", [], "Anna"),
        ("Anna", ["anna", "ANNA 2"], "Anna 3"),
        ("Anna 2", ["Anna 2"], "Anna 2 2"),
        ("STRASSE", ["Straße"], "STRASSE 2"),
        ("ﬁnn", ["Finn"], "ﬁnn 2"),
        ("A①", ["a1"], "A① 2"),
        ("Zoë", ["ZOE\u0308"], "Zoë 2"),
        ("x" * NAME_LIMIT, ["X" * NAME_LIMIT], "x" * (NAME_LIMIT - 2) + " 2"),
        ("x" * (NAME_LIMIT - 3) + "👍🏽x", ["x" * (NAME_LIMIT - 3) + "👍🏽x"], "x" * (NAME_LIMIT - 3) + " 2"),
        ("x" * (NAME_LIMIT - 3) + " yz", ["x" * (NAME_LIMIT - 3) + " yz"], "x" * (NAME_LIMIT - 3) + " 2"),
        ("e" + "\u0330" * (NAME_LIMIT - 1), ["E" + "\u0330" * (NAME_LIMIT - 1)], "2"),
    ],
)
def test_a_name_that_is_taken_gets_a_number(wanted: str, taken: list[str], name: str) -> None:
    in_use = Names()
    for one in taken:
        in_use.take(one)
    assert in_use.take(wanted) == name
    in_use.free(name)
    assert in_use.take(wanted) == name


@given(st.lists(names | st.sampled_from(["Ann", "ann", "Ann 2", "X" * NAME_LIMIT, "x" * NAME_LIMIT]), max_size=30))
def test_names_that_are_given_out_are_clean_and_look_different(wanted: list[str]) -> None:
    in_use = Names()
    given_out = [in_use.take(name) for name in wanted]
    folded = {unicodedata.normalize("NFKC", name).casefold() for name in given_out}
    assert len(folded) == len(given_out)
    assert all(clean_name(name) == name != "" for name in given_out)
