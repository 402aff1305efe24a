"""Says in words why a WebSocket connection did not come about."""

import errno
import re
import socket
import ssl
from typing import NamedTuple

from websockets.exceptions import (
    ConnectionClosed,
    HeaderLineTooLong,
    InvalidMessage,
    InvalidProxyMessage,
    InvalidProxyStatus,
    InvalidStatus,
    SecurityError,
    StatusLineTooLong,
    TooManyHeaders,
)

from desktop.chat.connecting.address import Address
from desktop.chat.connecting.connection import RecordedConnection
from desktop.chat.connecting.refusals import Reason, disagreed, no_tunnel, refused
from desktop.widgets.proxies import ProxyAddress
from servers.exchange import Exchange
from servers.logs import visible
from servers.tls.disagreement import alert, broken_off, distrust

_CODE = re.compile(r"\[(?:Errno|WinError) (\d+)\]")
_REFUSED = {errno.ECONNREFUSED, 1225, 10061}  # the latter two are Windows' own
_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, 10051, 10065}
_HTTP = b"HTTP/"
_TLS_RECORDS = (b"\x15\x03", b"\x16\x03")  # how an alert and a handshake begin (RFC 8446, section 5.1)


class ConnectFailed(Exception):
    """No connection came about; the text is a sentence for the person who wanted it.

    ``exchange`` is the record of the attempt, None where a part of the target was invalid and nothing was sent.
    ``retryable`` tells whether the same attempt may succeed at another time.
    """

    def __init__(self, sentence: str, exchange: Exchange | None = None, retryable: bool = False) -> None:
        super().__init__(sentence)
        self.exchange = exchange
        self.retryable = retryable


class Attempt(NamedTuple):
    """Where an attempt went, and the connection as far as it came: None before TCP, or the tunnel, was there."""

    address: Address
    proxy: ProxyAddress | None
    connection: RecordedConnection | None

    @property
    def at_proxy(self) -> bool:
        """Whether it is the proxy that was spoken to."""
        return self.proxy is not None and self.connection is None

    @property
    def place(self) -> str:
        """Host and port of who was at the other end."""
        return self.proxy.place if self.proxy is not None and self.at_proxy else self.address.place

    @property
    def other(self) -> str:
        """Who was at the other end, as a sentence begins."""
        return f"The proxy {self.place}" if self.at_proxy else self.place

    @property
    def scheme(self) -> str:
        """What the other end was to speak."""
        return self.proxy.scheme if self.proxy is not None and self.at_proxy else self.address.scheme

    @property
    def kind(self) -> str:
        """What the other end was to be."""
        return "a proxy" if self.at_proxy else "a WebSocket server"

    @property
    def said(self) -> bytes:
        """How the server's answer begins."""
        return self.connection.said if self.connection is not None else b""

    @property
    def lost(self) -> BaseException | None:
        """What ended the connection."""
        return self.connection.connection_exc if self.connection is not None else None


def explain(error: Exception, attempt: Attempt) -> Reason:
    """What was raised while connecting, in words."""
    match error:
        case InvalidStatus():
            request = attempt.connection.request if attempt.connection else None
            authorized = request is not None and "Authorization" in request.headers
            return refused(error.response, attempt.address, authorized=authorized)
        case InvalidProxyStatus() if attempt.proxy is not None:
            return no_tunnel(error.response, attempt.proxy, attempt.address)
        case InvalidMessage() | InvalidProxyMessage() | StatusLineTooLong() | ConnectionClosed():
            return _not_answered(error, attempt)
        case OSError() | UnicodeError():
            return _not_reached(error, attempt)
    return disagreed(error, attempt.address.place)


