"""Tests of the records."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from servers.exchange import Direction, Kind, Message, header, wall_time
from tests.servers.samples import exchange


def test_records_are_frozen_and_have_no_dictionary() -> None:
    message = Message(exchange(), Direction.SENT, Kind.TEXT, b"", 0, 1)
    with pytest.raises(AttributeError):
        message.size = 1  # type: ignore[misc] # the point of the test
    with pytest.raises(AttributeError):
        message.exchange.target = "/other"  # type: ignore[misc]
    assert not hasattr(message, "__dict__")
    assert not hasattr(message.exchange, "__dict__")


def test_every_exchange_has_a_number_of_its_own_that_grows() -> None:
    first, second = exchange(), exchange()
    assert first.id < second.id
    assert first._replace(status=404).id == first.id


def test_duration_and_beginning() -> None:
    record = exchange(started_ns=5_000)
    assert (record.at_ns, record.duration_ns) == (5_000, 2_000)


@pytest.mark.parametrize(("kept", "size", "truncated"), [(b"", 0, False), (b"abc", 3, False), (b"abc", 4, True)])
def test_truncated_compares_what_is_kept_with_the_wire(kept: bytes, size: int, truncated: bool) -> None:
    assert exchange(body=kept, size=size).truncated is truncated
    assert Message(exchange(), Direction.SENT, Kind.BINARY, kept, size, 1).truncated is truncated


def test_a_request_body_too_can_be_truncated() -> None:
    assert exchange()._replace(request_body=b"ab", request_size=3).truncated


def test_weight_counts_bodies_headers_and_target() -> None:
    nothing = exchange(target="").weight
    assert exchange(target="", body=bytes(1000)).weight == nothing + 1000
    assert exchange(target="", headers=(("X", "y" * 999),)).weight == nothing + 1000
    assert exchange(target="/" * 1000).weight == nothing + 1000
    message = Message(exchange(), Direction.SENT, Kind.BINARY, b"", 0, 1)
    assert message._replace(data=bytes(1000), size=1000).weight == message.weight + 1000


def test_wall_time_is_now_for_now_and_keeps_distances() -> None:
    at_ns = time.perf_counter_ns()
    assert abs(wall_time(at_ns) - datetime.now(UTC)) < timedelta(seconds=5)
    assert wall_time(at_ns + 1_500_000_000) - wall_time(at_ns) == timedelta(seconds=1.5)
    assert wall_time(at_ns).tzinfo is UTC


def test_header_is_the_first_of_its_name_in_any_case() -> None:
    fields = (("Set-Cookie", "a"), ("set-cookie", "b"), ("X-Empty", ""))
    assert header(fields, "SET-COOKIE") == "a"
    assert header(fields, "x-empty") == ""
    assert header(fields, "cookie") is None
    assert header((), "cookie") is None
