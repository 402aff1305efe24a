"""Finds the clients that do not read what they asked for."""

from aiohttp import web

from servers.traffic_log import NOTES

STUCK = 75.0
"""Seconds for which a client may take nothing of a response that waits for it; the lab of the REST server pauses 60."""

_Mark = tuple[int, int, int | None]


class Progress:
    """What a connection had sent when it was last looked at, and since when nothing has moved."""

    __slots__ = ("_mark", "_since")

    def __init__(self) -> None:
        self._mark: _Mark | None = None
        self._since = 0.0

    def is_stuck(self, pending: int, request: web.BaseRequest | None, now: float) -> bool:
        """Whether nothing moved for STUCK seconds; ``pending`` is what the transport keeps, in bytes.

        ``request`` is the one that a handler is at: it may wait for a file to be sent that the transport does not see.
        """
        mark = _mark(pending, request)
        if mark is None or mark != self._mark:
            self._mark, self._since = mark, now
            return False
        return now - self._since >= STUCK


def _mark(pending: int, request: web.BaseRequest | None) -> _Mark | None:
    """What changes when the client takes something; None when nothing waits for it."""
    if request is None:
        return (pending, 0, None) if pending else None
    writer, notes = request.writer, request.get(NOTES)
    has_more = bool(writer.length) and writer.output_size > 0
    return (pending, writer.output_size, notes and notes.streamed) if pending or has_more else None
