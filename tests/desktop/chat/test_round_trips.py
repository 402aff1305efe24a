"""desktop.chat.round_trips: which answer belongs to which message."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.round_trips import PENDING, RoundTrips


def _answer(text: str, kind: EntryKind = EntryKind.REPLY, at_ns: int = 100) -> Entry:
    return Entry(kind, at_ns, text)


def test_an_answer_has_the_time_since_its_message() -> None:
    trips = RoundTrips()
    trips.sent("one", 10)
    trips.sent("two", 20)
    assert trips.timed(_answer("SPECIAL! two")).round_trip_ns == 80
    assert (
        trips.timed(_answer("one")).round_trip_ns is None
    )  # servers answer in order: this is no answer to it any more


def test_what_comes_back_as_it_was_is_an_echo() -> None:
    trips = RoundTrips()
    trips.sent("hi", 1)
    trips.sent(b"\x00", 2)
    text = trips.timed(_answer("hi", EntryKind.PLAIN))
    data = trips.timed(Entry(EntryKind.BINARY, 100, data=b"\x00"))
    assert (text.kind, text.round_trip_ns) == (EntryKind.ECHO, 99)
    assert (data.kind, data.announced, data.round_trip_ns) == (EntryKind.BINARY, EntryKind.ECHO, 98)


def test_the_special_reply_to_bytes_says_how_many_they_were() -> None:
    trips = RoundTrips()
    trips.sent(b"\x00\x01", 1)
    assert trips.timed(_answer("2 bytes", EntryKind.PLAIN)).kind is EntryKind.PLAIN
    assert trips.timed(_answer("SPECIAL! 2 bytes")).round_trip_ns == 99


def test_what_others_say_is_no_answer() -> None:
    trips = RoundTrips()
    trips.sent("hi", 1)
    trips.sent(b"\x00", 1)
    others = [
        _answer("hi", EntryKind.BROADCAST),
        _answer("hi", EntryKind.PRIVATE),
        Entry(EntryKind.BINARY, 100, data=b"\x00", announced=EntryKind.BROADCAST),
    ]
    assert [trips.timed(entry) for entry in others] == others


def test_a_server_that_never_answers_costs_no_memory() -> None:
    trips = RoundTrips()
    for number in range(2 * PENDING):
        trips.sent(str(number), number)
    assert trips.timed(_answer("0")).round_trip_ns is None
    assert trips.timed(_answer(str(PENDING), at_ns=PENDING + 5)).round_trip_ns == 5


@given(st.lists(st.tuples(st.sampled_from("ab"), st.booleans()), max_size=30))
def test_no_message_is_answered_twice(steps: list[tuple[str, bool]]) -> None:
    trips, sent, answered = RoundTrips(), 0, 0
    for now, (text, is_answer) in enumerate(steps):
        if is_answer:
            took = trips.timed(_answer(text, at_ns=now)).round_trip_ns
            answered += took is not None
            assert took is None or took > 0
        else:
            trips.sent(text, now)
            sent += 1
    assert answered <= sent
