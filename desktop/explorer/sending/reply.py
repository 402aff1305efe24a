"""What sending a request brought, so far or in the end."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.explorer.model.prepared import PreparedRequest
from desktop.explorer.sending.blob import Blob
from servers.exchange import Exchange

Watch = Callable[["Reply"], None]
"""Takes the reply so far: when its head has come, and then now and then while its body grows."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Nanoseconds that each step took, one after the other; 0 for what a kept connection saves."""

    dns: int = 0
    connect: int = 0
    tls: int = 0
    send: int = 0
    wait: int = 0
    receive: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What an attempt brought.

    ``exchange.error`` is a sentence where there was no response, or where its body broke off. ``body`` is the body as
    it came, without chunk framing; ``decoded`` is the same without its content codings, the same object where there
    are none. ``fault`` is a sentence where they could not be undone, or not to the end. ``finished`` is False while
    the body still grows. ``hops`` are the replies that led here, the oldest first: redirects, and challenges that
    were answered. ``notes`` are sentences about what was done on the way, such as a token that was fetched.
    """

    request: PreparedRequest
    exchange: Exchange
    body: Blob
    decoded: Blob
    timing: Timing = Timing()
    fault: str = ""
    finished: bool = True
    hops: "tuple[Reply, ...]" = ()
    notes: tuple[str, ...] = ()
