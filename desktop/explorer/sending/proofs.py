"""Adds to a request who sends it, where that can only be known while sending, and answers a 401."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from desktop.explorer.model.auth import Digest, OAuth2
from desktop.explorer.model.prepared import PreparedRequest
from desktop.explorer.sending.digest import Digests, challenges
from desktop.explorer.sending.reply import Reply
from servers.logs import visible

if TYPE_CHECKING:
    from desktop.explorer.sending.oauth import Ask, Tokens
    from desktop.explorer.sending.tokens import Token

Note = Callable[[str], None]
"""Takes a sentence about what was done on the way."""

_ANSWERS = 3
_LONGEST = 40


class Proof(Protocol):
    """How the requests of one send are signed, and what is done when a server refuses that."""

    async def header_for(self, request: PreparedRequest) -> str | None:
        """The value of the Authorization header; None for none yet. Raises NoToken."""

    def learn(self, reply: Reply) -> None:
        """Take over what a reply says for the requests to come."""

    async def answers(self, refused: Reply) -> bool:
        """Whether the request should be sent again after a 401."""


class DigestProof:
    """Answers challenges (RFC 7616): a new one once, and again only where the nonce was stale."""

    def __init__(self, auth: Digest, digests: Digests, note: Note) -> None:
        self._auth = auth
        self._digests = digests
        self._note = note
        self._answered = 0

    async def header_for(self, request: PreparedRequest) -> str | None:
        """The answer to the last challenge of this server, if there was one."""
        return self._digests.header_for(self._auth, request.method, request.target)

    def learn(self, reply: Reply) -> None:
        """Take over the next nonce; after a success, another challenge may come."""
        if reply.exchange.status != 401:
            self._answered = 0
        self._digests.note(self._auth, reply.request.target, reply.exchange.response_headers)

    async def answers(self, refused: Reply) -> bool:
        """Learn the challenge, and say why if it is not answered."""
        target, headers = refused.request.target, refused.exchange.response_headers
        challenge = self._digests.learn(self._auth, target, headers)
        if challenge is None:
            asked = challenges(headers)
            self._note(
                _unanswerable(asked[0]) if asked else "The server did not ask for Digest, so nothing was answered."
            )
            return False
        stale = challenge.get("stale", "").lower() == "true"
        if (self._answered and not stale) or self._answered >= _ANSWERS:
            self._digests.forget(self._auth, target)
            self._note("The server did not accept this user name and password (Digest).")
            return False
        self._answered += 1
        return True


def _unanswerable(challenge: dict[str, str]) -> str:
    asked = ", ".join(
        f"{name}={visible(challenge[name][:_LONGEST])}" for name in ("algorithm", "qop") if name in challenge
    )
    return f"The server's Digest challenge cannot be answered ({asked or 'it has no nonce that can be sent back'})."


class TokenProof:
    """Sends a bearer token; one that was kept from before and is refused is replaced once."""

    def __init__(self, auth: OAuth2, tokens: "Tokens", ask: "Ask", note: Note) -> None:
        self._auth = auth
        self._tokens = tokens
        self._ask = ask
        self._note = note
        self._token: Token | None = None
        self._is_new = False

    async def header_for(self, request: PreparedRequest) -> str | None:
        """The token, fetched if need be."""
        if self._token is None:
            self._token, self._is_new = await self._tokens.get(self._auth, request.options, self._ask, self._note)
        return f"Bearer {self._token.access}"

    def learn(self, reply: Reply) -> None:
        """Nothing: a reply says nothing about a token."""

    async def answers(self, refused: Reply) -> bool:
        """Have a new token fetched, unless this one is new."""
        if self._token is None or self._is_new:
            self._note("The service did not accept the token, which was fetched just now.")
            return False
        self._tokens.expire(self._auth, self._token)
        self._token = None
        self._note("The service did not accept the token from before, so another was asked for.")
        return True
