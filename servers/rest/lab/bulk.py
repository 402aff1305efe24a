"""Endpoints whose bodies are bytes by the number."""

from functools import cache
from random import Random

from aiohttp import web

from servers.rest import media
from servers.rest.lab.endpoints import Theme, endpoint
from servers.rest.lab.streaming import PIECE, Pieces, send
from servers.rest.lab.values import whole

MIB = 1024 * 1024
MAX_BYTES = 10 * MIB
MAX_MEBIBYTES = 2048
_ROW = 128
"""Bytes of a row of the big document."""


def theme() -> Theme:
    """Bodies of any size."""
    same = "Random bytes, up to 10 MiB; the same seed gives the same bytes."
    return Theme(
        "Sizes",
        (
            endpoint("bytes/{n}", same, "bytes/1024?seed=1", GET=_bytes),
            endpoint("big/{mb}", "That many MiB of JSON, up to 2,048, all in one line.", "big/1", GET=_big),
        ),
    )


async def _bytes(request: web.BaseRequest, text: str) -> web.StreamResponse:
    size = whole(text, "The number of bytes", 0, MAX_BYTES)
    pieces = _random(Random(request.query.get("seed")), size)  # noqa: S311 - bytes to look at, no secret
    return await send(request, {"Content-Type": "application/octet-stream"}, pieces, size)


async def _random(source: Random, size: int) -> Pieces:
    for start in range(0, size, PIECE):
        yield source.randbytes(min(PIECE, size - start))


async def _big(request: web.BaseRequest, text: str) -> web.StreamResponse:
    size = whole(text, "The number of MiB", 1, MAX_MEBIBYTES) * MIB
    return await send(request, {"Content-Type": media.JSON}, _document(size), size)


async def _document(size: int) -> Pieces:
    """An array: pieces that are all the same, so that they cost nothing, but for the brackets at both ends."""
    piece = _piece()
    yield b"[" + piece[1:]
    for _ in range(size // PIECE - 2):
        yield piece
    yield piece[:-1] + b"]"


@cache
def _piece() -> bytes:
    """PIECE bytes of rows, a comma before each and a space at the end."""
    return b"".join(_row(number) for number in range(PIECE // _ROW))


def _row(number: int) -> bytes:
    start, end = f',{{"row":{number:>4},"text":"', '"} '
    return (start + "Portside ".ljust(_ROW - len(start) - len(end), "=") + end).encode()
