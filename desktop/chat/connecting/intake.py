"""Takes what comes over a connection in pieces, so that a flood of small frames leaves room for everything else."""

import asyncio
from collections.abc import Callable
from time import perf_counter

PIECE = 4096
"""Bytes that are taken between two looks at the clock; as frames of a few bytes, they last some milliseconds."""

_PASS = 0.002  # seconds


class Intake:
    """Hands on to ``feed`` what it is told has been ``received``; the rest of it in the next turns of the loop.

    The transport is not read while there is a rest, nor while the one who is fed asked to ``hold`` until ``release``.
    """

    def __init__(self, transport: asyncio.Transport, feed: Callable[[bytes], None]) -> None:
        self._transport = transport
        self._feed = feed
        self._loop = asyncio.get_running_loop()
        self._rest = b""
        self._at = 0
        self._is_held = False

    def received(self, data: bytes) -> None:
        """The next bytes from the transport."""
        self._rest, self._at = (self._rest[self._at :] + data, 0) if self._rest else (data, 0)
        self._go_on()

    def hold(self) -> None:
        """Hand on nothing."""
        self._is_held = True
        self._transport.pause_reading()

    def release(self) -> None:
        """Go on."""
        self._is_held = False
        if self._rest:
            self._loop.call_soon(self._go_on)
        else:
            self._transport.resume_reading()

    def finish(self) -> None:
        """Nothing more comes: hand on the rest."""
        while self._rest and not self._transport.is_closing():
            self._take()

    def _go_on(self) -> None:
        if self._transport.is_closing():  # nobody waits for the rest, and no answer to it could be sent
            self._rest = b""
            return
        until = perf_counter() + _PASS
        while self._rest and not self._is_held:
            self._take()
            if self._rest and perf_counter() > until:
                self._loop.call_soon(self._go_on)
                break
        if self._rest:
            self._transport.pause_reading()
        elif not self._is_held:
            self._transport.resume_reading()

    def _take(self) -> None:
        end = self._at + PIECE
        piece = self._rest[self._at : end]
        self._at, self._rest = (end, self._rest) if end < len(self._rest) else (0, b"")
        self._feed(piece)
