"""Says in a sentence why a request failed: what happened, to what, and what to do."""

import errno
import ssl

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientConnectorSSLError,
    ClientPayloadError,
    ClientResponseError,
    ConnectionTimeoutError,
    ServerDisconnectedError,
)
from aiohttp.http_exceptions import ContentLengthError, HttpProcessingError

from desktop.explorer.transport import CONNECT_TIMEOUT, Unanswered
from desktop.explorer.url import Target
from servers.logs import visible


def explain(error: Exception, target: Target) -> str:
    """The sentence for an error that sending to ``target`` or reading its response has raised."""
    place = target.place
    if isinstance(error, ConnectionTimeoutError):
        return f"{place} did not take the connection within {CONNECT_TIMEOUT:.0f} s. Check host, port and firewall."
    if isinstance(error, ClientConnectorError):
        return _not_connected(error, target)
    if isinstance(error, Unanswered | ServerDisconnectedError):
        return f"{place} closed the connection without answering. Its log may say why; is it {_other(target)}?"
    if isinstance(error, ClientResponseError):
        reason = visible(error.message.strip().partition("\n")[0].rstrip(":"))
        return f"{place} answered with something that is not HTTP/1.1 ({reason}). Is it {_other(target)}?"
    if isinstance(error, ClientPayloadError):
        return _body_broken(error, place)
    return f"The connection to {place} broke: {visible(str(error))}. Send again, or look at the server's log."


def _not_connected(error: ClientConnectorError, target: Target) -> str:
    place = target.place
    if isinstance(error, ClientConnectorDNSError):
        return f"The name {target.host} was not found. Check its spelling and the network connection."
    if isinstance(error, ClientConnectorCertificateError):
        return f"The certificate of {place} is not trusted: {_certificate_fault(error.certificate_error)}."
    if isinstance(error, ClientConnectorSSLError):
        return f"{place} does not speak TLS as https needs it. Is it an http:// server?"
    if _refused(error.os_error):
        return f"Nothing answers on {place}. Start the server or check the port."
    return f"{place} cannot be reached: {error.os_error.strerror or error.os_error}. Check host and network."


def _refused(error: OSError) -> bool:
    # With several addresses, the others may fail otherwise: localhost where there is no IPv6.
    return error.errno == errno.ECONNREFUSED or f"[Errno {errno.ECONNREFUSED}]" in str(error)


def _certificate_fault(error: Exception) -> str:
    return error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else visible(str(error))


def _body_broken(error: ClientPayloadError, place: str) -> str:
    if isinstance(error.__cause__, ContentLengthError):
        return f"{place} closed the connection before the whole body had come: it is shorter than its Content-Length."
    if isinstance(error.__cause__, HttpProcessingError):
        return f"{place} broke off the body, or sent chunks that are not valid (RFC 9112, section 7.1)."
    return f"{place} sent a body that cannot be read to its end. What came before is shown."


def _other(target: Target) -> str:
    return "an https:// server" if target.scheme == "http" else "an http:// server"
