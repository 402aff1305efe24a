"""Sends one request with all that this may take: sign-in, cookies, challenges and redirects."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

from desktop.explorer.model.body import size_of, start_of
from desktop.explorer.model.prepared import InvalidRequest, PreparedRequest, checked_header
from desktop.explorer.sending.blob import Blob
from desktop.explorer.sending.cookies import CookieJar
from desktop.explorer.sending.proofs import Proof
from desktop.explorer.sending.redirects import REDIRECTS, NotFollowed, next_request
from desktop.explorer.sending.reply import Reply, Watch
from desktop.explorer.sending.tokens import NoToken
from servers.exchange import BODY_CAP, End, Exchange, header, next_id

_LONG_COOKIES = 8000  # bytes; nginx, Apache and others refuse lines of 8 KB and more
_TAKEN = f"{_LONG_COOKIES:,}"

Attempt = Callable[[PreparedRequest, Watch | None], Awaitable[Reply]]
"""Sends one request once."""


class Journey:
    """One request on its way to its last reply, with the replies that led there."""

    def __init__(self, attempt: Attempt, jar: CookieJar | None, watch: Watch | None) -> None:
        self._attempt = attempt
        self._jar = jar
        self._watch = watch
        self._proof: Proof | None = None
        self._redirects = 0
        self._hops: list[Reply] = []
        self._notes: list[str] = []

    async def ask(self, request: PreparedRequest) -> Reply:
        """Send a request of our own on the way; its reply is one of the hops."""
        reply = await self._attempt(request, None)
        self._hops.append(reply)
        return reply

    def note(self, sentence: str) -> None:
        """Say something with the last reply."""
        self._notes.append(sentence)

    async def run(self, request: PreparedRequest, proof: Proof | None) -> Reply:
        """Send until there is nothing left to answer or to follow. Raises nothing but CancelledError."""
        self._proof = self._needed(request, proof)
        try:
            while True:
                sent = await self._completed(request)
                reply = await self._attempt(sent, self._passing_on(request))
                self._remember(reply)
                following = await self._following(request, reply)
                if following is None:
                    return self._with_history(reply)
                self._hops.append(reply)
                request = following
        except NoToken as fault:
            return self._with_history(_unsent(request, str(fault)))
        except InvalidRequest as fault:
            return self._with_history(_unsent(request, fault.sentence))

    def _needed(self, request: PreparedRequest, proof: Proof | None) -> Proof | None:
        if proof is not None and header(request.headers, "Authorization") is not None:
            self.note("The Authorization header was sent as it was typed, so nothing else was done to sign in.")
            return None
        return proof

    async def _completed(self, request: PreparedRequest) -> PreparedRequest:
        """The request with what it gets while it is sent. Raises NoToken, InvalidRequest."""
        added = []
        if self._proof is not None and (value := await self._proof.header_for(request)):
            added.append(checked_header("Authorization", value))
        if self._jar is not None and request.options.cookies and header(request.headers, "Cookie") is None:
            cookies = self._jar.header_for(request.target)
            if cookies:
                self._note_on_size(len(cookies))
                added.append(checked_header("Cookie", cookies))
        return replace(request, headers=(*request.headers, *added)) if added else request

    def _note_on_size(self, size: int) -> None:
        if size > _LONG_COOKIES:
            self.note(f"The cookie jar added {size:,} bytes to the request; most servers take fewer than {_TAKEN}.")

    def _remember(self, reply: Reply) -> None:
        request, headers = reply.request, reply.exchange.response_headers
        if self._jar is not None and request.options.cookies:
            self._jar.store(request.target, headers)
        if self._proof is not None:
            self._proof.learn(reply)

    async def _following(self, request: PreparedRequest, reply: Reply) -> PreparedRequest | None:
        """What to send after this reply, if anything. Raises NoToken."""
        exchange = reply.exchange
        if exchange.error is not None:
            return None
        if exchange.status == 401 and self._proof is not None:
            return request if await self._proof.answers(reply) else None
        if exchange.status in REDIRECTS and request.options.follow:
            return self._redirected(request, exchange)
        return None

    def _redirected(self, request: PreparedRequest, exchange: Exchange) -> PreparedRequest | None:
        try:
            following, notes = next_request(request, exchange)
        except NotFollowed as reason:
            self.note(str(reason))
            return None
        if self._redirects >= request.options.max_redirects:
            self.note(_stopped(self._redirects, following, self._hops))
            return None
        self._redirects += 1
        self._notes += notes
        if following.auth != request.auth:
            self._proof = None
        return following

    def _passing_on(self, request: PreparedRequest) -> Watch | None:
        """Tells the watcher of a reply while it comes, unless another is likely to follow it."""
        watch = self._watch
        if watch is None:
            return None

        def pass_on(reply: Reply) -> None:
            status = reply.exchange.status
            held = (status in REDIRECTS and request.options.follow) or (status == 401 and self._proof is not None)
            if not held:
                watch(self._with_history(reply))

        return pass_on

    def _with_history(self, reply: Reply) -> Reply:
        if not self._hops and not self._notes:
            return reply
        return replace(reply, hops=tuple(self._hops), notes=(*self._notes, *reply.notes))


def _stopped(count: int, following: PreparedRequest, hops: list[Reply]) -> str:
    times = "1 redirect" if count == 1 else f"{count} redirects"
    seen = sum(hop.request.target == following.target for hop in hops)
    loop = f" The way goes in circles: it was at {following.target} before." if seen else ""
    return f"Stopped after {times}; the last answer leads to {following.target}.{loop}"


def _unsent(request: PreparedRequest, sentence: str) -> Reply:
    """The reply to a request that never left."""
    now = time.perf_counter_ns()
    exchange = Exchange(
        source="explorer",
        end=End.CLIENT,
        method=request.method,
        target=request.target.path,
        version="1.1",
        request_headers=request.headers,
        request_body=start_of(request.body, BODY_CAP),
        request_size=size_of(request.body),
        status=0,
        reason="",
        response_headers=(),
        response_body=b"",
        response_size=0,
        started_ns=now,
        responded_ns=now,
        finished_ns=now,
        local=None,
        remote=None,
        id=next_id(),
        error=sentence,
    )
    nothing = Blob()
    return Reply(request, exchange, nothing, nothing)
