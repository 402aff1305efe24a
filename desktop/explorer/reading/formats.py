"""What a body is, told by its media type and its first bytes, and in which forms it can be read."""

import enum
import re

from desktop.explorer.reading.content import media_type_of


class Format(enum.Enum):
    """What a body is; the value is the word that is shown."""

    JSON = "JSON"
    NDJSON = "NDJSON"
    XML = "XML"
    HTML = "HTML"
    CSS = "CSS"
    JAVASCRIPT = "JavaScript"
    FORM = "Form"
    CSV = "CSV"
    EVENTS = "Events"
    SVG = "SVG"
    IMAGE = "Image"
    TEXT = "Text"
    BINARY = "Binary"


class Form(enum.Enum):
    """One way to read a body; the value is the word on its button."""

    PRETTY = "Pretty"
    TREE = "Tree"
    TABLE = "Table"
    EVENTS = "Events"
    PREVIEW = "Preview"
    RAW = "Raw"
    HEX = "Hex"


_BY_TYPE = {
    "application/x-ndjson": Format.NDJSON,
    "application/ndjson": Format.NDJSON,
    "application/jsonl": Format.NDJSON,
    "application/x-jsonlines": Format.NDJSON,
    "application/json-seq": Format.NDJSON,
    "text/event-stream": Format.EVENTS,
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "text/css": Format.CSS,
    "text/javascript": Format.JAVASCRIPT,
    "application/javascript": Format.JAVASCRIPT,
    "application/x-javascript": Format.JAVASCRIPT,
    "application/x-www-form-urlencoded": Format.FORM,
    "text/csv": Format.CSV,
    "text/tab-separated-values": Format.CSV,
    "image/svg+xml": Format.SVG,
    "application/pdf": Format.BINARY,
    "application/zip": Format.BINARY,
    "application/gzip": Format.BINARY,
}
_FORMS = {
    Format.JSON: (Form.PRETTY, Form.TREE),
    Format.NDJSON: (Form.PRETTY,),
    Format.XML: (Form.PRETTY,),
    Format.HTML: (Form.PRETTY, Form.PREVIEW),
    Format.FORM: (Form.TABLE,),
    Format.CSV: (Form.TABLE,),
    Format.EVENTS: (Form.EVENTS,),
    Format.SVG: (Form.PREVIEW, Form.PRETTY),
    Format.IMAGE: (Form.PREVIEW,),
}
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"\0\0\1\0")
_TEXTUAL = re.compile(r"(?:text|message|multipart)/|application/(?:.+\+)?(?:yaml|toml|graphql|sql)\Z")
_BLANKS = b" \t\r\n\xef\xbb\xbf"


def format_of(content_type: str, start: bytes) -> Format:
    """What a body is; ``start`` is its first kilobyte or so, asked where the media type does not tell."""
    media_type = media_type_of(content_type)
    if known := _BY_TYPE.get(media_type):
        return known
    if media_type.endswith(("/json", "+json")):
        return Format.JSON
    if media_type.endswith(("/xml", "+xml")):
        return Format.XML
    if media_type.startswith("image/"):
        return Format.IMAGE
    if _TEXTUAL.match(media_type):
        return Format.TEXT
    return _sniffed(media_type, start)


def forms_of(kind: Format, size: int) -> tuple[Form, ...]:
    """The forms of a body of that many bytes, the best one first."""
    if size == 0:
        return (Form.EVENTS, Form.RAW) if kind is Format.EVENTS else (Form.RAW,)
    own = _FORMS.get(kind, ())
    return (*own, Form.HEX, Form.RAW) if kind is Format.BINARY else (*own, Form.RAW, Form.HEX)


def is_told(content_type: str) -> bool:
    """Whether the media type alone tells the format."""
    return format_of(content_type, b"\0") is format_of(content_type, b"a")


def is_stream(kind: Format) -> bool:
    """Whether a body of that format makes sense before it has ended."""
    return kind in (Format.EVENTS, Format.NDJSON, Format.TEXT, Format.CSV)


def _sniffed(media_type: str, start: bytes) -> Format:
    """What the first bytes look like, where there is no media type or one that says nothing."""
    lead = start.lstrip(_BLANKS)
    if not media_type and lead[:1] in (b"{", b"["):
        return Format.JSON
    if not media_type and lead[:1] == b"<":
        return Format.HTML if re.match(rb"<(?:!doctype\s+html|html)\b", lead, re.IGNORECASE) else Format.XML
    if start.startswith(_PICTURES):
        return Format.IMAGE
    if b"\0" in start or _is_not_text(start):
        return Format.BINARY
    return Format.TEXT


def _is_not_text(start: bytes) -> bool:
    """Whether more than one byte in twenty is a control character that texts do not have."""
    odd = sum(byte < 9 or 13 < byte < 27 or byte == 127 for byte in start)
    return odd * 20 > len(start)
