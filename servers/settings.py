"""The typed settings of the three servers."""

import enum
from dataclasses import dataclass, field
from pathlib import Path


class Mode(enum.Enum):
    """What the WebSocket server does with a message; the value is the word of the command line."""

    ECHO = "echo"
    VERBATIM = "verbatim"
    BROADCAST = "broadcast"
    BROADCAST_REPLY = "broadcast-reply"


class Overflow(enum.Enum):
    """What becomes of a client that does not read what it is sent, once its queue is full."""

    CLOSE = "close"
    DROP_OLDEST = "drop-oldest"


class Cors(enum.Enum):
    """Whose pages may read answers and send changes: pages of this computer's loopback origins, of any, or of none."""

    OFF = "off"
    LOCAL = "local"
    ANY = "any"


class Caching(enum.Enum):
    """What browsers may do with a file that they have got (RFC 9111, section 5.2.2); the value is the setting's."""

    REVALIDATE = "revalidate"
    HOUR = "hour"
    YEAR = "year"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """Where a server listens; ``localhost`` means both loopback addresses, port 0 any free port.

    With ``tls`` it speaks https or wss, under a certificate of the local authority (``servers.tls``).
    """

    host: str = "localhost"
    port: int
    tls: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings(Listen):
    """What the HTTP and the REST server have in common; ``cors`` counts from the next request on."""

    cors: Cors = Cors.OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSettings(WebSettings):
    """What is served and how; all of it counts from the next request on.

    ``root`` is the folder to serve; None means the bundled sites. ``listing`` shows what is in folders without an
    ``index.html``. With ``spa``, paths that no file has get the site's ``index.html``. With ``live_reload``, pages load
    again when a file of the site changes. ``compression`` is negotiated (RFC 9110, section 12.5.3). ``uploads`` lets
    clients add files, at most ``max_upload`` bytes with one request. A ``user`` has to be named with every request,
    with the ``password`` (Basic, RFC 7617); empty where nobody has to.
    """

    port: int = 8001
    root: Path | None = None
    listing: bool = True
    spa: bool = False
    live_reload: bool = False
    compression: bool = True
    cache: Caching = Caching.REVALIDATE
    uploads: bool = False
    max_upload: int = 1024 * 1024 * 1024
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestSettings(WebSettings):
    """``max_body`` bounds a request body, in bytes; the others change what is answered, from the next request on.

    With ``require_match``, changes need If-Match (RFC 6585, section 3). Every answer waits ``latency`` milliseconds, or
    a random time from there to ``latency_to`` where that is greater. A ``token`` must come with every request as a
    bearer token (RFC 6750, section 2.1); empty where none is required.
    """

    port: int = 5000
    max_body: int = 1024 * 1024
    read_only: bool = False
    require_match: bool = False
    latency: int = 0
    latency_to: int = 0
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSocketSettings(Listen):
    """What may change while clients are connected counts from the next message, or the next connection.

    The sender gets its own broadcast, too, if ``to_sender``. ``compression`` offers permessage-deflate (RFC 7692).
    ``null_origin`` lets in pages whose origin is ``null`` while the server is bound to this computer.
    ``max_message`` bounds a message and ``max_pending`` what may wait for a client that does not read, in bytes; what
    is over that ends as ``overflow`` says. ``max_rate`` bounds the messages a second that one client may send; 0 is no
    bound. Clients are pinged every ``ping_interval`` seconds (0: never) and cut when they do not answer for as long.
    """

    port: int = 8002
    mode: Mode = Mode.BROADCAST_REPLY
    to_sender: bool = True
    compression: bool = True
    null_origin: bool = False
    max_message: int = 1024 * 1024
    max_pending: int = 4 * 1024 * 1024
    overflow: Overflow = Overflow.CLOSE
    max_clients: int = 4000
    max_rate: int = 0
    ping_interval: int = 20
