"""Validators and conditional requests (RFC 9110, section 13)."""

import pytest

from tests.conftest import Run
from tests.servers.rest.lab.lab_server import running

CHANGED = "Thu, 01 Jan 2026 00:00:00 GMT"
EARLIER = "Wed, 31 Dec 2025 23:59:59 GMT"


def test_the_cached_document_says_how_long(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            async with lab.client.get("/lab/cache") as response:
                assert response.headers["Cache-Control"] == "max-age=60"
                assert response.headers["Last-Modified"] == CHANGED
                tag = response.headers["ETag"]
            condition = {"If-None-Match": tag}
            async with lab.client.get("/lab/cache?max-age=5", headers=condition) as response:
                assert (response.status, await response.read()) == (304, b"")
                assert (response.headers["ETag"], response.headers["Cache-Control"]) == (tag, "max-age=5")
            assert (await lab.refused("cache?max-age=x"))[0] == 400

    run(scenario())


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-Modified-Since": CHANGED}, 304),
        ({"If-Modified-Since": EARLIER}, 200),
        ({"If-Modified-Since": "nonsense"}, 200),
        ({"If-Modified-Since": CHANGED, "If-None-Match": '"other"'}, 200),
        ({"If-Unmodified-Since": CHANGED}, 200),
        ({"If-Unmodified-Since": EARLIER}, 412),
        ({"If-Unmodified-Since": EARLIER, "If-Match": "*"}, 200),
    ],
)
def test_dates(run: Run, headers: dict[str, str], status: int) -> None:
    async def scenario() -> None:
        async with running() as lab, lab.client.get("/lab/cache", headers=headers) as response:
            assert response.status == status

    run(scenario())


@pytest.mark.parametrize(
    ("headers", "get", "put"),
    [
        ({}, 200, 200),
        ({"If-None-Match": '"v,1"'}, 304, 412),
        ({"If-None-Match": '"a", W/"v,1"'}, 304, 412),
        ({"If-None-Match": "*"}, 304, 412),
        ({"If-None-Match": '"v"'}, 200, 200),
        ({"If-None-Match": "v,1"}, 200, 200),
        ({"If-Match": '"x", "v,1"'}, 200, 200),
        ({"If-Match": "*"}, 200, 200),
        ({"If-Match": 'W/"v,1"'}, 412, 412),
        ({"If-Match": '"v"'}, 412, 412),
        ({"If-Match": '"v,1"', "If-None-Match": '"v,1"'}, 304, 412),
    ],
)
def test_tags(run: Run, headers: dict[str, str], get: int, put: int) -> None:
    async def scenario() -> None:
        async with running() as lab:
            for method, status in (("GET", get), ("HEAD", get), ("PUT", put)):
                async with lab.client.request(method, "/lab/etag/v,1", headers=headers) as response:
                    assert response.status == status
                    assert response.headers["ETag"] == '"v,1"'

    run(scenario())


@pytest.mark.parametrize("tag", ["%22", "a%0d%0aX:1", "%00", "a%20b", "%C3%A4", "x" * 101])
def test_what_may_not_stand_in_a_tag_is_refused(run: Run, tag: str) -> None:
    async def scenario() -> None:
        async with running() as lab:
            assert (await lab.refused(f"etag/{tag}"))[0] == 400

    run(scenario())
