"""Reads the answer of a token endpoint (RFC 6749, section 5), whatever a server makes of it."""

import json
import re
import time
from dataclasses import dataclass
from urllib.parse import parse_qsl

from desktop.explorer.sending.reply import Reply
from servers.logs import visible

_EARLY = 10.0
_UNSENDABLE = re.compile(r"[^ -~]")  # RFC 6749, appendix A.12
_LONGEST = 64 * 1024
_SHOWN = 200


class NoToken(Exception):
    """There is no token to send; its text is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token; ``expires`` is in seconds since 1970, some seconds early, None where the server told no end."""

    access: str
    expires: float | None = None
    refresh: str = ""

    @property
    def expired(self) -> bool:
        """Whether it should not be sent any more."""
        return self.expires is not None and self.expires <= time.time()


def read_token(reply: Reply) -> Token:
    """The token in the answer of a token endpoint. Raises NoToken with the endpoint's own words."""
    exchange = reply.exchange
    endpoint = (
        f"{reply.request.target.scheme}://{reply.request.target.authority}{reply.request.target.path.partition('?')[0]}"
    )
    if exchange.error is not None:
        raise NoToken(f"No token came from {endpoint}. {exchange.error}")
    text = reply.decoded.read(0, _LONGEST).decode("utf-8", "replace")
    fields = _fields(text)
    access = fields.get("access_token")
    if exchange.status // 100 != 2 or "error" in fields or not isinstance(access, str) or not access:
        raise NoToken(f"{endpoint} gave no token: {_words(exchange.status, exchange.reason, fields, text)}")
    kind = fields.get("token_type", "Bearer")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        shown = kind if isinstance(kind, str) else json.dumps(kind)
        raise NoToken(f"{endpoint} gave a token of the type “{_shown(shown)}”; the explorer can send bearer tokens.")
    if _UNSENDABLE.search(access):
        raise NoToken(f"{endpoint} gave a token that cannot be sent: it has control or foreign characters.")
    refresh = fields.get("refresh_token")
    return Token(access, _expiry(fields.get("expires_in")), refresh if isinstance(refresh, str) else "")


def _fields(text: str) -> dict[str, object]:
    """The members of the JSON object; of a form, as some servers send it; else none."""
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        return dict(parse_qsl(text, max_num_fields=None)) if text.startswith(("access_token=", "error=")) else {}
    return parsed if isinstance(parsed, dict) else {}


def _words(status: int, reason: str, fields: dict[str, object], text: str) -> str:
    """What the server said, in a sentence."""
    error, description = fields.get("error"), fields.get("error_description")
    said = ", ".join(f"“{_shown(one)}”" for one in (error, description) if one and isinstance(one, str))
    if not said:
        said = f"“{_shown(text)}”" if text.strip() else "nothing"
    return f"status {status} {visible(reason)}".rstrip() + f", and in words {said}."


def _shown(text: str) -> str:
    line = visible(" ".join(text[: _SHOWN * 4].split()))
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _expiry(seconds: object) -> float | None:
    try:
        return time.time() + float(seconds) - _EARLY  # type: ignore[arg-type] # whatever the server sent
    except (TypeError, ValueError, OverflowError):
        return None
