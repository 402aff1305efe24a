"""Takes request bodies, whole or piece by piece, within limits of size and time."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from aiohttp import HttpVersion11, web

from servers.exchange import BODY_CAP
from servers.guard import Refusal
from servers.multipart import MultipartError, Part, Splitter
from servers.traffic_log import NOTES

BODY_DEADLINE = 30.0
"""Seconds in which a request body must have arrived that is read as a whole, and that a longer one may pause."""

SLOWEST = 1024
"""Bytes a second that a longer request body must bring, once BODY_DEADLINE is over."""

_CLOSE = {"Connection": "close"}


async def read_body(request: web.BaseRequest, limit: int) -> bytes:
    """The whole request body; Refusal 413 above ``limit`` bytes, 415 for a Content-Encoding, 408 when it stalls."""
    _check_encoding(request)
    if (request.content_length or 0) <= limit:
        try:
            async with asyncio.timeout(BODY_DEADLINE):
                body = request[NOTES].body = await _collect(request, limit)
        except TimeoutError:
            # aiohttp tells a waiting handler nothing about chunks that it cannot read, so those end here too
            raise Refusal(408, "The request body did not arrive in time.", _CLOSE) from None
        if len(body) <= limit:
            return body
    raise _too_large(limit)


async def body_chunks(request: web.BaseRequest, limit: int) -> AsyncGenerator[bytes, None]:
    """The request body piece by piece, as it arrives; for bodies that may take long.

    Refusal 413 above ``limit`` bytes, 415 for a Content-Encoding, 408 when it pauses for BODY_DEADLINE seconds or
    brings less than SLOWEST bytes a second; ConnectionError when the client goes away. The time that the caller takes
    between two pieces is not the client's. The beginning of the body goes to the record.
    """
    _check_encoding(request)
    if (request.content_length or 0) > limit:
        raise _too_large(limit)
    await _invite(request)
    loop, notes = asyncio.get_running_loop(), request[NOTES]
    size, waited = 0, 0.0
    while True:
        before = loop.time()
        chunk = await _next_chunk(request, min(BODY_DEADLINE, BODY_DEADLINE + size / SLOWEST - waited))
        if not chunk:
            return
        waited += loop.time() - before
        size = notes.received = size + len(chunk)
        if size > limit:
            raise _too_large(limit)
        if len(notes.body) < BODY_CAP:
            notes.body += chunk[: BODY_CAP - len(notes.body)]
        yield chunk


async def body_parts(request: web.BaseRequest, limit: int) -> AsyncGenerator[Part | bytes, None]:
    """The parts of a multipart body of at most ``limit`` bytes, and after each its content in pieces, as they arrive.

    Refusal 400 for a malformed one; the other errors are those of body_chunks.
    """
    try:
        splitter = Splitter(request.headers.get("Content-Type", ""))
        async with aclosing(body_chunks(request, limit)) as chunks:
            async for chunk in chunks:
                for event in splitter.feed(chunk):
                    yield event
        splitter.finish()
    except MultipartError as error:
        raise Refusal(400, f"The body is not well-formed multipart (RFC 7578). {error}", _CLOSE) from None


async def _next_chunk(request: web.BaseRequest, seconds: float) -> bytes:
    try:
        async with asyncio.timeout(seconds):
            return await request.content.readany()
    except TimeoutError:
        raise Refusal(408, "The request body did not arrive in time.", _CLOSE) from None


def _too_large(limit: int) -> Refusal:
    return Refusal(413, f"The request body is larger than {limit:,} bytes.", _CLOSE)


def _check_encoding(request: web.BaseRequest) -> None:
    """Refuse (415) a body with a Content-Encoding: what it inflates to has no bounds."""
    encoding = ", ".join(request.headers.getall("Content-Encoding", ("identity",)))
    if encoding.lower() != "identity":
        raise Refusal(415, "Request bodies must be sent without a Content-Encoding.", {"Accept-Encoding": "identity"})


async def _collect(request: web.BaseRequest, limit: int) -> bytes:
    """The body, or the beginning of one that is longer than ``limit``."""
    await _invite(request)
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > limit:
            break
    return bytes(body)


async def _invite(request: web.BaseRequest) -> None:
    """Tell a client that waits for it to send the body (RFC 9110, section 10.1.1)."""
    if request.version == HttpVersion11 and request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0  # the response proper has not begun
