"""Says in words why a WebSocket connection did not come about."""

import errno
import re
import socket
import ssl

from websockets.exceptions import InvalidMessage, InvalidStatus
from websockets.http11 import Response

from servers.logs import visible

_CODE = re.compile(r"\[(?:Errno|WinError) (\d+)\]")
_REFUSED = {errno.ECONNREFUSED, 1225, 10061}  # the latter two are Windows' own
_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL}
_BODY_SHOWN = 200  # characters of a refusal's own words


class ConnectFailed(Exception):
    """No connection came about; the text is a sentence for the person who wanted it."""


def explain(error: Exception, host: str, port: int) -> str:
    """The sentence for what was raised while connecting to ``host`` and ``port``."""
    where = f"{host} port {port}"
    match error:
        case InvalidStatus():
            return _status(error.response, where)
        case InvalidMessage() if isinstance(error.__cause__, EOFError):
            return f"{where} closed the connection without an answer. It may not be a WebSocket server."
        case InvalidMessage():
            return f"What answers on {where} is not a WebSocket server: it does not speak HTTP."
        case ssl.SSLError():
            return _tls(error, where)
        case socket.gaierror() | UnicodeError():
            return f"There is no computer named “{host}”. Check the spelling, or the network."
        case TimeoutError():
            return f"{where} did not answer in time. Check that it is a WebSocket server, and that it is not busy."
        case OSError():
            return _network(error, host, port)
    return f"What answers on {where} is not a WebSocket server: {visible(str(error))}."


def _status(response: Response, where: str) -> str:
    status = visible(f"{response.status_code} {response.reason_phrase}")
    location = response.headers.get("Location")
    if 300 <= response.status_code < 400 and location:
        return f"{where} says that the server moved ({status}). Connect to {visible(location)} instead."
    match response.status_code:
        case 401 | 403:
            sentence = f"{where} refused the connection ({status})."
        case 421:
            sentence = f"{where} does not answer to this host name ({status})."
        case 503:
            sentence = f"{where} lets no more clients in ({status}). Try again later."
        case code if code >= 500:
            sentence = f"{where} failed to answer ({status})."
        case _:
            sentence = f"{where} answered {status}: it is not a WebSocket server, or not at this path."
    return f"{sentence} {_own_words(response)}".rstrip()


def _own_words(response: Response) -> str:
    """What the server says in a short plain text body."""
    if not response.headers.get("Content-Type", "").startswith("text/plain"):
        return ""
    text = bytes(response.body or b"").decode(errors="replace").strip()
    return f"It says: {visible(text[:_BODY_SHOWN])}" if text else ""


def _tls(error: ssl.SSLError, where: str) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate of {where} is not trusted: {error.verify_message}."
    if error.reason in {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"}:
        return f"{where} does not speak TLS. Use ws:// in place of wss://, or check the port."
    return f"TLS with {where} failed: {(error.reason or str(error)).replace('_', ' ').lower()}."


def _network(error: OSError, host: str, port: int) -> str:
    # asyncio puts several addresses' errors into one without a number of its own
    codes = {error.errno} if error.errno else {int(code) for code in _CODE.findall(str(error))}
    if codes & _REFUSED:
        return f"Nothing answers on {host} port {port}. Start the WebSocket server or check the port."
    if codes & _UNREACHABLE:
        return f"{host} cannot be reached from this computer. Check the network."
    if isinstance(error, ConnectionError):
        return f"{host} port {port} cut the connection during the handshake. It may not be a WebSocket server."
    return f"{host} port {port} cannot be reached: {error.strerror or error}."
