"""The header names and values that are offered while typing; any other can be typed."""

import re

from desktop.explorer.model.request import METHODS

NAMES = (
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Accept-Language",
    "Access-Control-Request-Headers",
    "Access-Control-Request-Method",
    "Authorization",
    "Cache-Control",
    "Connection",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Language",
    "Content-Length",
    "Content-Location",
    "Content-Range",
    "Content-Type",
    "Cookie",
    "Date",
    "DNT",
    "Expect",
    "Forwarded",
    "From",
    "Host",
    "Idempotency-Key",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Keep-Alive",
    "Last-Event-ID",
    "Link",
    "Max-Forwards",
    "Origin",
    "Pragma",
    "Prefer",
    "Priority",
    "Proxy-Authorization",
    "Range",
    "Referer",
    "Sec-Fetch-Dest",
    "Sec-Fetch-Mode",
    "Sec-Fetch-Site",
    "Sec-Fetch-User",
    "Sec-GPC",
    "Slug",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
    "Upgrade-Insecure-Requests",
    "User-Agent",
    "Via",
    "X-API-Key",
    "X-CSRF-Token",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-HTTP-Method-Override",
    "X-Request-ID",
    "X-Requested-With",
)
"""Names for requests, most of them from IANA's registry of HTTP field names (RFC 9110, section 18.4)."""

_MEDIA_TYPES = (
    "application/cbor",
    "application/graphql-response+json",
    "application/javascript",
    "application/json",
    "application/json-patch+json",
    "application/ld+json",
    "application/merge-patch+json",
    "application/msgpack",
    "application/octet-stream",
    "application/pdf",
    "application/problem+json",
    "application/vnd.api+json",
    "application/x-ndjson",
    "application/x-www-form-urlencoded",
    "application/x-yaml",
    "application/xhtml+xml",
    "application/xml",
    "application/zip",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/svg+xml",
    "image/webp",
    "multipart/form-data",
    "multipart/mixed",
    "text/css",
    "text/csv",
    "text/event-stream",
    "text/html",
    "text/javascript",
    "text/markdown",
    "text/plain",
    "text/xml",
)
_CODINGS = ("gzip", "deflate", "br", "zstd", "identity")
_LANGUAGES = ("de", "en", "en-GB", "en-US", "es", "fr", "it", "ja", "pt-BR", "zh-CN")
_CHARSETS = ("utf-8", "iso-8859-1", "us-ascii", "windows-1252", "utf-16")
_WEIGHTS = ("q=0.9", "q=0.8", "q=0.5", "q=0.1", "q=0")

_VALUES = {
    "accept": ("*/*", *_MEDIA_TYPES),
    "accept-charset": _CHARSETS,
    "accept-encoding": (*_CODINGS, "*"),
    "accept-language": (*_LANGUAGES, "*"),
    "access-control-request-method": METHODS,
    "authorization": ("Basic ", "Bearer ", "Digest "),
    "cache-control": (
        "max-age=0",
        "max-stale",
        "min-fresh=0",
        "no-cache",
        "no-store",
        "no-transform",
        "only-if-cached",
    ),
    "connection": ("close", "keep-alive", "Upgrade"),
    "content-disposition": ("attachment", "form-data", "inline"),
    "content-encoding": _CODINGS,
    "content-language": _LANGUAGES,
    "content-type": _MEDIA_TYPES,
    "dnt": ("0", "1"),
    "expect": ("100-continue",),
    "if-match": ("*",),
    "if-none-match": ("*",),
    "origin": ("http://localhost", "null"),
    "pragma": ("no-cache",),
    "prefer": ("handling=lenient", "handling=strict", "respond-async", "return=minimal", "return=representation"),
    "priority": ("u=0", "u=1", "u=7", "i"),
    "range": ("bytes=0-", "bytes=0-99", "bytes=-100"),
    "sec-fetch-dest": ("document", "empty", "image", "script", "style"),
    "sec-fetch-mode": ("cors", "navigate", "no-cors", "same-origin", "websocket"),
    "sec-fetch-site": ("cross-site", "none", "same-origin", "same-site"),
    "sec-fetch-user": ("?1",),
    "sec-gpc": ("1",),
    "te": ("trailers",),
    "transfer-encoding": ("chunked",),
    "upgrade": ("websocket", "h2c"),
    "upgrade-insecure-requests": ("1",),
    "x-forwarded-proto": ("http", "https"),
    "x-http-method-override": METHODS,
    "x-requested-with": ("XMLHttpRequest",),
}
_PARAMETERS = {
    "accept": (*_WEIGHTS, "charset=utf-8"),
    "accept-charset": _WEIGHTS,
    "accept-encoding": _WEIGHTS,
    "accept-language": _WEIGHTS,
    "content-disposition": ('filename="', 'name="'),
    "content-type": (*(f"charset={one}" for one in _CHARSETS), "boundary="),
}
_WORD = re.compile(r"(^|[,;])[ \t]*([^,;]*)\Z")


def names(before: str) -> tuple[int, tuple[str, ...]]:
    """Where the word begins that stands before the cursor in a name, and the words that can stand there."""
    return 0, NAMES


def values(name: str, before: str) -> tuple[int, tuple[str, ...]]:
    """The same for the value of the header ``name``: after a semicolon parameters, else members of its list."""
    word = _WORD.search(before)
    if word is None:
        return 0, ()
    known = _PARAMETERS if word[1] == ";" else _VALUES
    return word.start(2), known.get(name.strip().lower(), ())
