"""Who can reach a server, before and while it runs."""

import pytest

from desktop.server_panels.settings.reach import (
    LOCAL_NETWORK,
    audience,
    is_beyond,
    reached_beyond,
    runs_as_chosen,
    runs_beyond,
    warning,
)
from servers.server import Address
from servers.settings import Listen

LOOPBACK = Address("http", "localhost", 8001, (("127.0.0.1", 8001), ("::1", 8001)))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_loopback_stays_on_this_computer(host: str) -> None:
    assert not is_beyond(host)
    assert warning(host) == ""


@pytest.mark.parametrize("host", [LOCAL_NETWORK, "::", "192.0.2.7", "fe80::1%lo", "my-computer", ""])
def test_everything_else_may_be_reached_and_comes_with_a_warning(host: str) -> None:
    assert is_beyond(host)
    assert warning(host).startswith("Anybody ")


def test_what_runs_is_told_by_its_sockets() -> None:
    assert not runs_beyond(LOOPBACK)
    assert runs_beyond(Address("ws", "localhost", 1, (("127.0.0.1", 1), ("192.0.2.7", 1))))


@pytest.mark.parametrize(
    ("settings", "same"),
    [
        (Listen(port=8001), True),
        (Listen(port=8001, tls=True), False),
        (Listen(port=8001, host="127.0.0.1"), False),
    ],
)
def test_host_and_tls_make_the_difference(settings: Listen, same: bool) -> None:
    assert runs_as_chosen(LOOPBACK, settings) is same


@pytest.mark.parametrize(
    ("host", "who"),
    [
        ("localhost", "Any program on this computer"),
        (LOCAL_NETWORK, "Anybody on your network"),
        ("a\u202eb", "Anybody who can reach a\\u202eb"),
    ],
)
def test_who_can_reach_it_is_said_of_the_next_start_and_of_what_runs(host: str, who: str) -> None:
    assert audience(None, Listen(port=1, host=host)) == who
    bound = (("127.0.0.1" if host == "localhost" else "192.0.2.7", 1),)
    assert audience(Address("http", host, 1, bound), Listen(port=1)) == who
    assert reached_beyond(LOOPBACK, Listen(port=1, host=LOCAL_NETWORK)) is False
