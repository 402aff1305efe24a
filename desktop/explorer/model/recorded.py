"""From the record of an exchange back to a request that can be changed and sent again."""

from collections.abc import Iterator

from desktop.explorer.model.auth import NoAuth
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Header, Request
from servers.exchange import Exchange, header
from servers.logs import visible

_MADE_ANEW = frozenset({"host", "content-length", "transfer-encoding", "connection"})
_ADDED = frozenset({"accept", "accept-encoding", "user-agent"})
_ABSOLUTE = ("http://", "https://")


def request_of(exchange: Exchange) -> tuple[Request, str]:
    """The request that a server has received, as its sender could type it, and a sentence about what is missing.

    Fields that are made anew with each sending are left out; nothing that is added by itself otherwise is added, such
    as a User-Agent or cookies that the sender did not send. Targets that are no part of a URL (``*`` and the authority
    form; RFC 9112, section 3.2) become ``/``.
    """
    names = {name.lower() for name, _ in exchange.request_headers}
    rows = tuple(Header(name, value) for name, value in exchange.request_headers if name.lower() not in _MADE_ANEW)
    body = _text(exchange.request_body)
    request = Request(
        exchange.method,
        _url(exchange),
        rows,
        body,
        BodyKind.TEXT if body else BodyKind.NONE,
        NoAuth(),
        Options(cookies=False, without=_ADDED - names),
    )
    return request, " ".join(_remarks(exchange))


def _remarks(exchange: Exchange) -> Iterator[str]:
    if not _fits_url(exchange.target):
        yield f"The request was for “{visible(exchange.target)}”, which a URL cannot say; this one is for “/”."
    kept = len(exchange.request_body)
    if kept < exchange.request_size:
        yield f"Only the first {kept:,} of the {exchange.request_size:,} bytes of the body were recorded."


def _fits_url(target: str) -> bool:
    return target.startswith(("/", *_ABSOLUTE))


def _url(exchange: Exchange) -> str:
    if exchange.target.startswith(_ABSOLUTE):
        return exchange.target
    authority = header(exchange.request_headers, "Host") or _place(exchange)
    return f"http://{authority}{exchange.target if _fits_url(exchange.target) else '/'}"


def _place(exchange: Exchange) -> str:
    if exchange.local is None:
        return "localhost"
    host, port = exchange.local
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _text(body: bytes) -> str | bytes:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body
