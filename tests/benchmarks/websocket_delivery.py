"""How long broadcasts are on their way: one clock, since the load is the sender and all receivers."""

import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.websocket_load import broadcast_once

LONGEST = 30.0
"""Seconds without any delivery after which one is lost."""


@dataclass(slots=True)
class _Receiver:
    recv: Callable[[int], bytes]
    seen: int = 0


def delivery_times(sockets: list[socket.socket], message: bytes, rate: float, seconds: float) -> list[list[float]]:
    """Milliseconds from sending to receipt of each delivery, by broadcast; the first connection sends at ``rate``.

    Every delivery is waited for. Raises TimeoutError when one does not come.
    """
    size = broadcast_once(sockets, message)
    with selectors.DefaultSelector() as selector:
        for sock in sockets:
            selector.register(sock, selectors.EVENT_READ, _Receiver(sock.recv))
        sent: list[float] = []
        times: list[list[float]] = []
        due = [time.perf_counter() + index / rate for index in range(int(rate * seconds))]
        while len(times) < len(due) or len(times[-1]) < len(sockets):
            if len(sent) < len(due) and time.perf_counter() >= due[len(sent)]:
                sent.append(time.perf_counter())
                times.append([])
                sockets[0].sendall(message)
            _receive(selector, due[len(sent)] if len(sent) < len(due) else None, size, sent, times)
        return times


def _receive(
    selector: selectors.BaseSelector, due: float | None, size: int, sent: list[float], times: list[list[float]]
) -> None:
    wait = LONGEST if due is None else max(0.0, due - time.perf_counter())
    ready = selector.select(wait)
    if due is None and not ready:
        raise TimeoutError("the server has lost a broadcast")
    for key, _ in ready:
        receiver = key.data
        first = receiver.seen // size
        receiver.seen += len(receiver.recv(65536))
        now = time.perf_counter()
        for index in range(first, receiver.seen // size):
            times[index].append((now - sent[index]) * 1000)


def percentile(values: list[float], share: float) -> float:
    """The value under which that share of all is."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
