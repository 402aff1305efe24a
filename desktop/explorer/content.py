"""From the bytes of a body to text for reading: content codings, charset, characters that would fool the reader."""

import codecs
import re
import zlib
from dataclasses import dataclass

from servers.exchange import Headers, header

INFLATED_CAP = 64 * 1024 * 1024
"""At most this many bytes are made of a compressed body."""

_MAX_CODINGS = 4
_PIECE = 4096  # a stream of tiny members costs the square of this
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s;"']+)""", re.IGNORECASE)
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NOT_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body without its content codings; ``fault`` says what could not be undone."""

    data: bytes
    fault: str | None = None


def decode(body: bytes, headers: Headers) -> Decoded:
    """Undo gzip and deflate (RFC 9110, section 8.4), the last applied first, up to INFLATED_CAP bytes."""
    values = [value for name, value in headers if name.lower() == "content-encoding"]
    codings = [one.strip().lower() for one in ",".join(values).split(",") if one.strip()]
    if len(codings) > _MAX_CODINGS:
        return Decoded(body, f"The body has {len(codings)} content codings; it is shown as it came.")
    decoded = Decoded(body)
    for coding in reversed(codings):
        if decoded.fault or not decoded.data:
            break
        decoded = _undo(coding, decoded.data)
    return decoded


def text_of(data: bytes, content_type: str) -> str:
    """The text of a body in its Content-Type's charset, else UTF-8; bytes that do not fit show as ``\\xff``."""
    return data.decode(charset_of(content_type), "backslashreplace").removeprefix("\ufeff")


def charset_of(content_type: str) -> str:
    """The charset parameter of a media type where it names one that can be read, else ``utf-8``."""
    match = _CHARSET.search(content_type)
    if match is None:
        return "utf-8"
    try:
        name = codecs.lookup(match[1]).name
        b"a".decode(name, "replace")
    except (LookupError, ValueError):
        return "utf-8"
    return "utf-8" if name.replace("-", "_") in _NOT_CHARSETS else name


def is_json(content_type: str, text: str) -> bool:
    """Whether to show a body as JSON: its media type says so (also ``+json``), or it has none and looks like it."""
    media_type = content_type.partition(";")[0].strip().lower()
    if not media_type:
        return text.lstrip(" \t\r\n")[:1] in ("{", "[")
    return media_type.endswith(("/json", "+json"))


def readable(text: str) -> str:
    """``text`` with control and bidirectional characters written as escapes; tabs and line ends stay."""
    return _HIDDEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def content_type_of(headers: Headers) -> str:
    """The Content-Type field, empty where there is none."""
    return header(headers, "Content-Type") or ""


def _undo(coding: str, data: bytes) -> Decoded:
    if coding == "identity":
        return Decoded(data)
    if coding in ("gzip", "x-gzip"):
        return _inflate(data, zlib.MAX_WBITS | 16, coding)
    if coding == "deflate":
        # Some servers leave out the zlib header that RFC 9110, section 8.4.1.2, asks for.
        zlib_header = len(data) > 1 and data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0
        return _inflate(data, zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS, coding)
    return Decoded(data, f"The content coding “{coding}” is not known here; the body is shown as it came.")


def _inflate(data: bytes, window: int, coding: str) -> Decoded:
    """Decompress every member of a stream; what was made before a fault is kept."""
    made = bytearray()
    inflater = zlib.decompressobj(window)
    try:
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            while piece:
                if inflater.eof:
                    inflater = zlib.decompressobj(window)
                made += inflater.decompress(piece, INFLATED_CAP + 1 - len(made))
                if len(made) > INFLATED_CAP:
                    fault = f"Only the first {INFLATED_CAP >> 20} MB of the decoded body are shown."
                    return Decoded(bytes(made[:INFLATED_CAP]), fault)
                piece = inflater.unused_data
    except zlib.error:
        shown = "what came before is shown." if made else "it is shown as it came."
        return Decoded(bytes(made) or data, f"The {coding} data is damaged; {shown}")
    if not inflater.eof:
        return Decoded(bytes(made), f"The {coding} data ends too early; what could be decoded is shown.")
    return Decoded(bytes(made))
