"""From the bytes of a body to text for reading: charset, and characters that would fool the reader."""

import codecs
import re

from servers.exchange import Headers, header

CHARSETS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii", "iso8859-1", "iso8859-2", "iso8859-15", "cp1250", "cp1251",
    "cp1252", "koi8-r", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
)  # fmt: skip
"""The charsets that are offered in place of the one that a response names."""

_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s;"']+)""", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAID = re.compile(rb"""<\?xml[^>]*\sencoding=["']([\w-]+)|<meta[^>]*\scharset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb]"
)
_NOT_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"})


def text_of(data: bytes, content_type: str) -> str:
    """The text of a body in its Content-Type's charset, else UTF-8; bytes that do not fit show as ``\\xff``."""
    return text_in(data, charset_of(content_type))


def text_in(data: bytes, charset: str) -> str:
    """The text of a body in a charset that can be read; bytes that do not fit show as ``\\xff``."""
    return data.decode(charset, "backslashreplace").removeprefix("\ufeff")


def charset_for(content_type: str, start: bytes) -> str:
    """The charset by a byte order mark, the media type, or what the text says of itself; else ``utf-8``."""
    for mark, charset in _MARKS:
        if start.startswith(mark):
            return charset
    said = _SAID.search(start[:1024])
    if said is not None and _CHARSET.search(content_type) is None:
        return charset_of(f"text/plain; charset={(said[1] or said[2]).decode()}")
    return charset_of(content_type)


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


def media_type_of(content_type: str) -> str:
    """The type and subtype alone, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def readable(text: str) -> str:
    """``text`` with control and bidirectional characters written as escapes; tabs and line ends stay."""
    return _HIDDEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def content_type_of(headers: Headers) -> str:
    """The Content-Type field, empty where there is none."""
    return header(headers, "Content-Type") or ""
