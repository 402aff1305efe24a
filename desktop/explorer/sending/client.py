"""Sends requests, and hands back each response whole; every attempt becomes one record."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.explorer.model.auth import Digest, OAuth2
from desktop.explorer.model.prepared import PreparedRequest
from desktop.explorer.sending.cookies import CookieJar
from desktop.explorer.sending.digest import Digests
from desktop.explorer.sending.journey import Journey
from desktop.explorer.sending.proofs import DigestProof, Proof, TokenProof
from desktop.explorer.sending.reply import Reply, Timing, Watch
from servers.recorder import Recorder

if TYPE_CHECKING:
    from desktop.explorer.sending.attempt import Sessions
    from desktop.explorer.sending.oauth import Tokens

__all__ = ["Client", "Reply", "Timing", "Watch"]


class Client:
    """Sends to any server over connections that are kept alive; close it at the end.

    ``folder`` takes the bodies that are too long for memory. With a ``jar``, cookies are kept and sent, unless a
    request has a Cookie header or says no. ``open_url`` shows a page in the user's browser, to sign in (RFC 8252).
    The certificate at ``authority`` is trusted from when it is there.
    """

    def __init__(
        self,
        recorder: Recorder,
        folder: Path | None = None,
        *,
        jar: CookieJar | None = None,
        open_url: Callable[[str], None] | None = None,
        authority: Path | None = None,
    ) -> None:
        self.jar = jar
        self._recorder = recorder
        self._folder = folder
        self._open_url = open_url
        self._authority = authority
        self._sessions: Sessions | None = None
        self._digests = Digests()
        self._tokens: Tokens | None = None

    async def send(self, request: PreparedRequest, watch: Watch | None = None) -> Reply:
        """Send, follow, and wait for the last response. A failure is a Reply, too; only CancelledError is raised."""
        journey = Journey(self._attempt, self.jar, watch)
        return await journey.run(request, self._proof(request, journey))

    async def close(self) -> None:
        """Close every connection. A request that is sent afterwards opens new ones."""
        sessions, self._sessions = self._sessions, None
        if sessions is not None:
            await sessions.close()

    async def _attempt(self, request: PreparedRequest, watch: Watch | None) -> Reply:
        from desktop.explorer.sending.attempt import Sessions, attempt

        if self._sessions is None:
            self._sessions = Sessions(self._authority)
        return await attempt(request, self._sessions, self._recorder.append, watch, self._folder)

    def _proof(self, request: PreparedRequest, journey: Journey) -> Proof | None:
        auth = request.auth
        if isinstance(auth, Digest):
            return DigestProof(auth, self._digests, journey.note)
        if isinstance(auth, OAuth2):
            from desktop.explorer.sending.oauth import Tokens

            if self._tokens is None:
                self._tokens = Tokens(self._open_url)
            return TokenProof(auth, self._tokens, journey.ask, journey.note)
        return None
