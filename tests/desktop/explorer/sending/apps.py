"""Web applications on a free port of the loopback interface, and a client to send to them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from desktop.explorer.sending.client import Client, Reply
from desktop.explorer.sending.cookies import CookieJar
from servers.recorder import Recorder

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(handler: Handler, host: str = "127.0.0.1") -> AsyncIterator[str]:
    """Answer every request with ``handler``; gives the root of the server, such as http://127.0.0.1:4711."""
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, 0).start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def sending(jar: CookieJar | None = None, open_url: Callable[[str], None] | None = None) -> AsyncIterator[Client]:
    """A client that is closed at the end."""
    client = Client(Recorder(), jar=jar, open_url=open_url)
    try:
        yield client
    finally:
        await client.close()


def text_of(reply: Reply) -> str:
    """The body as text."""
    return reply.body.read().decode()


def statuses(reply: Reply) -> list[int]:
    """The statuses of all hops, then the last one."""
    return [one.exchange.status for one in (*reply.hops, reply)]
