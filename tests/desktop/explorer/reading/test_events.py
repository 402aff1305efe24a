"""Tests of reading a stream of server-sent events in any pieces."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.reading.events import DATA_CAP, Event, EventReader

STREAM = (
    "\ufeff: a comment\r\nid: 1\nevent: add\rdata: first\r\ndata:second\n\n"
    "data\n\nid\nretry: 2500\ndata:  é 😀\nother: x\n\nid: no\n\n"
).encode()


def events(stream: bytes) -> list[Event]:
    """All events of a stream."""
    return EventReader().feed(stream, 7)


def test_a_stream_by_the_standard() -> None:
    reader = EventReader()
    assert reader.feed(STREAM, 7) == [
        Event(1, 7, "add", "1", "first\nsecond"),
        Event(2, 7, "message", "1", ""),
        Event(3, 7, "message", "", " é 😀"),
    ]
    assert reader.retry == 2500


@given(st.lists(st.integers(0, len(STREAM))))
def test_it_does_not_matter_how_it_is_cut(cuts: list[int]) -> None:
    reader = EventReader()
    borders = [0, *sorted(cuts), len(STREAM)]
    pieces = [STREAM[start:end] for start, end in pairwise(borders)]
    assert [event for piece in pieces for event in reader.feed(piece, 7)] == events(STREAM)


@pytest.mark.parametrize("line", ["retry: -1", "retry: 1.5", "retry: ١", "retry:"])
def test_a_time_that_is_no_number_is_ignored(line: str) -> None:
    reader = EventReader()
    reader.feed(f"{line}\n\n".encode())
    assert reader.retry is None


def test_an_event_that_is_not_ended_does_not_count() -> None:
    assert events(b"data: a\n") == []
    assert events(b"event: a\n\n") == []


def test_endless_data_is_cut() -> None:
    (one,) = events(b"data: " + b"x" * 3 * DATA_CAP + b"\n\n")
    assert len(one.data) == DATA_CAP
    (many,) = events(b"data: xyz\n" * DATA_CAP + b"\n")
    assert len(many.data) <= DATA_CAP + 3
    reader = EventReader()
    for _ in range(100):
        assert reader.feed(b"data: " + b"x" * DATA_CAP) == []
    (late,) = reader.feed(b"\n\n")
    assert len(late.data) == DATA_CAP


def test_bytes_that_are_not_utf_8_are_replaced() -> None:
    (one,) = events(b"data: \xff\n\n")
    assert one.data == "\ufffd"
    assert one.weight > 200
