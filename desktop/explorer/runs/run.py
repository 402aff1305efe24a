"""Runs the requests of a collection one after another, and says of each whether it went as its file expects."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from desktop.explorer.http_files.http_file import Part
from desktop.explorer.model.prepared import InvalidRequest
from desktop.explorer.model.request import Request
from desktop.explorer.sending.reply import Reply
from desktop.explorer.session import Session, Spot
from servers.logs import visible

AS_EXPECTED = "as expected"

TIDY_WITHIN = 5.0
"""Seconds in which what a cancelled run has left behind is deleted, or stays."""


@dataclass(frozen=True, slots=True)
class Step:
    """One request of a run, and where it belongs."""

    part: Part
    spot: Spot


@dataclass(frozen=True, slots=True)
class Result:
    """How one request went: ``request`` has its variables replaced; without a ``reply`` it was not sent.

    ``note`` is a sentence: why it was not sent, or what stayed as written in what was.
    """

    part: Part
    request: Request
    reply: Reply | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """How it went, in two words; a file that expects no status is content with any response."""
        if self.reply is None:
            return "not sent"
        exchange, expected = self.reply.exchange, self.part.expected
        if not exchange.status:
            return "no response"
        if expected is not None and exchange.status != expected:
            return f"expected {expected}"
        return "broken off" if exchange.error is not None else AS_EXPECTED

    @property
    def as_expected(self) -> bool:
        """Whether it went as its file expects."""
        return self.verdict == AS_EXPECTED


async def run(
    steps: Sequence[Step], session: Session, variables: Mapping[str, str], report: Callable[[Result], None]
) -> None:
    """Send each request when the one before has ended, however it did; ``report`` takes each result.

    ``variables`` go before those of files and environments. What requests of the same names have brought earlier is
    forgotten first.
    """
    for step in steps:
        session.forget(step.spot)
    for step in steps:
        report(await _send(step.part, session, step.spot, variables))


def left_behind(results: Sequence[Result]) -> tuple[str, ...]:
    """The URLs of what a run has created and not deleted: the Locations of its 201 (RFC 9110, section 15.3.2)."""
    left: dict[str, None] = {}
    for one in results:
        if one.reply is None:
            continue
        if one.request.method == "POST" and (made := _created(one.request.url, one.reply)):
            left[made] = None
        elif _is_gone(one.reply):
            left.pop(one.request.url, None)
    return tuple(left)


async def tidy(left: Sequence[str], session: Session) -> tuple[str, ...]:
    """Delete what a run has left behind, within TIDY_WITHIN; returns what may still be there."""
    still = list(left)
    with suppress(TimeoutError, InvalidRequest):
        async with asyncio.timeout(TIDY_WITHIN):
            for url in left:
                if _is_gone(await session.client.send(Request("DELETE", url).prepare())):
                    still.remove(url)
    return tuple(still)


def summary(results: Sequence[Result], total: int, left: Sequence[str] = ()) -> str:
    """How a run of ``total`` requests went, in one line, and what it has ``left`` behind."""
    went = _went(results, total)
    if not left:
        return went
    paths = ", ".join(visible(urlsplit(url).path) for url in left)
    return f"{went}. {paths}, which it made, {'is' if len(left) == 1 else 'are'} still there."


def _went(results: Sequence[Result], total: int) -> str:
    done, failed = len(results), sum(not one.as_expected for one in results)
    went = f"{failed} not as expected" if failed else "all as expected"
    if done < total:
        return f"Stopped after {done} of {total} requests" + (f", {went}" if done else "")
    return f"{total} {'request' if total == 1 else 'requests'}, {went}"


async def _send(part: Part, session: Session, spot: Spot, variables: Mapping[str, str]) -> Result:
    typed = part.request or Request()
    request = session.resolved(typed, spot, variables)
    try:
        _check(request)
        prepared = request.prepare(session.folder(spot))
    except InvalidRequest as fault:
        return Result(part, request, None, fault.sentence)
    left = request.unresolved
    note = f"Sent as written, for want of a value: {_named(left)}." if left else ""
    return Result(part, request, await session.send(typed, prepared, spot), note)


def _check(request: Request) -> None:
    """Refuse what cannot mean what its author meant. Braces in a body may well be its content."""
    left = replace(request, body=b"").unresolved
    if left:
        raise InvalidRequest(
            "url", f"There is no value for {_named(left)}: it is not set, or what brings it has failed."
        )


def _created(url: str, reply: Reply) -> str:
    """The URL of what a request has created on its own server; empty where that is unknown."""
    if reply.exchange.status != HTTPStatus.CREATED:
        return ""
    headers = ((name.lower(), value) for name, value in reply.exchange.response_headers)
    made = urljoin(url, next((value for name, value in headers if name == "location"), ""))
    return made if made != url and urlsplit(made)[:2] == urlsplit(url)[:2] else ""


def _is_gone(reply: Reply) -> bool:
    """Whether an answer says that its resource is no longer there."""
    status = reply.exchange.status
    deleted = reply.request.method == "DELETE" and 200 <= status < 300
    return deleted or status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


def _named(names: tuple[str, ...]) -> str:
    return ", ".join(f"{{{{{name}}}}}" for name in names)
