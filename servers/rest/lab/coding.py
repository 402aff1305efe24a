"""Endpoints whose bodies are always compressed (RFC 9110, section 8.4.1), whatever the client accepts."""

import gzip
import zlib
from collections.abc import Callable

from aiohttp import web

from servers.rest import media, strict_json
from servers.rest.lab.answers import NO_STORE, readable
from servers.rest.lab.endpoints import Endpoint, endpoint
from servers.rest.routes import Handler

_LINE = "This text repeats itself, so that compressing it pays. "
_LINES = 50


def endpoints() -> tuple[Endpoint, ...]:
    """One endpoint for each coding."""
    text = "A body with Content-Encoding {}, whatever was accepted."
    return (
        endpoint("gzip", text.format("gzip"), GET=_handler("gzip", _gzip)),
        endpoint("brotli", text.format("br"), GET=_handler("br", _brotli)),
        endpoint("deflate", text.format("deflate"), GET=_handler("deflate", zlib.compress)),
    )


def _handler(coding: str, compress: Callable[[bytes], bytes]) -> Handler:
    async def answer(request: web.BaseRequest) -> web.Response:
        accepted = request.headers.getall("Accept-Encoding", ())
        text = strict_json.write_document(
            {
                "contentEncoding": coding,
                "acceptEncoding": readable(", ".join(accepted)) if accepted else None,
                "text": _LINE * _LINES,
            }
        )
        headers = {**NO_STORE, "Content-Type": media.JSON, "Content-Encoding": coding}
        return web.Response(body=compress(text.encode()), headers=headers)

    return answer


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def _brotli(data: bytes) -> bytes:
    import brotli

    compressed: bytes = brotli.compress(data, quality=5)
    return compressed
