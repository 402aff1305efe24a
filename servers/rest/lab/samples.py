"""Small sample documents and pictures, each with its media type."""

from collections.abc import Mapping

from aiohttp import web

from servers.guard import Refusal
from servers.resources import resource_path
from servers.rest import media
from servers.rest.lab.answers import HTML, NO_STORE
from servers.rest.lab.endpoints import Theme, endpoint
from servers.rest.routes import Handler

_IMAGES: Mapping[str, str] = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
}
_POLICY = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}


def theme() -> Theme:
    """One document of each kind."""
    return Theme(
        "Samples",
        (
            endpoint("json", "A JSON document.", GET=_document("json", media.JSON)),
            endpoint("xml", "An XML document.", GET=_document("xml", "application/xml; charset=utf-8")),
            endpoint("html", "An HTML page.", GET=_document("html", HTML)),
            endpoint("image/{kind}", f"A picture: {', '.join(_IMAGES)}.", "image/svg", GET=_image),
        ),
    )


def _document(kind: str, media_type: str) -> Handler:
    async def answer(_request: web.BaseRequest) -> web.Response:
        return _file(f"sample.{kind}", media_type)

    return answer


async def _image(_request: web.BaseRequest, kind: str) -> web.Response:
    if kind not in _IMAGES:
        raise Refusal(404, f"There is no such picture; there are {', '.join(_IMAGES)}.")
    return _file(f"image.{kind}", _IMAGES[kind])


def _file(name: str, media_type: str) -> web.Response:
    body = resource_path("rest", "lab", name).read_bytes()
    return web.Response(body=body, headers={**NO_STORE, **_POLICY, "Content-Type": media_type})
