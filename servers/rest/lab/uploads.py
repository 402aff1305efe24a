"""The upload endpoint: counts and hashes what it is sent while that arrives, and keeps none of it."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from servers.exchange import BODY_CAP
from servers.guard import Refusal
from servers.multipart import MultipartError, Part, Splitter
from servers.rest import media
from servers.rest.lab.answers import json_response, page
from servers.rest.lab.endpoints import Endpoint, endpoint
from servers.rest.lab.forms import describe
from servers.rest.strict_json import Json
from servers.traffic_log import NOTES
from servers.web import BODY_DEADLINE, invite

if TYPE_CHECKING:
    from hashlib import _Hash

MAX_UPLOAD = 64 * 1024 * 1024
"""Bytes of one upload, its multipart framing included."""

Take = Callable[[bytes], None]


@dataclass(slots=True)
class _Received:
    """One file on its way in."""

    part: Part
    size: int = 0
    digest: "_Hash" = field(default_factory=hashlib.sha256)

    def take(self, data: bytes) -> None:
        self.size += len(data)
        self.digest.update(data)

    def as_json(self) -> dict[str, Json]:
        return {**describe(self.part, self.size), "sha256": self.digest.hexdigest()}


def endpoints() -> tuple[Endpoint, ...]:
    """The upload endpoint."""
    text = (
        "GET has an HTML form; POST and PUT take files (multipart, or one as it is), up to 64 MiB: sizes and SHA-256."
    )
    return (endpoint("upload", text, GET=_show, POST=_take, PUT=_take),)


async def _show(_request: web.BaseRequest) -> web.Response:
    return page("lab/upload.html")


async def _take(request: web.BaseRequest) -> web.Response:
    content_type = request.headers.get("Content-Type", "")
    kind = media.parse(content_type)
    is_multipart = kind is not None and kind.type == "multipart"
    received = await (_take_parts if is_multipart else _take_raw)(request, content_type)
    parts: list[Json] = [one.as_json() for one in received]
    return json_response({"parts": parts})


async def _take_raw(request: web.BaseRequest, content_type: str) -> list[_Received]:
    one = _Received(Part("", None, content_type or None))
    await receive(request, MAX_UPLOAD, one.take)
    return [one]


async def _take_parts(request: web.BaseRequest, content_type: str) -> list[_Received]:
    received: list[_Received] = []
    try:
        splitter = Splitter(content_type)

        def take(data: bytes) -> None:
            for event in splitter.feed(data):
                if isinstance(event, Part):
                    received.append(_Received(event))
                else:
                    received[-1].take(event)

        await receive(request, MAX_UPLOAD, take)
        splitter.finish()
    except MultipartError as error:
        raise Refusal(400, str(error), {"Connection": "close"}) from error
    return received


async def receive(request: web.BaseRequest, limit: int, take: Take) -> None:
    """Hand the request body to ``take`` as it arrives, and its beginning to the record.

    Raises Refusal 413 above ``limit`` bytes, 415 for a Content-Encoding, 408 when the body stalls.
    """
    _check_head(request, limit)
    await invite(request)
    size = 0
    while data := await _next(request):
        size += len(data)
        if size > limit:
            raise _too_large(limit)
        notes = request[NOTES]
        if len(notes.body) < BODY_CAP:
            notes.body += data[: BODY_CAP - len(notes.body)]
        take(data)


def _check_head(request: web.BaseRequest, limit: int) -> None:
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Refusal(415, "Request bodies must be sent without a Content-Encoding.", {"Accept-Encoding": "identity"})
    if (request.content_length or 0) > limit:
        raise _too_large(limit)


async def _next(request: web.BaseRequest) -> bytes:
    """The next piece of the body, empty at its end."""
    try:
        async with asyncio.timeout(BODY_DEADLINE):
            return await request.content.readany()
    except TimeoutError:
        raise Refusal(408, "The request body did not arrive in time.", {"Connection": "close"}) from None


def _too_large(limit: int) -> Refusal:
    return Refusal(413, f"The request body is larger than {limit:,} bytes.", {"Connection": "close"})
