"""Redirections that count down."""

import pytest

from tests.conftest import Run
from tests.servers.rest.lab.lab_server import running


@pytest.mark.parametrize(("status", "method"), [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
def test_they_count_down_to_anything(run: Run, status: int, method: str) -> None:
    async def scenario() -> None:
        async with running() as lab, lab.client.post(f"/lab/redirect/3?status={status}", data=b"x") as response:
            assert [one.status for one in response.history] == [status] * 3
            assert response.url.path == "/lab/anything"
            assert (await response.json())["method"] == method

    run(scenario())


def test_locations_are_relative(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            async with lab.client.get("/lab/redirect/2", allow_redirects=False) as response:
                assert (response.status, response.headers["Location"]) == (302, "1?status=302")
            async with lab.client.head("/lab/redirect/1", allow_redirects=False) as response:
                assert response.headers["Location"] == "../anything"

    run(scenario())


@pytest.mark.parametrize("path", ["redirect/0", "redirect/101", "redirect/x", "redirect/2?status=304"])
def test_nonsense_is_refused(run: Run, path: str) -> None:
    async def scenario() -> None:
        async with running() as lab:
            assert (await lab.refused(path))[0] == 400

    run(scenario())
