"""Cookies that come, are set and are deleted."""

import pytest
from aiohttp import ClientSession

from tests.conftest import Run
from tests.servers.rest.lab.lab_server import running


def test_a_browser_keeps_and_forgets_them(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            assert lab.server.address is not None
            async with ClientSession(f"http://localhost:{lab.server.port}") as client:
                response = await client.get("/lab/cookies/set?a=1&b=2")
                assert response.url.path == "/lab/cookies"
                assert {one["name"]: one["value"] for one in (await response.json())["cookies"]} == {"a": "1", "b": "2"}
                response = await client.get("/lab/cookies/delete?a")
                assert (await response.json())["cookies"] == [{"name": "b", "value": "2"}]
                response = await client.get("/lab/cookies?c=3")
                assert (await response.json())["set"] == [{"name": "c", "value": "3"}]
                assert len((await (await client.get("/lab/cookies")).json())["cookies"]) == 2

    run(scenario())


def test_their_attributes(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            async with lab.client.get("/lab/cookies?a=1&b=2") as response:
                lines = response.headers.getall("Set-Cookie")
            assert lines == [f"{pair}; Path=/lab; HttpOnly; SameSite=Lax" for pair in ("a=1", "b=2")]
            async with lab.client.get("/lab/cookies/delete?a=x", allow_redirects=False) as response:
                assert response.status == 302
                assert response.headers["Set-Cookie"].startswith("a=; Max-Age=0; Expires=Thu, 01 Jan 1970 ")

    run(scenario())


def test_what_came_is_shown_as_it_came(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            seen = await lab.json("cookies", headers={"Cookie": 'a=1; a="2"; ; lone; c=x=y'})
            sent = [(one["name"], one["value"]) for one in seen["cookies"]]
            assert sent == [("a", "1"), ("a", '"2"'), ("lone", ""), ("c", "x=y")]

    run(scenario())


@pytest.mark.parametrize(
    "query",
    ["a=%0d%0aX:1", "a%0d%0a=1", "a=1%00", "a=%3B+Path=/", "=1", "a=%C3%A4", "a=%22", f"a={'x' * 4000}"],
)
@pytest.mark.parametrize("path", ["cookies", "cookies/set", "cookies/delete"])
def test_what_may_not_stand_in_a_cookie_is_refused(run: Run, path: str, query: str) -> None:
    async def scenario() -> None:
        async with running() as lab, lab.client.get(f"/lab/{path}?{query}", allow_redirects=False) as response:
            assert response.status == 400
            assert "Set-Cookie" not in response.headers

    run(scenario())


def test_too_many_are_refused(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            query = "&".join(f"c{number}=1" for number in range(21))
            assert await lab.refused(f"cookies/set?{query}") == (400, "One answer sets at most 20 cookies.")

    run(scenario())
