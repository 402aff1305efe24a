"""Keeps connections open for the requests to come, and what they are made with."""

import asyncio
import logging
import ssl
from functools import lru_cache
from pathlib import Path

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar

from desktop.explorer.model.options import Options
from desktop.explorer.sending.connector import Connector
from desktop.explorer.sending.exact import ExactRequest
from desktop.explorer.sending.tls import Trust, make_context, trust_of
from desktop.tasks import TaskSet

_HEAD_LIMIT = 64 * 1024
_HEADER_COUNT = 1000
_CONTEXTS = 32
_logger = logging.getLogger(__name__)

_Stamp = tuple[int, ...]


class Sessions:
    """Connections to any server, and contexts for TLS; close them at the end.

    A connection is used again only for requests to the same place by the same proxy, with the same TLS options. They
    are opened by the first request that needs them, also after ``close``. The certificate at ``authority`` is trusted
    from when it is there.
    """

    def __init__(self, authority: Path | None = None) -> None:
        self._authority = authority
        self.uploads = TaskSet(_report)
        self._sessions: dict[bool, ClientSession] = {}
        self._contexts: dict[tuple[Trust, _Stamp], ssl.SSLContext] = {}

    def open(self, options: Options) -> ClientSession:
        """The session whose connections are kept, or the one that closes each after its request."""
        session = self._sessions.get(options.keep_alive)
        if session is None:
            session = self._sessions[options.keep_alive] = _open(keep=options.keep_alive)
        return session

    async def context(self, options: Options) -> ssl.SSLContext:
        """What TLS needs; files that have changed are read again. Raises Fault."""
        trust = trust_of(options)
        known = self._contexts.get((trust, (self._authority_changed(),)))
        return known if known is not None else await asyncio.to_thread(self._context, trust)

    async def close(self) -> None:
        """Close every connection."""
        sessions, self._sessions = list(self._sessions.values()), {}
        await self.uploads.close()
        for session in sessions:
            await session.close()

    def _context(self, trust: Trust) -> ssl.SSLContext:
        stamp = (self._authority_changed(), *(_changed(Path(name)) for name in trust.files))
        key = (trust, stamp)
        if key not in self._contexts:
            made = make_context(trust, self._authority)
            if len(self._contexts) >= _CONTEXTS:
                self._contexts.clear()
            self._contexts[key] = made
        return self._contexts[key]

    def _authority_changed(self) -> int:
        return 0 if self._authority is None else _changed(self._authority)


@lru_cache(maxsize=64)
def timeouts(connect: float | None) -> ClientTimeout:
    """Connecting, with finding the host and TLS, may take so many seconds, and the rest any time."""
    return ClientTimeout(total=None, connect=connect, sock_connect=None, ceil_threshold=60)


def _open(*, keep: bool) -> ClientSession:
    return ClientSession(
        connector=Connector(keep=keep),
        cookie_jar=DummyCookieJar(),
        auto_decompress=False,
        request_class=ExactRequest,
        timeout=timeouts(None),
        max_line_size=_HEAD_LIMIT,
        max_field_size=_HEAD_LIMIT,
        max_headers=_HEADER_COUNT,
    )


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _report(error: BaseException, name: str) -> None:
    _logger.error("The %s failed: %s", name, error, exc_info=error)
