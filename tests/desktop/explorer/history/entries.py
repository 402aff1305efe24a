"""Entries to test with."""

from dataclasses import replace
from time import perf_counter_ns

from desktop.explorer.history.entry import NewEntry
from desktop.explorer.model.request import Request
from servers.exchange import Headers
from tests.desktop.explorer.replies import reply

JSON: Headers = (("Content-Type", "application/json"),)


def entry(
    request: Request | str = "http://h/x",
    status: int = 200,
    body: bytes = b"",
    headers: Headers = (),
    *,
    method: str = "GET",
    secrets: frozenset[str] = frozenset(),
) -> NewEntry:
    """A request, or its URL, with a reply of this status and body."""
    sent = request if isinstance(request, Request) else Request(method, request)
    came = reply(status, body, headers, request=sent, error=None if status else "Nobody answered.")
    prepared = came.request
    size = len(prepared.body) if isinstance(prepared.body, bytes) else 0
    now = perf_counter_ns()
    exchange = came.exchange._replace(
        request_size=size, response_body=body, started_ns=now, responded_ns=now + 1000, finished_ns=now + 2000
    )
    return NewEntry(sent, replace(came, exchange=exchange), secrets)
