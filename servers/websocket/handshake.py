"""The opening handshake: who is let in, and the record of how it went (RFC 6455, section 4)."""

from collections.abc import Sequence
from http import HTTPStatus
from time import perf_counter_ns

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import HeaderLineTooLong, RequestLineTooLong, TooManyHeaders
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from servers import guard
from servers.chat_protocol import SUBPROTOCOL
from servers.exchange import End, Exchange, Headers, endpoint, next_id
from servers.guard import Refusal
from servers.settings import WebSocketSettings
from servers.websocket.connection import Connection
from servers.websocket.rooms import room_of

SOURCE = "ws"
VERSION = "13"

_NULL = (
    "Pages opened from disk, whose origin is null, may connect only when the server's settings allow it: "
    "sandboxed frames of any site have the same origin."
)
_NULL_ON_NETWORK = "Pages whose origin is null may connect only while the server is bound to this computer."
_GONE = "The client went away before its handshake was complete."
_LATE = "The server ended the connection before the handshake was complete."
_MALFORMED = "What came is not a WebSocket handshake."


def admit(request: Request, settings: WebSocketSettings, own_names: frozenset[str], clients: int, most: int) -> str:
    """The room that a request may enter; ``most`` clients are let in at a time. Raises Refusal."""
    guard.check_host(request.headers.get_all("Host"), own_names)
    _check_origin(request.headers.get_all("Origin"), settings, own_names)
    room = room_of(request.path)
    versions = request.headers.get_all("Sec-WebSocket-Version")
    if len(versions) == 1 and versions != [VERSION]:
        headers = {"Sec-WebSocket-Version": VERSION, "Upgrade": "websocket"}
        raise Refusal(426, f"This server speaks version {VERSION} of the WebSocket protocol.", headers)
    if clients >= most:
        raise Refusal(503, f"The server is full; it lets in {most} at a time.")
    return room


def chosen_subprotocol(_: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """The chat subprotocol where it is offered, else none; websockets would refuse a client that offers others only."""
    return Subprotocol(SUBPROTOCOL) if SUBPROTOCOL in offered else None


def answered(connection: Connection, request: Request, response: Response) -> Exchange:
    """The record of a request and the response to it."""
    return _exchange(
        connection,
        method=request.method,
        target=request.path,
        version=request.protocol.removeprefix("HTTP/"),
        request_headers=tuple(request.headers.raw_items()),
        status=response.status_code,
        reason=response.reason_phrase,
        response_headers=tuple(response.headers.raw_items()),
        body=bytes(response.body or b""),
    )


def unanswered(connection: Connection) -> Exchange | None:
    """The record of what never became a request; None where nothing was sent at all."""
    if not connection.early:
        return None
    status = _status_of(connection)
    return _exchange(
        connection,
        status=status,
        reason=HTTPStatus(status).phrase if status else "",
        early=connection.early,
        error=_MALFORMED if status else _GONE if connection.has_left else _LATE,
    )


def _check_origin(origins: Sequence[str], settings: WebSocketSettings, own_names: frozenset[str]) -> None:
    """Let in what has no origin, our own pages and, where the settings say so, pages of the opaque origin ``null``.

    Browsers say ``null`` for a file opened from disk, but also for a sandboxed frame in any site's page.
    """
    if origins == ["null"]:
        if own_names or not settings.null_origin:
            raise Refusal(403, _NULL_ON_NETWORK if own_names else _NULL)
    elif not guard.origins_allowed(origins, own_names):
        raise Refusal(403, "Pages of other sites may not connect to this server.")


def _status_of(connection: Connection) -> int:
    match connection.protocol.handshake_exc:
        case RequestLineTooLong():
            return HTTPStatus.REQUEST_URI_TOO_LONG
        case HeaderLineTooLong() | TooManyHeaders():
            return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    return HTTPStatus.BAD_REQUEST if connection.is_malformed else 0


def _exchange(
    connection: Connection,
    *,
    method: str = "",
    target: str = "",
    version: str = "",
    request_headers: Headers = (),
    early: bytes = b"",
    status: int,
    reason: str,
    response_headers: Headers = (),
    body: bytes = b"",
    error: str | None = None,
) -> Exchange:
    now_ns = perf_counter_ns()
    return Exchange(
        source=SOURCE,
        end=End.SERVER,
        method=method,
        target=target,
        version=version,
        request_headers=request_headers,
        request_body=early,
        request_size=len(early),
        status=status,
        reason=reason,
        response_headers=response_headers,
        response_body=body,
        response_size=len(body),
        started_ns=connection.arrived_ns or now_ns,
        responded_ns=now_ns,
        finished_ns=now_ns,
        local=endpoint(connection.local_address),
        remote=endpoint(connection.remote_address),
        id=next_id(),
        error=error,
    )