def _not_answered(error: Exception, attempt: Attempt) -> Reason:
    where, said, cause = attempt.other, attempt.said, error.__cause__
    if isinstance(attempt.lost, ssl.SSLError):
        return Reason(alert(attempt.lost, where, attempt.scheme))
    if said.startswith(_TLS_RECORDS):
        return Reason(f"{where} speaks TLS. Use wss:// in place of ws://.")
    if isinstance(error, SecurityError) or isinstance(cause, SecurityError):
        return Reason(f"{where} answered with more than can be read: {_excess(cause or error)}.")
    if isinstance(error, ConnectionClosed) or isinstance(cause, EOFError):
        return Reason(_broken_off(attempt), retryable=True)
    fault = "it does not speak HTTP"
    if said.startswith(_HTTP):
        fault = f"its answer is not what HTTP/1.1 allows ({visible(str(cause))})"
    return Reason(f"What answers on {attempt.place} is not {attempt.kind}: {fault}.")


def _broken_off(attempt: Attempt) -> str:
    start = f"{attempt.other} {'cut' if isinstance(attempt.lost, OSError) else 'closed'} the connection"
    if attempt.said:
        return f"{start} in the middle of its answer. Its log may say why."
    hint = ""
    if not attempt.at_proxy:
        advice = (
            "Perhaps it wants a client certificate" if attempt.address.is_secure else "If it speaks TLS, use wss://"
        )
        hint = f" {advice}."
    return f"{start} without an answer. It may not be {attempt.kind}.{hint}"


def _excess(error: BaseException) -> str:
    match error:
        case StatusLineTooLong():
            return "its first line is too long"
        case HeaderLineTooLong():
            return "a header is too long"
        case TooManyHeaders():
            return "there are too many headers"
    return "its body is too long"


def _not_reached(error: Exception, attempt: Attempt) -> Reason:
    place = f"the proxy {attempt.place}" if attempt.at_proxy else attempt.place
    match error:
        case ssl.CertificateError():
            return Reason(distrust(error, place))
        case ssl.SSLError():
            return Reason(alert(error, place, attempt.scheme))
        case socket.gaierror() | UnicodeError():
            return Reason(_unknown(attempt), retryable=True)
        case TimeoutError():
            return _too_late(attempt)
        case ConnectionRefusedError():
            return Reason(_unreachable(error, place, attempt), retryable=True)
        case ConnectionError() if attempt.scheme in {"wss", "https"}:
            return Reason(broken_off(error, place, attempt.scheme), retryable=True)
    return Reason(_unreachable(error, place, attempt), retryable=True)


def _unknown(attempt: Attempt) -> str:
    if attempt.proxy is not None:
        return f"There is no computer named “{attempt.proxy.host}”. Check the spelling of the proxy, or the network."
    return f"There is no computer named “{attempt.address.host}”. Check the spelling, or the network."


def _too_late(attempt: Attempt) -> Reason:
    where = attempt.other
    if attempt.said.startswith(_HTTP) and not attempt.said[len("HTTP/1.1") :].startswith(b" 101"):
        status = visible(attempt.said.partition(b"\r")[0].partition(b" ")[2].decode(errors="replace"))
        return Reason(f"{where} answered {status} without an end: it is not a WebSocket server, or not at this path.")
    advice = f"Check that it is {attempt.kind}, and that it is not busy."
    return Reason(f"{where} did not answer in time. {advice}", retryable=True)


def _unreachable(error: Exception, place: str, attempt: Attempt) -> str:
    # asyncio puts several addresses' errors into one without a number of its own
    number = getattr(error, "errno", None)
    codes = {number} if number else {int(code) for code in _CODE.findall(str(error))}
    if codes & _REFUSED:
        advice = "Check the proxy." if attempt.at_proxy else "Start the WebSocket server or check the port."
        return f"Nothing answers on {place}. {advice}"
    if codes & _UNREACHABLE:
        return f"{attempt.other} cannot be reached from this computer. Check the network."
    if isinstance(error, ConnectionError):
        return f"{attempt.other} cut the connection during the handshake. It may not be {attempt.kind}."
    return f"{attempt.other} cannot be reached: {getattr(error, 'strerror', None) or error}."
