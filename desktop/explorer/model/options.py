"""How a request is sent, apart from what is sent."""

from dataclasses import dataclass

from desktop.widgets.proxy_choice import SYSTEM_PROXY


@dataclass(frozen=True, slots=True)
class Options:
    """The defaults are those of a request that says nothing.

    ``timeout`` bounds the whole exchange, ``connect_timeout`` finding the host, connecting and TLS; both in seconds,
    None is no bound. ``keep_method`` repeats POST as POST after 301, 302 and 303, too. ``verify`` checks the server's
    certificate; ``ca_file`` is trusted besides the system's authorities. ``client_cert`` and ``client_key`` are PEM
    files; the key may stand in the same file. ``proxy`` is SYSTEM_PROXY, NO_PROXY or the URL of one. ``log`` keeps
    the request in the history. ``comments`` sends the comments of a JSON body, too. ``without`` names the headers, in
    lower case, that are otherwise added to every request and are not to be.
    """

    timeout: float | None = None
    connect_timeout: float | None = 10.0
    follow: bool = True
    max_redirects: int = 20
    keep_method: bool = False
    verify: bool = True
    ca_file: str = ""
    client_cert: str = ""
    client_key: str = ""
    proxy: str = SYSTEM_PROXY
    keep_alive: bool = True
    cookies: bool = True
    log: bool = True
    comments: bool = True
    without: frozenset[str] = frozenset()
