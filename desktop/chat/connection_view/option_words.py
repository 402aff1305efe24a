"""The words of the options of a connection."""

from desktop.chat.target import AuthKind, ChatWish
from servers.chat_protocol import SUBPROTOCOL

ROWS = {
    "subprotocols": "Subprotocols",
    "chat": "Portside chat",
    "auth": "Authorization",
    "user": "User",
    "password": "Password",
    "token": "Token",
    "origin": "Origin",
    "cookies": "Cookies",
    "compression": "Compression",
    "reconnect": "Reconnect",
    "proxy": "Proxy",
    "verify": "TLS",
    "ca_file": "Further authority",
    "client_cert": "Client certificate",
    "client_key": "Client key",
}
"""What stands beside the field of each option but the headers, from top to bottom."""

BOXES = {
    "cookies": "Send and keep cookies",
    "compression": "Compress messages",
    "reconnect": "Connect again after a loss",
    "verify": "Check the server’s certificate",
}
SECRETS = ("password", "token")
FILES = ("ca_file", "client_cert", "client_key")
PEM = "PEM files (*.pem *.crt *.cer *.key);;All files (*)"
HINTS = {"subprotocols": "none, or such as chat, superchat", "origin": "none, or such as https://example.com"}

CHAT = {
    ChatWish.AUTO: (
        "Automatic",
        f"Servers on this computer and the local network are offered {SUBPROTOCOL}, with your name in the URL; others "
        "get neither.",
    ),
    ChatWish.ALWAYS: ("Always", f"Every server is offered {SUBPROTOCOL}, with your name in the URL."),
    ChatWish.NEVER: ("Never", f"{SUBPROTOCOL} is not offered, and your name is not told: a plain client."),
}
AUTH = {
    AuthKind.NONE: ("None", ""),
    AuthKind.BASIC: (
        "Basic",
        "User and password go along in Base64, which is no protection: use wss (RFC 7617).",
    ),
    AuthKind.BEARER: ("Bearer token", "Goes along as “Authorization: Bearer …” (RFC 6750)."),
}
"""Each choice in a word and in a sentence."""

NEEDED: dict[AuthKind, tuple[str, ...]] = {
    AuthKind.NONE: (),
    AuthKind.BASIC: ("user", "password"),
    AuthKind.BEARER: ("token",),
}
"""The options that each kind of authorization has."""

TIPS = {
    "chat": f"{SUBPROTOCOL} is how Portside’s server says who broadcasts, who replies and who is there",
    "cookies": "Those of the cookie jar that the explorer has, too. On by default.",
    "compression": "Offers permessage-deflate (RFC 7692); the server may decline. On by default.",
    "verify": "Without it anybody in between can read and change everything. On by default.",
    "reconnect": "With growing pauses; nothing is sent twice. Off by default.",
}
HEADERS = (
    "Accept-Language",
    "Authorization",
    "Cache-Control",
    "Cookie",
    "Forwarded",
    "Host",
    "Origin",
    "Pragma",
    "Referer",
    "Sec-Fetch-Mode",
    "Sec-Fetch-Site",
    "User-Agent",
    "X-API-Key",
    "X-CSRF-Token",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Request-ID",
)
"""The names of headers that are offered while one is typed; any other can be typed."""
