"""Where and how a chat window connects, as its user typed it."""

import enum
from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from desktop.widgets.proxy_choice import SYSTEM_PROXY

_UNCOUNTED = frozenset({"url", "name", "user", "password", "token"})


class ChatWish(enum.Enum):
    """When ``portside.chat.v1`` is offered and the name is added to the URL; AUTO: to local computers alone."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class AuthKind(enum.Enum):
    """How the handshake proves who sends it (RFC 7617, RFC 6750)."""

    NONE = "none"
    BASIC = "basic"
    BEARER = "bearer"


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """One header field of the handshake; it is sent while it is enabled."""

    name: str
    value: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """A connection as typed, variables and all; the defaults are those of a new window.

    ``subprotocols`` are separated by commas. ``origin`` is sent unless it is empty. ``cookies`` sends those of the jar
    and keeps what the handshake sets. ``proxy`` is SYSTEM_PROXY, NO_PROXY or the URL of one. ``verify`` checks the
    server's certificate; ``ca_file`` is trusted besides the system's authorities; ``client_cert`` and ``client_key``
    are PEM files. ``reconnect`` connects again after the connection was lost.
    """

    url: str
    name: str = ""
    headers: tuple[HeaderRow, ...] = ()
    subprotocols: str = ""
    chat: ChatWish = ChatWish.AUTO
    auth: AuthKind = AuthKind.NONE
    user: str = ""
    password: str = ""
    token: str = ""
    origin: str = ""
    cookies: bool = True
    proxy: str = SYSTEM_PROXY
    compression: bool = True
    verify: bool = True
    ca_file: str = ""
    client_cert: str = ""
    client_key: str = ""
    reconnect: bool = False

    @property
    def changed_options(self) -> int:
        """How many options besides URL and name are not at their default; authorization is one."""
        counted = (one for one in fields(self) if one.name not in _UNCOUNTED)
        return sum(getattr(self, one.name) != one.default for one in counted)

    def resolve(self, filled: Callable[[str], str]) -> "Target":
        """The same with every text put through ``filled``, which replaces the variables in it."""
        texts = {one.name: filled(text) for one in fields(self) if isinstance(text := getattr(self, one.name), str)}
        rows = tuple(HeaderRow(filled(row.name), filled(row.value), row.enabled) for row in self.headers)
        return replace(self, **texts, headers=rows)  # type: ignore[arg-type] # the names are those of text fields
