"""Takes a multipart body (RFC 2046, section 5.1; RFC 7578) apart while it arrives; holds one part's head at most."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from email.utils import collapse_rfc2231_value

MAX_HEAD = 16 * 1024
"""Bytes that the header fields of one part may have."""

MAX_PARTS = 1000
_MAX_BOUNDARY = 70


class MultipartError(ValueError):
    """The body is not what its Content-Type says; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Part:
    """The head of a part; ``filename`` and ``content_type`` are None where the part does not give them."""

    name: str
    filename: str | None
    content_type: str | None


class Splitter:
    """Fed with the body in pieces of any size, it gives a Part where one begins, and then its content in pieces."""

    def __init__(self, content_type: str) -> None:
        header = Message()
        header["Content-Type"] = content_type
        boundary = header.get_boundary() or ""
        if not (boundary.isascii() and 0 < len(boundary) <= _MAX_BOUNDARY):
            raise MultipartError("A multipart body needs a boundary of 1 to 70 ASCII characters in its Content-Type.")
        self._delimiter = b"\r\n--" + boundary.encode()
        self._held = bytearray(b"\r\n")  # the first delimiter may open the body, without a line end before it
        self._parts = 0
        self._in_head = False
        self._ended = False

    def feed(self, data: bytes) -> Iterator[Part | bytes]:
        """What ``data`` completes. Raises MultipartError."""
        self._held += data
        while not self._ended:
            if self._in_head:
                part = self._take_head()
                if part is None:
                    return
                yield part
            else:
                content, more = self._take_content()
                if content and self._parts:  # what stands before the first delimiter is a preamble
                    yield content
                if not more:
                    return
        self._held.clear()

    def finish(self) -> None:
        """Raise MultipartError where the body ended too early."""
        if not self._ended:
            raise MultipartError("The multipart body ends before its closing boundary.")

    def _take_head(self) -> Part | None:
        end = self._held.find(b"\r\n\r\n")
        if max(end, 0) > MAX_HEAD or (end < 0 and len(self._held) > MAX_HEAD):
            raise MultipartError(f"A part has more than {MAX_HEAD:,} bytes of header fields.")
        if end < 0:
            return None
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise MultipartError(f"The body has more than {MAX_PARTS:,} parts.")
        head = bytes(self._held[2:end])
        del self._held[: end + 4]
        self._in_head = False
        return _read_head(head)

    def _take_content(self) -> tuple[bytes, bool]:
        """Content as far as it surely is content, and whether a delimiter was found behind it."""
        at = self._held.find(self._delimiter)
        found = at >= 0 and self._take_delimiter(at + len(self._delimiter))
        if at < 0:
            at = max(0, len(self._held) - len(self._delimiter) + 1)
        content = bytes(self._held[:at])
        del self._held[: at + len(self._delimiter) if found else at]
        return content, found

    def _take_delimiter(self, end: int) -> bool:
        """Whether the delimiter that ends at ``end`` is there with what must follow it."""
        following = bytes(self._held[end : end + 2])
        if len(following) < 2:
            return False
        if following not in {b"--", b"\r\n"}:
            raise MultipartError("A boundary of the multipart body is not followed by a line end.")
        self._ended = following == b"--"
        self._in_head = not self._ended
        return True


def _read_head(head: bytes) -> Part:
    fields = HeaderParser().parsestr(head.decode("utf-8", "replace"))
    name = fields.get_param("name", "", header="content-disposition")
    return Part(collapse_rfc2231_value(name or ""), fields.get_filename(), fields.get("Content-Type"))
