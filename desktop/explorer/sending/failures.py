"""Says in a sentence why a request failed: what happened, to what, and what to do."""

import errno
import ssl

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientConnectorSSLError,
    ClientHttpProxyError,
    ClientPayloadError,
    ClientProxyConnectionError,
    ClientResponseError,
    ConnectionTimeoutError,
    InvalidURL,
    ServerDisconnectedError,
)
from aiohttp.http_exceptions import ContentLengthError, HttpProcessingError, TransferEncodingError

from desktop.explorer.sending.exact import Trip, Unanswered
from desktop.explorer.sending.fault import Fault
from desktop.explorer.sending.strangers import not_http, words_of
from desktop.explorer.sending.timing import TLS
from desktop.widgets.proxies import unauthorized
from servers.logs import visible
from servers.tls.disagreement import alert, broken_off, distrust

_LONGEST = 200


def explain(error: Exception, trip: Trip, *, answered: bool) -> str:
    """The sentence for an error that sending or reading the response has raised; ``answered``: after the head."""
    target = trip.request.target
    if isinstance(error, Fault) or trip.fault is not None:
        return str(trip.fault or error)
    if isinstance(error, TimeoutError):
        return _too_late(error, trip, answered)
    if isinstance(error, ClientConnectorError | ClientHttpProxyError):
        return _not_connected(error, trip)
    if isinstance(error, ClientPayloadError):
        return _body_broken(error, trip)
    if isinstance(error, ClientResponseError):
        return not_http(_answerer(trip), trip.wire.said if trip.wire is not None else b"", error.message)
    if isinstance(error, InvalidURL):
        return f"“{target.host}” is not a whole address, such as 127.0.0.1."
    if isinstance(error, Unanswered | ServerDisconnectedError | OSError):
        return _unanswered(trip)
    return f"The connection to {target.place} broke: {visible(str(error))}. Send again, or look at the server's log."


def _too_late(error: TimeoutError, trip: Trip, answered: bool) -> str:
    options, place = trip.request.options, trip.request.target.place
    if isinstance(error, ConnectionTimeoutError):
        where = f"The proxy {trip.proxy.place}" if trip.proxy is not None else place
        return (
            f"{where} did not take the connection within {options.connect_timeout:g} s. Check host, port and firewall."
        )
    if answered:
        return f"The response of {place} was not complete after {options.timeout:g} s. What came is shown."
    return f"{place} did not answer within {options.timeout:g} s, the timeout of this request."


def _not_connected(error: ClientConnectorError | ClientHttpProxyError, trip: Trip) -> str:
    target, proxy = trip.request.target, trip.proxy
    if isinstance(error, ClientHttpProxyError):
        return _no_tunnel(error, trip)
    at_proxy = proxy is not None and (error.host, error.port) == (proxy.url.raw_host, proxy.url.port)
    at_proxy = at_proxy or isinstance(error, ClientProxyConnectionError)
    place = f"the proxy {proxy.place}" if proxy is not None and at_proxy else target.place
    if isinstance(error, ClientConnectorDNSError):
        return f"The name {error.host} was not found. Check its spelling and the network connection."
    if isinstance(error, ClientConnectorCertificateError):
        return distrust(error.certificate_error, place)
    if isinstance(error, ClientConnectorSSLError):
        return alert(error.os_error, place)
    if _refused(error.os_error):
        return f"Nothing answers on {place}. " + (
            "Check the proxy." if at_proxy else "Start the server or check the port."
        )
    if isinstance(error.os_error, ConnectionError) and trip.stopwatch.step == TLS:
        return broken_off(error.os_error, place)
    reason = error.os_error.strerror or str(error.os_error)
    return f"{place[0].upper()}{place[1:]} cannot be reached: {reason}. Check host and network."


def _no_tunnel(error: ClientHttpProxyError, trip: Trip) -> str:
    if error.status == 407 and trip.proxy is not None:
        return unauthorized(trip.proxy.address)
    proxy = trip.proxy.place if trip.proxy is not None else ""
    reason = visible(error.message[:_LONGEST])
    return f"The proxy {proxy} refused a tunnel to {trip.request.target.place}: {error.status} {reason}."


def _refused(error: OSError) -> bool:
    # With several addresses, the others may fail otherwise: localhost where there is no IPv6.
    return error.errno == errno.ECONNREFUSED or f"[Errno {errno.ECONNREFUSED}]" in str(error)


def _unanswered(trip: Trip) -> str:
    place, wire = _answerer(trip), trip.wire
    lost, said = (wire.lost, wire.said) if wire is not None else (None, b"")
    if isinstance(lost, ssl.SSLError):
        return alert(lost, place)
    how = "reset" if isinstance(lost, ConnectionResetError | ConnectionAbortedError) else "closed"
    if said:
        return f"{place} {how} the connection in the middle of the head of its response. Its log may say why."
    return f"{place} {how} the connection without answering. Its log may say why{_hint(trip)}"


def _answerer(trip: Trip) -> str:
    """Who speaks HTTP at the other end, as a sentence starts with it."""
    target, proxy = trip.request.target, trip.proxy
    return (
        f"The proxy {proxy.place}"
        if proxy is not None and (target.scheme == "http" or trip.wire is None)
        else target.place
    )


def _hint(trip: Trip) -> str:
    if trip.proxy is not None:
        return "."
    secure = trip.request.target.scheme == "https"
    return "; does it want a client certificate?" if secure else "; is it an https:// server?"


def _body_broken(error: ClientPayloadError, trip: Trip) -> str:
    place, wire, cause = _answerer(trip), trip.wire, error.__cause__
    if wire is not None and isinstance(wire.lost, OSError):
        return f"{place} reset the connection before the whole body had come. What came before is shown."
    if isinstance(cause, ContentLengthError):
        return f"{place} closed the connection before the whole body had come: it is shorter than its Content-Length."
    if isinstance(cause, TransferEncodingError):
        return f"{place} closed the connection before the whole body had come: its last chunk is missing."
    if isinstance(cause, HttpProcessingError):
        reason = words_of(cause.message)
        return f"{place} sent chunks that are not valid: {reason} (RFC 9112, section 7.1). What came before is shown."
    return f"{place} sent a body that cannot be read to its end. What came before is shown."
