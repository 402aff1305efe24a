"""An attempt to open a WebSocket as a record."""

from time import perf_counter_ns

from websockets.datastructures import Headers as WireHeaders

from desktop.chat.connecting.connection import RecordedConnection
from servers.exchange import BODY_CAP, End, Exchange, Headers, next_id

_SWITCHING = 101


def exchange_of(target: str, made: RecordedConnection | None, started_ns: int, error: str) -> Exchange:
    """The record of an attempt that ends now; ``made`` is its connection as far as it came, ``error`` why it failed.

    An answer that refuses speaks for itself; one that opens a WebSocket in a wrong way has its ``error``, too.
    """
    request, response = (made.request, made.response) if made is not None else (None, None)
    body = bytes(response.body or b"") if response else b""
    local, remote = made.ends if made is not None else (None, None)
    finished_ns = perf_counter_ns()
    return Exchange(
        source="chat",
        end=End.CLIENT,
        method="GET",
        target=target,
        version="1.1",
        request_headers=_headers(request.headers) if request else (),
        request_body=b"",
        request_size=0,
        status=response.status_code if response else 0,
        reason=response.reason_phrase if response else "",
        response_headers=_headers(response.headers) if response else (),
        response_body=body[:BODY_CAP],
        response_size=len(body),
        started_ns=started_ns,
        responded_ns=(made.responded_ns if made else 0) or finished_ns,
        finished_ns=finished_ns,
        local=local,
        remote=remote,
        id=next_id(),
        error=error or None if response is None or response.status_code == _SWITCHING else None,
    )


def _headers(fields: WireHeaders) -> Headers:
    """The fields as text, which is UTF-8 where it can be (RFC 9110, section 5.5, leaves it open)."""
    return tuple((name, _text(value)) for name, value in fields.raw_items())


def _text(value: str) -> str:
    try:
        return value.encode("latin-1").decode()
    except UnicodeDecodeError:
        return value
