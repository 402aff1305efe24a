"""Sentences about a response that came, but not as it should have."""

from aiohttp import ClientResponse

from desktop.explorer.sending.exact import Trip
from desktop.widgets.proxies import unauthorized
from servers.exchange import header
from servers.logs import visible

_LONGEST_NAME = 40


def remarks(trip: Trip, response: ClientResponse | None) -> tuple[str, ...]:
    """What its reader should know, each in a sentence."""
    if response is None:
        return ()
    found = (
        _switched(trip, response),
        _unsent(trip),
        _surplus(trip, response),
        _transfer_coding(trip, response),
        _proxy(trip, response),
    )
    return tuple(one for one in found if one)


def _switched(trip: Trip, response: ClientResponse) -> str:
    if response.status != 101:
        return ""
    protocol = visible(response.headers.get("Upgrade", "another protocol"))
    asked = "as asked" if header(trip.request.headers, "Upgrade") is not None else "without being asked"
    return f"The server switched to {protocol} {asked}. The explorer speaks HTTP only and closed the connection."


def _unsent(trip: Trip) -> str:
    return "The server answered before the whole body of the request had been sent." if trip.unsent else ""


def _surplus(trip: Trip, response: ClientResponse) -> str:
    """Bytes behind the end of the body; behind chunks they cannot be counted."""
    wire = trip.wire
    surplus = wire.surplus(response.content.total_bytes) if wire is not None else 0
    in_chunks = "Transfer-Encoding" in response.headers and not _is_bodiless(trip, response)
    if not surplus or response.status == 101 or in_chunks:
        return ""
    sort = "that has no body" if not response.content.total_bytes else "of that Content-Length"
    return f"The server sent {surplus:,} bytes more than belong to a response {sort}; they are not shown."


def _transfer_coding(trip: Trip, response: ClientResponse) -> str:
    """A coding besides that in chunks (RFC 9112, section 7): it stays in the body."""
    said = ", ".join(response.headers.getall("Transfer-Encoding", ())).lower()
    codings = [one.strip() for one in said.split(",")]
    others = [one for one in codings if one not in ("", "chunked", "identity")]
    if not others or _is_bodiless(trip, response):
        return ""
    return f"The transfer coding “{visible(others[0][:_LONGEST_NAME])}” is not undone here; the body is shown with it."


def _is_bodiless(trip: Trip, response: ClientResponse) -> bool:
    """Whether no body may follow the head (RFC 9112, section 6.3)."""
    return trip.request.method == "HEAD" or response.status in (204, 304)


def _proxy(trip: Trip, response: ClientResponse) -> str:
    if response.status != 407 or trip.proxy is None:
        return ""
    return unauthorized(trip.proxy.address)
