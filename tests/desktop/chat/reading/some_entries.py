"""Entries of every kind, for tests that hold for all of them."""

from hypothesis import strategies as st

from desktop.chat.entry import Entry, EntryKind
from servers.exchange import Direction

WORDS = st.text(max_size=30)
NUMBERS = st.integers(0, 2**53)


def entries() -> st.SearchStrategy[Entry]:
    """Any entry."""
    return st.builds(
        Entry,
        kind=st.sampled_from(EntryKind),
        at_ns=st.integers(0, 10**17),
        text=WORDS,
        sender=WORDS,
        data=st.binary(max_size=60),
        direction=st.sampled_from(Direction),
        id=st.none() | NUMBERS,
        mine=st.booleans(),
        to=WORDS,
        was=WORDS,
        names=st.lists(WORDS, max_size=3).map(tuple),
        announced=st.none() | st.sampled_from(EntryKind),
        size=NUMBERS,
        round_trip_ns=st.none() | NUMBERS,
        automatic=st.booleans(),
    )
