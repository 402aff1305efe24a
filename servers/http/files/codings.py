"""Content codings: which one a client wants (RFC 9110, section 12.5.3), and the bytes in it."""

import gzip
import re
import sys
from collections.abc import Sequence
from functools import lru_cache

IDENTITY = "identity"
CODINGS = ("br", "zstd", "gzip")
"""What files are compressed with, the best first."""

SUFFIXES = {"br": ".br", "zstd": ".zst", "gzip": ".gz"}
"""The ending that the compressed form of a file has beside it."""

_ELEMENT = re.compile(r"[ \t]*([!#$%&'*+./^_`|~0-9A-Za-z-]+)((?:[ \t]*;[^;,]*)*)[ \t]*")
_WEIGHT = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)", re.ASCII)
_UNNAMED = 0.0005
"""The weight of identity where no element says it: less than any that can be written, but enough."""

_TYPES = {
    "application/javascript", "application/json", "application/manifest+json", "application/wasm", "application/xml",
    "application/x-ndjson", "font/otf", "font/ttf", "image/bmp", "image/vnd.microsoft.icon",
}  # fmt: skip


def is_compressible(content_type: str) -> bool:
    """Whether content of this type becomes much smaller."""
    name = content_type.partition(";")[0]
    return name.startswith("text/") or name in _TYPES or name.endswith(("+xml", "+json"))


@lru_cache(maxsize=256)
def weights(value: str) -> dict[str, float]:
    """The elements of a list with weights (section 12.4.2), in lower case; malformed elements do not count."""
    found = {}
    for element in value.split(","):
        match = _ELEMENT.fullmatch(element)
        weight = _weight(match[2]) if match is not None else None
        if match is not None and weight is not None:
            found[match[1].lower()] = weight
    return found


def _weight(parameters: str) -> float | None:
    for parameter in parameters.split(";")[1:]:
        name, _, value = parameter.strip(" \t").partition("=")
        if name.lower() == "q":
            return float(value) if _WEIGHT.fullmatch(value) else None
    return 1.0


@lru_cache(maxsize=256)
def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """The coding that the client likes best, the first of equals; None when it accepts none of ``offers``.

    ``accept`` is the Accept-Encoding field; a client that sends none gets the bytes as they are.
    """
    if accept is None:
        return IDENTITY
    wanted = weights(accept)
    if "x-gzip" in wanted:  # section 8.4.1.3
        wanted = {"gzip": wanted["x-gzip"]} | wanted
    best = max(offers, key=lambda offer: _weight_of(offer, wanted), default=None)
    return best if best is not None and _weight_of(best, wanted) > 0 else None


def _weight_of(offer: str, wanted: dict[str, float]) -> float:
    return wanted.get(offer, wanted.get("*", _UNNAMED if offer == IDENTITY else 0.0))


def compress(data: bytes, coding: str) -> bytes:
    """The bytes in a coding of CODINGS; what takes long, so that callers do it in a thread."""
    if coding == "gzip":
        return gzip.compress(data, 6, mtime=0)
    if coding == "br":
        import brotli

        packed: bytes = brotli.compress(data, quality=5)
        return packed
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd.compress(data, 6)
