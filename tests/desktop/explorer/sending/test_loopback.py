"""Tests of the page that a browser is sent back to."""

import asyncio
import http.client

from desktop.explorer.sending.loopback import landing
from tests.conftest import Run


def fetch(port: int, path: str, host: str | None = None, method: str = "GET") -> tuple[int, str]:
    """Ask the page, and hand back status and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={"Host": host or f"127.0.0.1:{port}"})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, text


def test_only_the_right_answer_is_taken(run: Run) -> None:
    async def scenario() -> None:
        async with landing("s1") as page:
            port = int(page.url.rpartition(":")[2].rstrip("/"))

            async def status(path: str, host: str | None = None, method: str = "GET") -> int:
                return (await asyncio.to_thread(fetch, port, path, host, method))[0]

            assert page.url == f"http://127.0.0.1:{port}/"
            assert await status("/favicon.ico") == 404
            assert await status("/?code=x&state=s1", method="POST") == 404
            assert await status("/?code=x") == 400
            assert await status("/?code=x&state=s2") == 400
            assert await status("/?state=s1") == 400
            assert await status("/?code=x&state=s1", "evil.example") == 421
            assert await status("/?code=x&state=s1", f"localhost:{port}") == 421
            assert await status("/?code=a%2Bb&state=s1") == 200
            assert await status("/?code=again&state=s1") == 400
            assert dict(await page.answer()) == {"code": "a+b", "state": "s1"}
        try:
            await asyncio.open_connection("127.0.0.1", port)
        except ConnectionRefusedError:
            return
        raise AssertionError("it still listens")

    run(scenario())


def test_a_refusal_is_shown_and_escaped(run: Run) -> None:
    async def scenario() -> None:
        async with landing("s") as page:
            port = int(page.url.rpartition(":")[2].rstrip("/"))
            got = await asyncio.to_thread(fetch, port, "/?error=access_denied&error_description=<b>no</b>&state=s")
            assert got[0] == 200
            assert "&lt;b&gt;no&lt;/b&gt;" in got[1]
            assert (await page.answer())["error"] == "access_denied"

    run(scenario())
