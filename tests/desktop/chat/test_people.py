"""desktop.chat.people: who is in the room, as far as the server has told."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop.chat.entry import EntryKind
from desktop.chat.people import MOST, People, name_text
from tests.desktop.chat.records import told


def test_nobody_is_known_until_the_server_tells() -> None:
    assert People().names == ()


def test_the_list_replaces_all_that_was_known() -> None:
    people = People()
    assert people.learn(told(EntryKind.JOIN, "Gone"))
    assert people.learn(told(EntryKind.CLIENTS, names=("ben", "Ann", "Zoe")))
    assert people.names == ("Ann", "ben", "Zoe")
    assert not people.learn(told(EntryKind.CLIENTS, names=("Zoe", "Ann", "ben")))


@pytest.mark.parametrize("kind", [EntryKind.JOIN, EntryKind.BROADCAST, EntryKind.PRIVATE])
def test_who_does_something_is_there(kind: EntryKind) -> None:
    people = People()
    assert people.learn(told(kind, "Ann"))
    assert not people.learn(told(kind, "Ann"))
    assert not people.learn(told(kind))
    assert people.names == ("Ann",)


@pytest.mark.parametrize("kind", [EntryKind.REPLY, EntryKind.ECHO, EntryKind.NOTICE, EntryKind.ERROR, EntryKind.OWN])
def test_other_entries_tell_nothing(kind: EntryKind) -> None:
    people = People()
    assert not people.learn(told(kind, "Ann"))
    assert people.names == ()


def test_who_leaves_or_is_called_otherwise_is_known_so() -> None:
    people = People()
    for name in ("Ann", "Ben"):
        people.learn(told(EntryKind.JOIN, name))
    assert people.learn(told(EntryKind.NAME, "Bob", was="Ben"))
    assert people.learn(told(EntryKind.LEAVE, "Ann"))
    assert not people.learn(told(EntryKind.LEAVE, "Ann"))
    assert not people.learn(told(EntryKind.NAME, "Bob", was="Bob"))
    assert people.names == ("Bob",)


def test_a_server_that_makes_up_names_without_end_costs_no_memory() -> None:
    people = People()
    for number in range(2 * MOST):
        people.learn(told(EntryKind.BROADCAST, str(number)))
    assert len(people.names) == MOST
    people.learn(told(EntryKind.CLIENTS, names=tuple(map(str, range(2 * MOST)))))
    assert len(people.names) == MOST
    assert not people.learn(told(EntryKind.JOIN, "one more"))
    assert people.learn(told(EntryKind.LEAVE, "0"))
    assert people.learn(told(EntryKind.JOIN, "one more"))


def test_a_name_is_shown_safely_and_not_without_end() -> None:
    assert name_text("Ann\n\u202e") == "Ann\\n\\u202e"
    assert name_text("x" * 80) == "x" * 80
    assert name_text("x" * 81) == f"{'x' * 80}…"


def test_of_very_many_only_so_many_are_kept() -> None:
    people = People()
    assert people.learn(told(EntryKind.CLIENTS, names=tuple(f"n{number}" for number in range(2 * MOST))))
    assert len(people.names) == MOST
    assert not people.learn(told(EntryKind.JOIN, "one more"))
    assert people.learn(told(EntryKind.LEAVE, "n1"))
    assert people.learn(told(EntryKind.JOIN, "one more"))
    assert not people.learn(told(EntryKind.LEAVE, f"n{MOST + 1}"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Zoë", "Zoë"), ("a\u202eb\n", r"a\u202eb\n"), ("N" * 80, "N" * 80), ("N" * 81, "N" * 80 + "…")],
)
def test_a_name_is_shown_safely_and_by_its_beginning(name: str, shown: str) -> None:
    assert name_text(name) == shown


NAMES = st.sampled_from(("Ann", "ann", "Ben", "Cleo", "Ann 2"))


class Room(RuleBasedStateMachine):
    """A room of a server, and one who came late and sees what goes on in it."""

    def __init__(self) -> None:
        super().__init__()
        self.people, self.there, self.listed = People(), {"Zoe"}, False

    @rule(name=NAMES)
    def join(self, name: str) -> None:
        if name not in self.there:
            self.there.add(name)
            self.people.learn(told(EntryKind.JOIN, name))

    @precondition(lambda self: self.there)
    @rule(choice=st.data(), kind=st.sampled_from((EntryKind.LEAVE, EntryKind.BROADCAST, EntryKind.PRIVATE)))
    def act(self, choice: st.DataObject, kind: EntryKind) -> None:
        name = choice.draw(st.sampled_from(sorted(self.there)))
        if kind is EntryKind.LEAVE:
            self.there.remove(name)
        self.people.learn(told(kind, name))

    @precondition(lambda self: self.there)
    @rule(choice=st.data(), name=NAMES)
    def rename(self, choice: st.DataObject, name: str) -> None:
        was = choice.draw(st.sampled_from(sorted(self.there)))
        if name not in self.there or name == was:
            self.there = self.there - {was} | {name}
            self.people.learn(told(EntryKind.NAME, name, was=was))

    @rule()
    def ask(self) -> None:
        self.listed = True
        self.people.learn(told(EntryKind.CLIENTS, names=tuple(self.there)))

    @invariant()
    def nobody_is_made_up_and_nobody_is_missed_once_asked(self) -> None:
        known = set(self.people.names)
        assert known <= self.there
        assert known == self.there or not self.listed
        assert list(self.people.names) == sorted(self.people.names, key=str.casefold)


test_a_room = Room.TestCase
