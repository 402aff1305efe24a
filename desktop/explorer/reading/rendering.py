"""Makes a body readable: the text of one of its forms, made away from the widgets."""

import re
from dataclasses import dataclass

from desktop.explorer.model.body import start_of
from desktop.explorer.reading.content import readable, text_in
from desktop.explorer.reading.formats import Form, Format
from desktop.explorer.reading.markup import indent_html, indent_xml
from desktop.explorer.reading.tables import Table, csv_table, form_table
from desktop.explorer.sending.reply import Reply
from desktop.widgets.json_text import pretty
from servers.exchange import Exchange, Headers
from servers.logs import visible

SHOWN = 2_000_000
"""At most this many bytes of a body are made into one text; longer ones are shown through a window."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_LANGUAGES = {
    Format.JSON: "json",
    Format.NDJSON: "json",
    Format.XML: "xml",
    Format.SVG: "xml",
    Format.HTML: "html",
    Format.CSS: "css",
    Format.JAVASCRIPT: "javascript",
}


@dataclass(frozen=True, slots=True)
class Rendering:
    """``text`` is for reading, in a ``language`` that may have colours; ``notes`` are sentences about it."""

    text: str
    language: str = ""
    notes: tuple[str, ...] = ()


def render(data: bytes, kind: Format, form: Form, charset: str, cut: bool = False) -> Rendering:
    """A body, or with ``cut`` the beginning of one, as text. Takes some seconds for SHOWN bytes."""
    text = text_in(data, charset)
    made, fault = _indented(text, kind, cut) if form is Form.PRETTY else (text, None)
    return Rendering(readable(made), language_of(kind), (fault,) if fault else ())


def language_of(kind: Format) -> str:
    """The language in whose colours a body is shown; empty for none."""
    return _LANGUAGES.get(kind, "")


def table(data: bytes, kind: Format, charset: str) -> Table:
    """The rows of a body that is a table."""
    text = text_in(data, charset)
    return form_table(text, charset) if kind is Format.FORM else csv_table(text)


def notes_on(reply: Reply) -> tuple[str, ...]:
    """What a person should know before reading a reply."""
    return tuple(note for note in (reply.exchange.error, reply.fault, *reply.notes) if note)


def as_sent(reply: Reply) -> str:
    """The request as it went over the wire, in the form of RFC 9112, for reading."""
    body = readable(text_in(start_of(reply.request.body, SHOWN), "utf-8"))
    return "\n".join([*_request_head(reply.exchange), "", body])


def heads(exchange: Exchange) -> str:
    """The heads of a request and its response in the form of RFC 9112, for reading."""
    lines = [*_request_head(exchange), ""]
    if exchange.status:
        lines.append(f"HTTP/{exchange.version} {exchange.status} {visible(exchange.reason)}".rstrip())
        lines += _fields(exchange.response_headers)
    else:
        lines.append(exchange.error or "No response.")
    return "\n".join(lines)


def _request_head(exchange: Exchange) -> list[str]:
    first = f"{visible(exchange.method)} {visible(exchange.target)} HTTP/1.1"
    return [first, *_fields(exchange.request_headers)]


def _fields(headers: Headers) -> list[str]:
    return [f"{visible(name)}: {visible(value)}" for name, value in headers]


def _indented(text: str, kind: Format, cut: bool) -> tuple[str, str | None]:
    if kind is Format.NDJSON:
        return _lines(text)
    if kind in (Format.XML, Format.SVG):
        indented = indent_xml(text)
        return indented.text, None if cut else indented.fault
    if kind is Format.HTML:
        return indent_html(text), None
    if not text:
        return text, None
    printed = pretty(text, limit=SHOWN, cut=cut)
    return printed.text, printed.fault


def _lines(text: str) -> tuple[str, str | None]:
    """Each line indented by itself; the fault names the first one that is not JSON."""
    shown: list[str] = []
    fault = None
    for number, line in enumerate(_LINE_END.split(text), 1):
        bare = line.strip(" \t\r\n\x1e")  # RFC 7464 begins each text with a record separator
        if not bare:
            continue
        printed = pretty(bare)
        shown.append(printed.text)
        if printed.fault and fault is None:
            fault = f"Line {number:,} is not JSON."
    return "\n".join(shown), fault
