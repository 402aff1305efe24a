"""What to answer to a request that cannot be read, and one line about it for the log."""

import logging
import re
from time import monotonic

from aiohttp.http_exceptions import BadHttpMethod, HttpProcessingError, LineTooLong

from servers.guard import Refusal

MAX_TARGET = 8 * 1024
"""Bytes that the target in a request line may have (RFC 9112, section 3, asks for 8,000 and more)."""

MAX_HEAD = 32 * 1024
"""Bytes that all header fields of a request, and so any one of them, may have."""

MAX_FIELDS = 128
"""Header fields that a request may have."""

QUIET = 1.0
"""Seconds that pass between two lines about malformed requests; those in between are counted."""

_METHOD = re.compile(r"""b['"][!#$%&'*+.^_`|~0-9A-Za-z-]+ \S+ HTTP/1\.[01]['"]""")
_VERSION = re.compile(r"""b['"][!#$%&'*+.^_`|~0-9A-Za-z-]+ \S+ HTTP/[0-9]\.[0-9]['"]""")


def fault(status: int, detail: str) -> HttpProcessingError:
    """A fault that aiohttp's parser does not find; ``detail`` is a sentence for the client."""
    return HttpProcessingError(code=status, message=detail)


def wrong_version() -> HttpProcessingError:
    """Any version but 1.0 and 1.1."""
    return fault(400, "This server speaks HTTP/1.1.")


def too_large() -> HttpProcessingError:
    """Header fields beyond MAX_HEAD or MAX_FIELDS."""
    return fault(431, f"A request may have {MAX_FIELDS} header fields, and {MAX_HEAD:,} bytes in all of them.")


def unknown_coding() -> HttpProcessingError:
    """A Transfer-Encoding that is not exactly chunked (RFC 9112, section 6.1)."""
    return fault(501, "This server knows no transfer coding but chunked.")


def refusal_of(error: HttpProcessingError) -> Refusal:
    """What to answer; of what aiohttp's parser refused, its message alone tells what it was."""
    if type(error) is not HttpProcessingError:
        error = _told(error, error.message)
    return Refusal(error.code, error.message, {"Connection": "close"})


def _told(error: HttpProcessingError, message: str) -> HttpProcessingError:
    if isinstance(error, LineTooLong):
        is_target = error.args[1] == MAX_TARGET
        return fault(414, f"The target is longer than {MAX_TARGET:,} bytes.") if is_target else too_large()
    if isinstance(error, BadHttpMethod) and _METHOD.search(message):
        return fault(501, "This server does not know the request's method.")
    if message.startswith("Too many headers"):
        return too_large()
    if "Request has invalid `Transfer-Encoding`" in message:
        return unknown_coding()
    if "Invalid HTTP version" in message and _VERSION.search(message):
        return wrong_version()
    return fault(400, "The request is not well-formed HTTP.")


class Quiet:
    """Logs at most one line in QUIET seconds, and with the next one how many were left out."""

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger
        self._next = 0.0
        self._left_out = 0

    def log(self, remote: str, error: BaseException) -> None:
        """Say who sent something malformed, and what is wrong with it; the logger cuts and escapes that."""
        now = monotonic()
        if now < self._next:
            self._left_out += 1
            return
        others = f" ({self._left_out:,} others were not logged)" if self._left_out else ""
        self._next, self._left_out = now + QUIET, 0
        what = " ".join(str(getattr(error, "message", error)).split())
        self._logger.info("Malformed request from %s%s: %s", remote, others, what)
