"""Says in words why an answer to a handshake opened no WebSocket."""

import re
from typing import NamedTuple
from urllib.parse import urljoin

from websockets.exceptions import InvalidHeader, InvalidHeaderValue, InvalidUpgrade, NegotiationError
from websockets.http11 import Response

from desktop.chat.connecting.address import Address
from desktop.widgets.proxies import ProxyAddress, unauthorized
from servers.logs import visible

_SHOWN = 200  # characters of what the server says
_TRY_AGAIN = {408, 429}
_WANTS_TLS = re.compile(rb"\bHTTPS (port|server)|SSL-enabled", re.IGNORECASE)

_SENTENCES = {
    400: "{where} did not take the handshake ({status}). Check path, headers and subprotocols.",
    401: "{where} wants to know who connects ({status}). Give a user name and password, or a token.",
    403: "{where} refused the connection ({status}).",
    421: "{where} does not answer to this host name ({status}).",
    426: "{where} wants another protocol ({status}). Check path and subprotocols.",
    429: "{where} was asked too often ({status}). Try again later.",
    503: "{where} lets no more clients in ({status}). Try again later.",
}


class Reason(NamedTuple):
    """Why there is no connection, as a sentence for the user, and whether another attempt may help."""

    sentence: str
    retryable: bool = False


def refused(response: Response, address: Address, *, authorized: bool) -> Reason:
    """For a status other than 101 (RFC 6455, section 4.1); ``authorized``: Authorization was sent."""
    where, code = address.place, response.status_code
    status = visible(f"{code} {response.reason_phrase[:_SHOWN]}".rstrip())
    location = response.headers.get_all("Location")
    if 300 <= code < 400 and location:
        return Reason(
            f"{where} says that the server moved ({status}). Connect to {_moved(address, location[0])} instead."
        )
    if code == 400 and not address.is_secure and _WANTS_TLS.search(response.body):
        return Reason(f"{where} speaks TLS ({status}). Use wss:// in place of ws://.")
    sentence = _sentence(where, code, status, authorized=authorized)
    return Reason(f"{sentence} {_own_words(response)}".rstrip(), _is_passing(code))


def no_tunnel(response: Response, proxy: ProxyAddress, address: Address) -> Reason:
    """For a proxy that did not connect to the server (RFC 9110, section 9.3.6)."""
    if response.status_code == 407:
        return Reason(unauthorized(proxy))
    status = visible(f"{response.status_code} {response.reason_phrase[:_SHOWN]}".rstrip())
    sentence = f"The proxy {proxy.place} refused a tunnel to {address.place}: {status}."
    return Reason(sentence, _is_passing(response.status_code))


def disagreed(error: Exception, where: str) -> Reason:
    """For an answer 101 that breaks the rules of the handshake (RFC 6455, section 4.1)."""
    text = visible(str(error)[:_SHOWN])
    match error:
        case InvalidUpgrade():
            fault = f"it answers 101 without upgrading to it ({text})"
        case InvalidHeaderValue(name="Sec-WebSocket-Accept"):
            fault = "its Sec-WebSocket-Accept does not fit the key that was sent"
        case InvalidHeader(name="Sec-WebSocket-Accept", value=None):
            fault = "its answer has no Sec-WebSocket-Accept"
        case NegotiationError():
            return Reason(f"{where} broke the agreement: {_not_offered(text)}.")
        case _:
            fault = text
    return Reason(f"What answers on {where} is not a WebSocket server: {fault}.")


def _sentence(where: str, code: int, status: str, *, authorized: bool) -> str:
    if code == 401 and authorized:
        return f"{where} did not accept the user name and password, or the token ({status})."
    if code in _SENTENCES:
        return _SENTENCES[code].format(where=where, status=status)
    if _is_passing(code):
        return f"{where} failed to answer ({status})."
    return f"{where} answered {status}: it is not a WebSocket server, or not at this path."


def _is_passing(code: int) -> bool:
    return code >= 500 or code in _TRY_AGAIN


def _moved(address: Address, location: str) -> str:
    try:
        url = urljoin(address.url, location)
    except ValueError:
        url = location
    return visible(("ws" + url[4:] if url.lower().startswith("http") else url)[:_SHOWN])


def _own_words(response: Response) -> str:
    """What the server says in a short plain text body."""
    if not any(kind.startswith("text/plain") for kind in response.headers.get_all("Content-Type")):
        return ""
    text = bytes(response.body or b"").decode(errors="replace").strip()
    return f"It says: {visible(text[:_SHOWN])}" if text else ""


def _not_offered(text: str) -> str:
    kind, _, what = text.partition(": ")
    if "subprotocol" in kind:
        return f"it chose the subprotocol “{what}”, which was not offered" if what else "it chose a subprotocol"
    if what:
        return f"it uses an extension that was not offered, or not so ({what})"
    return "it uses an extension, and none was offered"
