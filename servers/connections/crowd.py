"""The connections of one server: how many there may be, who makes room for whom, and who has been too slow."""

import asyncio
import itertools
from collections import Counter
from typing import TYPE_CHECKING

from servers.listening import is_loopback

if TYPE_CHECKING:
    from servers.connections.connection import Connection

MOST = 4096
"""Connections that a server has at a time, where the system allows as many."""

PER_ADDRESS = 256
"""Connections that another computer may have of them."""

SURPLUS = 64
"""Connections beyond those that are taken to be told that the server is full; more are cut at once."""

LOOK = 1.0
"""Seconds between two looks at the deadlines of all connections."""

FLUSH = 0.25
"""Seconds that clients get to take the end of their responses when the server stops."""


class Crowd:
    """Every connection from accept to its end; ``fresh`` are those that have not sent a whole request head yet.

    A full crowd makes room for a newcomer: the oldest fresh connection goes, then the oldest that is idle.
    ``most`` are the connections that the system bears.
    """

    def __init__(self, most: int) -> None:
        self.most = min(MOST, most)
        self.alive: dict[Connection, None] = {}
        self.fresh: dict[Connection, None] = {}
        self._of_address: Counter[str] = Counter()
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._is_over = False
        self._empty = asyncio.Event()
        self._empty.set()

    def enter(self, newcomer: "Connection") -> bool:
        """Take a connection; False when there is no room for it, and it must be told so."""
        has_room = self._has_room_for(newcomer.address)
        self.alive[newcomer] = self.fresh[newcomer] = None
        self._of_address[newcomer.address] += 1
        self._empty.clear()
        if self._timer is None and not self._is_over:
            self._timer = self._loop.call_later(LOOK, self._look)
        if self._is_over or len(self.alive) > self.most + SURPLUS:
            self._cut(newcomer)
        return has_room

    def leave(self, connection: "Connection") -> None:
        """Forget a connection, if it is still known."""
        if connection not in self.alive:
            return
        del self.alive[connection]
        self.fresh.pop(connection, None)
        self._of_address[connection.address] -= 1
        if not self._of_address[connection.address]:
            del self._of_address[connection.address]
        if not self.alive:
            self._empty.set()

    async def finish(self) -> None:
        """Wait until all connections have ended, FLUSH seconds at most."""
        try:
            async with asyncio.timeout(FLUSH):
                await self._empty.wait()
        except TimeoutError:
            return

    def end(self) -> None:
        """Cut all connections, and every one that comes yet."""
        self._is_over = True
        for connection in list(self.alive):
            self._cut(connection)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _has_room_for(self, address: str) -> bool:
        if len(self.alive) >= self.most:
            return self._make_room(None)
        if self._of_address[address] >= PER_ADDRESS and not is_loopback(address):
            return self._make_room(address)
        return True

    def _make_room(self, address: str | None) -> bool:
        """Cut the first that can go, of an address if one is named."""
        idle = (one for one in self.alive if one.is_idle)
        leaving = next((one for one in itertools.chain(self.fresh, idle) if address in (None, one.address)), None)
        if leaving is not None:
            self._cut(leaving)
        return leaving is not None

    def _cut(self, connection: "Connection") -> None:
        self.leave(connection)
        connection.cut()

    def _look(self) -> None:
        now = self._loop.time()
        for connection in list(self.alive):
            connection.look(now)
        self._timer = self._loop.call_later(LOOK, self._look) if self.alive else None
