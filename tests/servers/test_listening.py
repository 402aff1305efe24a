"""Tests of the listening sockets and of the sentences about ports that cannot be had."""

import errno
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psutil
import pytest

from servers.listening import (
    LOOPBACK,
    CannotListen,
    PortInUse,
    addresses_of,
    is_loopback,
    listen,
    most_connections,
    next_free_port,
)


@pytest.fixture(autouse=True)
def no_descriptor_is_left() -> Iterator[None]:
    """Whatever a test does, as many sockets are open after it as before."""
    before = len(psutil.Process().net_connections("tcp"))
    yield
    assert len(psutil.Process().net_connections("tcp")) == before


def _close(sockets: list[socket.socket]) -> None:
    for sock in sockets:
        sock.close()


def _bound(sockets: list[socket.socket]) -> list[tuple[Any, ...]]:
    return [sock.getsockname()[:2] for sock in sockets]


def _refuse(monkeypatch: pytest.MonkeyPatch, fault: int, *, only: int | None = None) -> None:
    """Make the system refuse to bind, with an errno, to the addresses of one family or to all."""

    class Refusing(socket.socket):
        def bind(self, address: Any) -> None:
            if only in (None, self.family):
                raise OSError(fault, os.strerror(fault))
            super().bind(address)

    monkeypatch.setattr("servers.listening.socket.socket", Refusing)


def test_localhost_is_both_loopback_addresses_on_one_port() -> None:
    sockets = listen("localhost", 0)
    bound = _bound(sockets)
    _close(sockets)
    assert [address for address, _ in bound] == ["127.0.0.1", "::1"]
    assert bound[0][1] == bound[1][1] > 0


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "127.1"])
def test_one_address_is_one_socket(host: str) -> None:
    sockets = listen(host, 0)
    bound = _bound(sockets)
    _close(sockets)
    assert len(bound) == 1
    assert is_loopback(bound[0][0])


def test_the_same_port_can_be_had_again_at_once() -> None:
    sockets = listen("localhost", 0)
    port = _bound(sockets)[0][1]
    _close(sockets)
    again = listen("localhost", port)
    _close(again)
    assert len(again) == 2


def test_a_port_of_our_own_is_in_use() -> None:
    sockets = listen("localhost", 0)
    port = _bound(sockets)[0][1]
    with pytest.raises(PortInUse) as caught:
        listen("localhost", port)
    _close(sockets)
    assert caught.value.port == port
    assert str(caught.value) == f"Port {port} is already in use by another server of Portside."


