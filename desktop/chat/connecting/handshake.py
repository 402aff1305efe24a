"""Opens the WebSocket connection of a client and records its handshake."""

import asyncio
import ssl
from collections.abc import Callable
from pathlib import Path
from time import perf_counter_ns
from typing import Any, cast
from urllib.parse import parse_qs, quote, urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.client import ClientProtocol
from websockets.exceptions import WebSocketException
from websockets.protocol import Event
from websockets.typing import Subprotocol

from desktop.chat.connecting.failures import ConnectFailed, explain
from servers.chat_protocol import SUBPROTOCOL
from servers.exchange import BODY_CAP, End, Exchange, Message, endpoint, next_id
from servers.frames import FrameLog
from servers.logs import protocol_logger
from servers.recorder import Recorder
from servers.tls import client_context

OPEN_TIMEOUT = 10.0
"""Seconds that name look-up, TCP, TLS and handshake may take together."""

MAX_SIZE = 16 * 1024 * 1024
"""Bytes of the largest message that is taken; a larger one ends the connection with 1009."""


class RecordedConnection(ClientConnection):
    """A connection whose frames, the first ones included, are handed on as records."""

    exchange: Exchange
    responded_ns = 0

    def __init__(self, protocol: ClientProtocol, **options: Any) -> None:
        super().__init__(protocol, **options)
        self._sink: Callable[[Message], None] | None = None
        self._frames = FrameLog(protocol, self._hand_on)

    def hand_to(self, sink: Callable[[Message], None]) -> None:
        """Hand every message to ``sink`` from now on, after those that have passed already."""
        self._sink = sink
        self._frames.opened(self.exchange)

    def process_event(self, event: Event) -> None:
        if self.response is None:
            self.responded_ns = perf_counter_ns()
        super().process_event(event)

    def _hand_on(self, message: Message) -> None:
        if self._sink is not None:
            self._sink(message)


class _Opening(connect):
    """An attempt that keeps hold of its connection when the handshake fails, and follows no redirect, as browsers."""

    attempt: RecordedConnection | None = None

    async def open_tcp_connection(self) -> ClientConnection:
        self.attempt = cast(RecordedConnection, await super().open_tcp_connection())
        return self.attempt

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


async def open_connection(url: str, name: str, recorder: Recorder, authority: Path | None = None) -> RecordedConnection:
    """Connect, offering the chat subprotocol, and record the handshake however it ends. Raises ConnectFailed.

    The certificate at ``authority`` is trusted, too, if it is there.
    """
    url = request_url(url, name)
    is_secure = urlsplit(url).scheme == "wss"
    opening = _opening(url, await asyncio.to_thread(client_context, authority) if is_secure else None)
    started_ns = perf_counter_ns()
    try:
        connection = cast(RecordedConnection, await opening)
    except asyncio.CancelledError:
        recorder.append(_exchange(opening, started_ns, "The attempt was given up."))
        raise
    except (OSError, ValueError, WebSocketException) as error:
        sentence = explain(error, opening.ws_uri.host, opening.ws_uri.port)
        recorder.append(_exchange(opening, started_ns, sentence))
        raise ConnectFailed(sentence) from error
    connection.exchange = _exchange(opening, started_ns, "")
    recorder.append(connection.exchange)
    return connection


def request_url(url: str, name: str) -> str:
    """``url`` with ``name`` added to its query, unless there is no name or the query has one.

    Raises ConnectFailed where ``url`` is not a WebSocket URL (RFC 6455, section 3).
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"ws", "wss"} and parts.hostname and parts.port != 0 and "#" not in url
    except ValueError:
        usable = False
    if not usable or " " in url or not url.isprintable():
        raise ConnectFailed(f"“{url}” is not a WebSocket URL. One looks like ws://localhost:8002.")
    if not name or "name" in parse_qs(parts.query, keep_blank_values=True):
        return url
    pair = f"name={quote(name, safe='', errors='replace')}"
    return parts._replace(query=f"{parts.query}&{pair}" if parts.query else pair).geturl()


def _opening(url: str, context: ssl.SSLContext | None) -> _Opening:
    try:
        return _Opening(
            url,
            ssl=context,
            subprotocols=[Subprotocol(SUBPROTOCOL)],
            create_connection=RecordedConnection,
            open_timeout=OPEN_TIMEOUT,
            close_timeout=None,  # the session sees to that, for either side's close
            max_size=MAX_SIZE,
            proxy=None,
            logger=protocol_logger("chat"),
        )
    except (ValueError, WebSocketException) as error:
        raise ConnectFailed(f"“{url}” is not a WebSocket URL: {error}.") from error


def _exchange(opening: _Opening, started_ns: int, error: str) -> Exchange:
    attempt = opening.attempt
    request = attempt.request if attempt else None
    response = attempt.response if attempt else None
    body = bytes(response.body or b"") if response else b""
    finished_ns = perf_counter_ns()
    return Exchange(
        source="chat",
        end=End.CLIENT,
        method="GET",
        target=opening.ws_uri.resource_name,
        version="1.1",
        request_headers=tuple(request.headers.raw_items()) if request else (),
        request_body=b"",
        request_size=0,
        status=response.status_code if response else 0,
        reason=response.reason_phrase if response else "",
        response_headers=tuple(response.headers.raw_items()) if response else (),
        response_body=body[:BODY_CAP],
        response_size=len(body),
        started_ns=started_ns,
        responded_ns=(attempt.responded_ns if attempt else 0) or finished_ns,
        finished_ns=finished_ns,
        local=endpoint(attempt.local_address) if attempt else None,
        remote=endpoint(attempt.remote_address) if attempt else None,
        id=next_id(),
        error=None if response else error,
    )
