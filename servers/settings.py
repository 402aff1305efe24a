"""The typed settings of the three servers."""

import enum
from dataclasses import dataclass
from pathlib import Path


class Mode(enum.Enum):
    """What the WebSocket server does with a message; the value is the word of the command line."""

    ECHO = "echo"
    VERBATIM = "verbatim"
    BROADCAST = "broadcast"
    BROADCAST_REPLY = "broadcast-reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """Where a server listens; ``localhost`` means both loopback addresses, port 0 any free port."""

    host: str = "localhost"
    port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSettings(Listen):
    """``root`` is the folder to serve; None means the bundled sites."""

    port: int = 8001
    root: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestSettings(Listen):
    """``max_body`` bounds a request body, in bytes."""

    port: int = 5000
    max_body: int = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSocketSettings(Listen):
    """``max_message`` bounds a message and ``max_pending`` what may wait for a client that does not read, in bytes."""

    port: int = 8002
    mode: Mode = Mode.BROADCAST_REPLY
    max_message: int = 1024 * 1024
    max_pending: int = 4 * 1024 * 1024
    max_clients: int = 1000
