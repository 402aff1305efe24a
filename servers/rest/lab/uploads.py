"""The upload endpoint: counts and hashes what it is sent while that arrives, and keeps none of it."""

import hashlib
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from servers.multipart import Part
from servers.request_body import body_chunks, body_parts
from servers.rest import media
from servers.rest.lab.answers import json_response, page
from servers.rest.lab.endpoints import Endpoint, endpoint
from servers.rest.lab.forms import describe
from servers.rest.strict_json import Json

if TYPE_CHECKING:
    from hashlib import _Hash

MAX_UPLOAD = 64 * 1024 * 1024
"""Bytes of one upload, its multipart framing included."""


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
    received = await (_take_parts(request) if is_multipart else _take_raw(request, content_type))
    parts: list[Json] = [one.as_json() for one in received]
    return json_response({"parts": parts})


async def _take_raw(request: web.BaseRequest, content_type: str) -> list[_Received]:
    one = _Received(Part("", None, content_type or None))
    async with aclosing(body_chunks(request, MAX_UPLOAD)) as chunks:
        async for chunk in chunks:
            one.take(chunk)
    return [one]


async def _take_parts(request: web.BaseRequest) -> list[_Received]:
    received: list[_Received] = []
    async with aclosing(body_parts(request, MAX_UPLOAD)) as events:
        async for event in events:
            if isinstance(event, Part):
                received.append(_Received(event))
            else:
                received[-1].take(event)
    return received
