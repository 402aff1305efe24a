"""What is written of an entry: no secret is in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.explorer.history.concealed import ECHO, Concealer, Starred
from desktop.explorer.history.entry import NewEntry, Summary
from desktop.explorer.history.masked_request import sent, typed
from desktop.explorer.history.masking import SIGN
from desktop.explorer.history.names import TOKENS
from desktop.explorer.history.packing import Body, Packer, encode, microseconds, moment
from desktop.explorer.history.words import words_of
from desktop.explorer.model.auth import OAuth2
from desktop.explorer.sending.blob import Blob
from desktop.explorer.sending.reply import Reply
from servers.exchange import Headers

BIG = 1_000_000
"""A body of more bytes is a file of its own."""

_NO_SECRETS = "The history keeps no secrets. Fill in again: {}."
_CUT = "The body of the response was too long for the history: its first {:,} of {:,} bytes were kept."
_STARRED = "Secrets that came back in a response are shown as asterisks."


@dataclass(frozen=True, slots=True)
class Record:
    """``summary`` has no id yet; ``document`` refers to ``bodies`` by their numbers; ``words`` can be searched."""

    summary: Summary
    at: int
    document: str
    bodies: tuple[Body, ...]
    words: str


def record_of(entry: NewEntry, longest: int) -> Record:
    """Take out the secrets and make of it what is written. Takes some milliseconds, with long bodies seconds.

    Of a response's body with more than ``longest`` bytes the first BIG ones are kept.

    Responses are kept as they came, but for secrets of the request that came back, and tokens that a server handed
    out: they become as many asterisks. Raises OSError.
    """
    request, found = typed(entry.request, entry.secrets)
    reply, is_starred = _masked(entry.reply, entry.secrets, found.literals, longest)
    notes = [_NO_SECRETS.format(", ".join(found.found))] if found.found else []
    if is_starred:
        notes.append(_STARRED)
    if reply.decoded.size > longest:
        notes.append(_CUT.format(min(BIG, longest), reply.decoded.size))
    packer = Packer()
    document = packer.typed(request) | {"note": " ".join(notes), "reply": packer.reply(_fitting(reply, longest))}
    at = microseconds(_first(reply).exchange.started_ns)
    summary = _summary(reply, at)
    words = words_of(request, summary.method, reply)
    return Record(summary, at, encode(document), tuple(packer.bodies), words)


def _summary(reply: Reply, at: int) -> Summary:
    first, exchange = _first(reply), reply.exchange
    return Summary(
        0,
        moment(at),
        first.request.method,
        str(first.request.target),
        exchange.status,
        reply.decoded.size,
        exchange.finished_ns - first.exchange.started_ns,
        exchange.error or "",
    )


def _first(reply: Reply) -> Reply:
    """What was sent first; the requests for a token that go before it do not count."""
    steps = (*reply.hops, reply)
    return next((one for one in steps if isinstance(one.request.auth, OAuth2)), steps[0])


def _masked(reply: Reply, secrets: frozenset[str], literals: Iterable[str], longest: int) -> tuple[Reply, bool]:
    """The reply without secrets, and whether a body had one."""
    steps = (*reply.hops, reply)
    requests = [sent(one.request, secrets) for one in steps]
    values = secrets.union(literals, *(masker.literals for _, masker in requests))
    values |= {token for one in steps for token in _tokens(one)}
    echo = Concealer({value for value in values if len(value) >= ECHO}, SIGN)
    masked, is_starred = [], False
    for step, (request, masker) in zip(steps, requests, strict=True):
        bodies = _bodies(step, values, longest)
        is_starred |= bodies != (step.body, step.decoded)
        exchange = step.exchange._replace(
            target=request.target.path,
            request_headers=masker.headers(step.exchange.request_headers),
            response_headers=_echoed(echo, masker.headers(step.exchange.response_headers)),
            error=None if step.exchange.error is None else echo.text(step.exchange.error),
        )
        notes = tuple(map(echo.text, step.notes))
        body, decoded = bodies
        masked.append(replace(step, request=request, exchange=exchange, body=body, decoded=decoded, notes=notes))
    return replace(masked[-1], hops=tuple(masked[:-1])), is_starred


def _fitting(reply: Reply, longest: int) -> Reply:
    """The reply with the beginnings of its bodies where they are too long."""
    if max(reply.body.size, reply.decoded.size) <= longest:
        return reply
    start = Blob(reply.decoded.read(0, min(BIG, longest)))
    return replace(reply, body=start, decoded=start)


def _echoed(echo: Concealer, headers: Headers) -> Headers:
    return tuple((name, echo.text(value)) for name, value in headers)


def _bodies(reply: Reply, values: frozenset[str], longest: int) -> tuple[Blob, Blob]:
    """Body and decoded body; where something had to be taken out of a coded one, it is kept decoded."""
    clean = Starred(reply.decoded, values)
    if not clean.hides(reply.decoded.size if reply.decoded.size <= longest else BIG):
        return reply.body, reply.decoded
    return clean, clean


def _tokens(reply: Reply) -> list[str]:
    if reply.decoded.size > BIG:
        return []
    return [token.decode("utf-8", "replace") for token in TOKENS.findall(reply.decoded.read())]
