"""Keeps the trailer section of a chunked body (RFC 9112, section 7.1.2) out of the request that comes after it.

aiohttp's parser takes the last field of a trailer section for the first header field of the next request.
"""

from aiohttp.http import RawRequestMessage
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.http_parser import HttpParser

_END = b"\r\n0\r\n\r\n"
_PROBE = b"GET / HTTP/1.1\r\n\r\n"


class Tail:
    """The last bytes that came of a chunked body."""

    __slots__ = ("_bytes",)

    def __init__(self) -> None:
        self._bytes = b""

    def add(self, data: bytes) -> None:
        """Bytes as they came over the wire."""
        self._bytes = (self._bytes + data[-len(_END) :])[-len(_END) :]

    @property
    def has_no_trailer(self) -> bool:
        """Whether a body that is complete ended with its last chunk, and nothing came behind it."""
        return self._bytes == _END


def brought_host(parser: "HttpParser[RawRequestMessage]") -> bool:
    """Whether a trailer section brought a Host, which belongs to the header; the parser is of no use afterwards."""
    try:
        messages, _, _ = parser.feed_data(_PROBE)
    except HttpProcessingError:  # as it must be: without a leftover the probe has no Host
        return False
    return len(messages) == 1 and len(messages[0][0].raw_headers) == 1
