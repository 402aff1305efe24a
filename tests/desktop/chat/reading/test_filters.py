"""Which entries a filter accepts: by direction, kind, words, expressions; and that none of it takes long."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.reading.filters import Filter, restored
from desktop.chat.reading.groups import ALL, AT_FIRST, Group, group_of
from desktop.widgets.searching import TooCostly
from servers.exchange import Direction
from tests.desktop.chat.reading.some_entries import entries

FILTERS = st.builds(
    Filter,
    st.sampled_from([None, *Direction]),
    st.frozensets(st.sampled_from(Group)),
    st.text(max_size=5),
    st.booleans(),
    st.booleans(),
)


def said(text: str = "", **fields: Any) -> Entry:
    return Entry(fields.pop("kind", EntryKind.PLAIN), 0, text, **fields)


class TestGroups:
    @pytest.mark.parametrize("kind", EntryKind)
    def test_every_kind_is_in_a_group(self, kind: EntryKind) -> None:
        assert group_of(said(kind=kind)) in Group

    def test_pings_that_nobody_asked_for_are_a_group_that_is_hidden_at_first(self) -> None:
        automatic, wanted = (said(kind=EntryKind.PONG, automatic=one) for one in (True, False))
        assert not Filter().accepts(automatic)
        assert Filter().accepts(wanted)
        assert Filter(kinds=ALL).accepts(automatic)


class TestFilter:
    def test_it_knows_directions(self) -> None:
        sent = Filter(Direction.SENT)
        assert sent.accepts(said(direction=Direction.SENT))
        assert not sent.accepts(said())
        assert not Filter(Direction.RECEIVED).accepts(said(direction=Direction.SENT))

    @pytest.mark.parametrize("kind", [EntryKind.OPEN, EntryKind.CLOSE, EntryKind.ERROR])
    @pytest.mark.parametrize("direction", Direction)
    def test_what_concerns_the_connection_has_no_direction(self, kind: EntryKind, direction: Direction) -> None:
        assert Filter(direction).accepts(said(kind=kind))

    def test_words_are_looked_for_in_text_and_names(self) -> None:
        entry = said("Hello", sender="Ann", to="Bob", names=("Cy", "Dee"))
        for words in ("hell", "ANN", "bo", "dee"):
            assert Filter(words=words).accepts(entry)
            assert not Filter(words=words, with_case=True).accepts(entry)
        assert not Filter(words="Eve").accepts(entry)
        assert Filter(words="éT").accepts(said("ÉTÉ"))

    def test_words_are_no_expression_unless_that_is_said(self) -> None:
        assert not Filter(words="a.c").accepts(said("abc"))
        assert Filter(words="a.c", is_regex=True).accepts(said("abc"))
        assert Filter(words="^b", is_regex=True).accepts(said("a\nb"))

    @pytest.mark.parametrize("words", ["de ad", "DEAD", "d e a d", "adbe"])
    def test_bytes_are_found_by_their_digits(self, words: str) -> None:
        assert Filter(words=words).accepts(said(data=bytes.fromhex("00deadbeef")))
        assert not Filter(words=words).accepts(said(data=bytes.fromhex("0d ea db ee f0")))

    def test_bytes_are_found_by_an_expression(self) -> None:
        assert Filter(words="^00 .* ef$", is_regex=True).accepts(said(data=bytes.fromhex("00deadbeef")))

    @pytest.mark.parametrize("text", ["a" * 65_536 + "b", "a" * 3_000 + "b"])
    def test_an_expression_that_never_ends_is_given_up(self, text: str) -> None:
        with pytest.raises(TooCostly):
            Filter(words="(a+)+$", is_regex=True).accepts(said(text))

    def test_an_expression_finds_something_far_inside_a_long_text(self) -> None:
        assert Filter(words=r"\bneedle\d", is_regex=True).accepts(said("hay 😀 " * 10_000 + "needle7"))

    @given(FILTERS, entries())
    def test_it_never_fails_and_what_is_empty_accepts_all(self, one: Filter, entry: Entry) -> None:
        if not one.wanted.fault():
            assert one.accepts(entry) in (True, False)
        assert Filter(kinds=ALL).accepts(entry)
        assert Filter(kinds=ALL).accepts_all

    @given(entries())
    def test_its_own_words_find_an_entry(self, entry: Entry) -> None:
        assert Filter(kinds=ALL, words=entry.text, with_case=True).accepts(entry)
        assert Filter(kinds=ALL, words=entry.data[:100].hex()).accepts(entry)


class TestKeeping:
    @given(FILTERS)
    def test_a_filter_comes_back(self, one: Filter) -> None:
        assert restored(json.loads(json.dumps(one.kept()))) == one

    @given(
        st.dictionaries(
            st.sampled_from(["direction", "hidden", "words", "regex", "case"]),
            st.none() | st.integers() | st.text(max_size=3) | st.lists(st.lists(st.integers(), max_size=2), max_size=2),
        )
    )
    def test_what_cannot_be_read_is_as_at_first(self, kept: dict[str, object]) -> None:
        one = restored(kept)
        assert one.direction is None
        assert one.kinds in (AT_FIRST, ALL)

    def test_kinds_of_later_versions_are_shown(self) -> None:
        assert restored({"hidden": ["ECHO", "SOMETHING"]}).kinds == ALL - {Group.ECHO}
