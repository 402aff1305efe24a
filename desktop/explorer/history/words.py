"""The text of an entry in which the history is searched."""

from desktop.explorer.model.body import start_of
from desktop.explorer.model.request import Request
from desktop.explorer.reading.content import charset_for, content_type_of, text_in
from desktop.explorer.reading.formats import Format, format_of
from desktop.explorer.sending.reply import Reply
from servers.exchange import Headers

SEARCHED = 1_000_000
"""So many bytes of a body can be found."""

_PROBE = 1024
_MARK = "\x01"


def words_of(request: Request, method: str, reply: Reply) -> str:
    """URLs, headers and the beginnings of text bodies of a request and all its replies; first, marks for the index."""
    lines: list[str] = []
    for step in (*reply.hops, reply):
        exchange = step.exchange
        lines += [f"{exchange.method} {step.request.target}", *_fields(exchange.request_headers)]
        lines.append(f"{exchange.status} {exchange.reason}")
        lines += [*_fields(exchange.response_headers), exchange.error or ""]
    sent, came = reply.exchange.request_headers, reply.exchange.response_headers
    lines.append(_text(start_of(reply.request.body, SEARCHED), content_type_of(sent)))
    lines.append(_text(reply.decoded.read(0, SEARCHED), content_type_of(came)))
    status = reply.exchange.status
    marks = status_mark(status) + class_mark(status // 100) + method_mark(method)
    return f"{marks}\n" + searchable("\n".join([request.url, *lines]))


def status_mark(status: int) -> str:
    """What stands in the words of an entry with that status, and can stand nowhere else."""
    return f"{_MARK}{status}"


def class_mark(first: int) -> str:
    """What stands for the first digit of the status."""
    return f"{_MARK}{first}xx"


def method_mark(method: str) -> str:
    """What stands for the method of the request that was sent first."""
    return f"{_MARK}{method}{_MARK}"


def searchable(text: str) -> str:
    """The text without marks, and what SQLite cannot take: NUL and unpaired surrogates."""
    return text.replace("\0", " ").replace(_MARK, " ").encode("utf-8", "replace").decode()


def _fields(headers: Headers) -> list[str]:
    return [f"{name}: {value}" for name, value in headers]


def _text(data: bytes, content_type: str) -> str:
    start = data[:_PROBE]
    if not data or format_of(content_type, start) in (Format.BINARY, Format.IMAGE):
        return ""
    return text_in(data, charset_for(content_type, start))