@pytest.mark.parametrize("address", LOOPBACK)
def test_the_holder_in_another_process_is_named(address: str) -> None:
    family = "AF_INET6" if ":" in address else "AF_INET"
    program = (
        f"import socket as s; x = s.create_server(({address!r}, 0), family=s.{family}); "
        "print(x.getsockname()[1], flush=True); input()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        port = int(holder.stdout.readline())
        with pytest.raises(PortInUse) as caught:
            listen("localhost", port)
        name = psutil.Process(holder.pid).name()
        holder.communicate(b"\n")
    assert str(caught.value) == f"Port {port} is already in use by {name} (process {holder.pid})."


@pytest.mark.parametrize("fault", [psutil.AccessDenied(), PermissionError(), psutil.NoSuchProcess(1)])
def test_a_holder_that_the_system_hides_is_not_named(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def hidden(_: str) -> None:
        raise fault

    sockets = listen("127.0.0.1", 0)
    port = _bound(sockets)[0][1]
    with monkeypatch.context() as patch:
        patch.setattr("psutil.net_connections", hidden)
        with pytest.raises(PortInUse, match=rf"Port {port} is already in use\.") as caught:
            listen("127.0.0.1", port)
    _close(sockets)
    assert caught.value.holder is None


def test_when_the_second_address_is_taken_the_first_is_given_back() -> None:
    other = listen("::1", 0)
    port = _bound(other)[0][1]
    with pytest.raises(PortInUse):
        listen("localhost", port)
    first = listen("127.0.0.1", port)
    _close(first + other)


@pytest.mark.parametrize("fault", [errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL])
def test_without_ipv6_localhost_is_127_0_0_1(monkeypatch: pytest.MonkeyPatch, fault: int) -> None:
    _refuse(monkeypatch, fault, only=socket.AF_INET6)
    sockets = listen("localhost", 0)
    bound = _bound(sockets)
    _close(sockets)
    assert [address for address, _ in bound] == ["127.0.0.1"]


def test_any_port_is_tried_again_when_the_second_address_lacks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _refuse(monkeypatch, errno.EADDRINUSE, only=socket.AF_INET6)
    with pytest.raises(CannotListen, match=r"^No port is free on localhost\.$"):
        listen("localhost", 0)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_an_address_of_another_computer(host: str) -> None:
    with pytest.raises(CannotListen) as caught:
        listen(host, 0)
    assert str(caught.value) == f"{host} is not an address of this computer."


@pytest.mark.parametrize("host", ["nowhere.invalid", "", "..", "a" * 70, "two words", "localhost:80", "\0"])
def test_a_host_that_is_none(host: str) -> None:
    with pytest.raises(CannotListen) as caught:
        listen(host, 0)
    assert str(caught.value) == f"“{host}” is not an address of this computer."


@pytest.mark.parametrize("port", [-1, 65536, 2**31])
def test_a_number_that_is_no_port(port: int) -> None:
    with pytest.raises(CannotListen, match=f"^{port} is not a port; choose one from 1 to 65535"):
        listen("localhost", port)


def test_a_privileged_port(monkeypatch: pytest.MonkeyPatch) -> None:
    _refuse(monkeypatch, errno.EACCES)
    with pytest.raises(CannotListen) as caught:
        listen("localhost", 80)
    assert str(caught.value) == "Port 80 needs administrator rights; choose a port from 1024 to 65535."


def test_any_other_fault_stays_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    _refuse(monkeypatch, errno.ENOBUFS)
    with pytest.raises(OSError, match=os.strerror(errno.ENOBUFS)):
        listen("localhost", 0)


def test_next_free_port_passes_over_what_is_taken() -> None:
    sockets = listen("localhost", 0)
    port = _bound(sockets)[0][1]
    found = next_free_port("localhost", port - 1)
    _close(sockets)
    assert found != port
    _close(listen("localhost", found))


def test_next_free_port_passes_over_privileged_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unprivileged(socket.socket):
        def bind(self, address: Any) -> None:
            if address[1] < 1024:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            super().bind(address)

    monkeypatch.setattr("servers.listening.socket.socket", Unprivileged)
    assert next_free_port("127.0.0.1", 1000) >= 1024


def test_next_free_port_begins_again_at_1024() -> None:
    assert 1024 <= next_free_port("127.0.0.1", 65535) < 65535


def test_next_free_port_when_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(address: str, port: int) -> None:
        raise OSError(errno.EADDRINUSE, f"{address} {port}")

    monkeypatch.setattr("servers.listening._listen_one", taken)
    with pytest.raises(CannotListen, match=r"^No port is free on localhost\.$"):
        next_free_port("localhost", 8001)


def test_next_free_port_of_a_host_that_is_none() -> None:
    with pytest.raises(CannotListen, match="is not an address of this computer"):
        next_free_port("nowhere.invalid", 8001)


def test_every_literal_is_judged() -> None:
    assert all(is_loopback(address) for address in ("127.0.0.1", "127.9.9.9", "::1", "::1%lo"))
    assert not any(is_loopback(address) for address in ("0.0.0.0", "::", "192.168.1.2", "fe80::1%eth0"))
    assert addresses_of("0.0.0.0") == ("0.0.0.0",)


class _Limits:
    """The system's limit of open files, soft and hard, as it would be on another machine."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, soft: int, hard: int) -> None:
        self.now = (soft, hard)
        monkeypatch.setattr("resource.getrlimit", lambda _: self.now)
        monkeypatch.setattr("resource.setrlimit", self._set)

    def _set(self, _: int, limits: tuple[int, int]) -> None:
        assert limits[1] == self.now[1]
        self.now = limits


UNLIMITED = resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("limits", "after", "most"),
    [
        ((1_024, 4_096), 4_096, 4_096 - 256),
        ((1_024, 1_048_576), 16_384, 16_384 - 256),
        ((1_024, UNLIMITED), 16_384, 16_384 - 256),
        ((20_000, 1_048_576), 20_000, 20_000 - 256),
        ((20_000, 20_000), 20_000, 20_000 - 256),
        ((256, 256), 256, 1),
        ((100, 100), 100, 1),
        ((UNLIMITED, UNLIMITED), UNLIMITED, sys.maxsize),
    ],
)
def test_as_many_files_as_the_system_allows(
    monkeypatch: pytest.MonkeyPatch, limits: tuple[int, int], after: int, most: int
) -> None:
    system = _Limits(monkeypatch, *limits)
    assert most_connections() == most
    assert system.now == (after, limits[1])
    assert most_connections() == most


def test_the_limit_of_this_machine_is_not_lowered() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert most_connections() >= 1
    after = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert after[1] == before[1]
    assert after[0] >= before[0] or after[0] == UNLIMITED


def test_where_there_is_no_such_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    assert most_connections() == sys.maxsize
