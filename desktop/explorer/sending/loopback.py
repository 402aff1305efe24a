"""Waits for the browser to come back from a sign-in, on a port of this computer (RFC 8252, section 7.3)."""

import asyncio
import html
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp.web import BaseRequest, Response

_HOST = "127.0.0.1"
_CLOSE_WITHIN = 1.0
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Connection": "close",
}
_PAGE = """<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>Portside</title>
<style>body {{ font: 16px sans-serif; margin: 4em auto; max-width: 30em; color-scheme: light dark }}</style>
<h1>{title}</h1><p>{text}</p></html>
"""


class Landing:
    """The page that a browser is sent back to; it takes one answer, and that only with the right ``state``."""

    def __init__(self, state: str) -> None:
        self.url = ""
        self._state = state
        self._host = ""
        self._answer: asyncio.Future[Mapping[str, str]] = asyncio.get_running_loop().create_future()

    async def answer(self) -> Mapping[str, str]:
        """The parameters that the browser brings (RFC 6749, sections 4.1.2 and 4.1.2.1); waits until it comes."""
        return await self._answer

    def listen_at(self, port: int) -> None:
        """Take over the port that was found."""
        self._host = f"{_HOST}:{port}"
        self.url = f"http://{self._host}/"

    async def serve(self, request: "BaseRequest") -> "Response":
        """Answer one request of the browser, or of whoever else finds the port."""
        if request.headers.getall("Host", []) != [self._host]:
            return _page(421, "Misdirected request", "This address answers to its own name only.")
        if request.path != "/" or request.method != "GET":
            return _page(404, "Not found", "There is one page here, and it is for the end of a sign-in.")
        given = dict(request.query)
        if given.get("state") != self._state or self._answer.done() or not ("code" in given or "error" in given):
            return _page(400, "Not expected", "This answer does not belong to the sign-in that Portside waits for.")
        response = _page(200, *_outcome(given))
        await response.prepare(request)
        await response.write_eof()
        if not self._answer.done():
            self._answer.set_result(given)
        return response


@asynccontextmanager
async def landing(state: str) -> AsyncIterator[Landing]:
    """Listen on a free port of 127.0.0.1 for as long as the context lasts. Raises OSError."""
    from aiohttp.web import Server, ServerRunner, TCPSite

    page = Landing(state)
    runner = ServerRunner(Server(page.serve, access_log=None), shutdown_timeout=_CLOSE_WITHIN)
    await runner.setup()
    try:
        await TCPSite(runner, _HOST, 0).start()
        page.listen_at(runner.addresses[0][1])
        yield page
    finally:
        await runner.cleanup()


def _outcome(given: Mapping[str, str]) -> tuple[str, str]:
    if "error" in given:
        said = given.get("error_description") or given["error"]
        return "Not signed in", f"The answer was: {said}. You can close this page; Portside says more."
    return "Signed in", "You can close this page and go back to Portside."


def _page(status: int, title: str, text: str) -> "Response":
    from aiohttp.web import Response

    body = _PAGE.format(title=html.escape(title), text=html.escape(text))
    return Response(status=status, text=body, content_type="text/html", headers=_HEADERS)
