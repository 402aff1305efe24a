"""Any status on demand, with what belongs to it."""

import pytest

from servers.rest.routes import METHODS
from tests.conftest import Run
from tests.servers.rest.lab.lab_server import running


def test_every_status_is_answered(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            for status in range(200, 600):
                async with lab.client.get(f"/lab/status/{status}", allow_redirects=False) as response:
                    body = await response.read()
                    assert response.status == status
                    assert bool(body) == (status not in {204, 205, 304})
                    assert (response.content_type == "application/problem+json") == (status >= 400)

    run(scenario())


@pytest.mark.parametrize("method", METHODS)
def test_every_method_gets_it(run: Run, method: str) -> None:
    async def scenario() -> None:
        async with running() as lab, lab.client.request(method, "/lab/status/418") as response:
            assert response.status == 418
            assert bool(await response.read()) == (method != "HEAD")

    run(scenario())


@pytest.mark.parametrize(
    ("status", "name", "start"),
    [
        (201, "Location", "/lab/"),
        (206, "Content-Range", "bytes 0-"),
        (302, "Location", "../anything"),
        (401, "WWW-Authenticate", "Basic "),
        (405, "Allow", "GET, HEAD"),
        (407, "Proxy-Authenticate", "Basic "),
        (416, "Content-Range", "bytes */"),
        (426, "Upgrade", "websocket"),
        (429, "Retry-After", "1"),
        (503, "Retry-After", "1"),
    ],
)
def test_the_fields_that_belong_to_a_status(run: Run, status: int, name: str, start: str) -> None:
    async def scenario() -> None:
        async with running() as lab, lab.client.get(f"/lab/status/{status}", allow_redirects=False) as response:
            assert response.headers[name].startswith(start)

    run(scenario())


@pytest.mark.parametrize("code", ["199", "600", "abc", "2e2", "-200", "%D9%A2%D9%A0%D9%A0"])
def test_what_is_no_status_is_refused(run: Run, code: str) -> None:
    async def scenario() -> None:
        async with running() as lab:
            status, detail = await lab.refused(f"status/{code}")
            assert (status, detail) == (400, "The status must be a whole number from 200 to 599.")

    run(scenario())


def test_a_redirect_leads_into_the_lab(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            assert (await lab.json("status/307", "PUT", data=b"x"))["text"] == "x"

    run(scenario())


def test_the_error_is_a_real_one(run: Run, expected_logs: list[str]) -> None:
    expected_logs.append("ERROR portside.web: Request failed")

    async def scenario() -> None:
        async with running() as lab:
            status, detail = await lab.refused("error")
            assert status == 500
            assert "lab" not in detail

    run(scenario())
