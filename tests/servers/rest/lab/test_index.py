"""The index: every endpoint is on it, and its links work."""

import re
from typing import Any

import pytest

from servers.rest import lab as lab_package
from tests.conftest import Run
from tests.servers.rest.lab.lab_server import Running, running

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


async def _endpoints(lab: Running) -> list[dict[str, Any]]:
    async with lab.client.get("/lab") as response:
        assert response.headers["Vary"] == "Accept"
        endpoints: list[dict[str, Any]] = (await response.json())["endpoints"]
        return endpoints


def test_it_names_every_route(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            named = {(one["path"], ", ".join(one["methods"])) for one in await _endpoints(lab)}
            routes = {(one.template, one.allow) for one in lab_package.routes() if one.template != "/lab"}
            assert named == routes

    run(scenario())


def test_the_page_has_the_same_links(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            async with lab.client.get("/lab", headers=HTML) as response:
                assert response.content_type == "text/html"
                assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
                links = re.findall('href="([^"]+)"', await response.text())
            examples = [one["example"].replace("&", "&amp;") for one in await _endpoints(lab)]
            assert links == examples

    run(scenario())


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_every_example_is_there(run: Run, method: str, expected_logs: list[str]) -> None:
    expected_logs.append("ERROR portside.web: Request failed")

    async def scenario() -> None:
        async with running() as lab:
            for one in await _endpoints(lab):
                if one["theme"] == "Time" and method == "GET":
                    continue  # they take seconds, and tests of their own
                async with lab.client.request(method, one["example"], allow_redirects=False) as response:
                    expected = {"/lab/status/418": {418}, "/lab/error": {500}}.get(one["example"], {200, 302, 307, 401})
                    assert response.status in expected, one
                    assert method == "GET" or not await response.read()

    run(scenario())


@pytest.mark.parametrize("path", ["", "nothing", "bytes", "bytes/1/2", "anything/a/b"])
def test_what_is_not_there_is_404(run: Run, path: str) -> None:
    async def scenario() -> None:
        async with running() as lab:
            assert (await lab.refused(path))[0] == 404

    run(scenario())


def test_pages_of_other_sites_may_not_post(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            for path in ("form", "upload", "anything", "status/200"):
                assert (await lab.refused(path, "POST", headers={"Origin": "http://evil.example"}))[0] == 403

    run(scenario())
