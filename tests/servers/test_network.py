"""Tests of the hosts by which other computers reach this one."""

import socket
from collections.abc import Sequence

import pytest

from servers import guard, network
from servers.network import outward_hosts

OWN = frozenset(
    {"vm", "vm.local", "127.0.0.1", "::1", "10.0.0.7", "192.0.2.7", "172.17.0.1", "fd00::2", "fe80::1", "0.0.0.0"}
)


@pytest.fixture(autouse=True)
def computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer with several addresses, which sends from one of them."""

    def own_names(bound: Sequence[tuple[str, int]]) -> frozenset[str]:
        return frozenset() if all(host in ("127.0.0.1", "::1") for host, _ in bound) else OWN

    monkeypatch.setattr(guard, "own_names", own_names)
    monkeypatch.setattr(network, "_address_towards_others", lambda: "192.0.2.7")


@pytest.mark.parametrize(
    ("bound", "hosts"),
    [
        (["127.0.0.1", "::1"], ()),
        (["0.0.0.0"], ("192.0.2.7", "10.0.0.7", "172.17.0.1")),
        (["::"], ("fd00::2",)),
        (["10.0.0.7"], ("10.0.0.7",)),
        (["10.0.0.7", "127.0.0.1"], ("10.0.0.7",)),
        (["fe80::1"], ()),
    ],
)
def test_the_addresses_that_others_can_use_the_likeliest_first(bound: list[str], hosts: tuple[str, ...]) -> None:
    assert outward_hosts(bound) == hosts


def test_the_way_to_others_is_found_without_a_packet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    address = network._address_towards_others()
    assert address is None or address in guard.own_names((("0.0.0.0", 0),))


def test_a_computer_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(socket, "socket", _NoNetwork)
    assert network._address_towards_others() is None


class _NoNetwork(socket.socket):
    def connect(self, address: object) -> None:
        raise OSError(101, "Network is unreachable")
