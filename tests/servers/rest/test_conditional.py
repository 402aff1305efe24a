"""Conditional requests over real sockets: entity tags of representations, 304, 412, 428, and no update that is lost."""

import asyncio
import json
from pathlib import Path

import pytest
from aiohttp import ClientResponse

from servers.rest.formats import FORMATS
from tests.conftest import Run
from tests.servers.rest.harness import JSON, Running, running

JOE = {"name": "Joe Allen"}
PATH = "/players/1"
FORM = "application/x-www-form-urlencoded"


async def tag(rest: Running, path: str = PATH, accept: str = "application/json") -> str:
    response = await rest.client.get(path, headers={"Accept": accept})
    assert response.status == 200
    return response.headers["ETag"]


async def name(rest: Running) -> str:
    return str((await (await rest.client.get(PATH)).json())["name"])


@pytest.mark.parametrize("path", ["/", "/players", "/players?_limit=3", PATH, f"{PATH}?_fields=name"])
def test_each_representation_has_a_tag_of_its_own_and_is_not_sent_twice(tmp_path: Path, run: Run, path: str) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            tags = []
            for one in FORMATS.values():
                accept = {"Accept": one.content_type.partition(";")[0]}
                first = await rest.client.get(path, headers=accept)
                tags.append(first.headers["ETag"])
                for condition in (tags[-1], f"W/{tags[-1]}", f'"x", {tags[-1]}', "*"):
                    again = await rest.client.get(path, headers=accept | {"If-None-Match": condition})
                    assert (again.status, await again.read()) == (304, b"")
                    for field in ("ETag", "Vary", "Link", "X-Total-Count", "Cache-Control"):
                        assert again.headers.get(field) == first.headers.get(field)
                    assert "Content-Type" not in again.headers
                for condition in ('"x"', tags[0] if len(tags) > 1 else '"y"'):
                    other = await rest.client.get(path, headers=accept | {"If-None-Match": condition})
                    assert (other.status, await other.read()) == (200, await first.read())
                head = await rest.client.head(path, headers=accept | {"If-None-Match": tags[-1]})
                assert head.status == 304
            assert len(set(tags)) == len(FORMATS)
            assert all(one.startswith('"') for one in tags)

    run(scenario())


def test_a_get_with_if_match_is_answered_only_in_that_state(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            for path in (PATH, "/players"):
                present = await tag(rest, path)
                for condition, status in ((present, 200), ("*", 200), (f"W/{present}", 412), ('"x"', 412)):
                    response = await rest.client.get(path, headers={"If-Match": condition})
                    assert response.status == status

    run(scenario())


def test_the_tag_changes_with_every_change_and_outlives_a_restart(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            seen, lists = [await tag(rest)], [await tag(rest, "/players")]
            for method, body in (("PUT", JOE), ("PUT", JOE), ("PATCH", {}), ("PATCH", {"number": 7})):
                response = await rest.client.request(method, PATH, json=body)
                assert response.headers["ETag"] == await tag(rest)
                seen.append(response.headers["ETag"])
                lists.append(await tag(rest, "/players"))
            await rest.client.post("/players", json=JOE)
            lists.append(await tag(rest, "/players"))
            assert await tag(rest) == seen[-1]
            assert len(set(seen)) == len(seen)
            assert len(set(lists)) == len(lists) - 2  # two of the changes left the content as it was
            await rest.server.restart()
        async with running(tmp_path) as rest:
            assert (await tag(rest), await tag(rest, "/players")) == (seen[-1], lists[-1])

    run(scenario())


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_change_is_made_only_in_the_state_that_if_match_names(tmp_path: Path, run: Run, method: str) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            old = await tag(rest)
            await rest.client.patch(PATH, json={"name": "Somebody else"})
            present = await tag(rest)
            for condition in (old, f"W/{present}", '"x"', "x"):
                response = await rest.client.request(method, PATH, json=JOE, headers={"If-Match": condition})
                assert (response.status, await name(rest)) == (412, "Somebody else")
            for condition in ("*", present, f"W/{present}"):
                response = await rest.client.request(method, PATH, json=JOE, headers={"If-None-Match": condition})
                assert (response.status, await name(rest)) == (412, "Somebody else")
            missing = await rest.client.request(method, "/players/0", json=JOE, headers={"If-Match": "*"})
            assert missing.status == 404
            in_html = await tag(rest, accept="text/html")
            both = [("If-Match", '"x"'), ("If-Match", f'"y", {in_html}'), ("If-None-Match", old)]
            response = await rest.client.request(method, PATH, json=JOE, headers=both)
            assert (response.status, (await response.json())["id"]) == (200, 1)
            assert ("ETag" in response.headers) == (method != "DELETE")

    run(scenario())


def test_if_match_with_an_asterisk_is_any_state(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path, require_match=True) as rest:
            for method in ("PUT", "PATCH", "DELETE"):
                response = await rest.client.request(method, PATH, json=JOE, headers={"If-Match": "*"})
                assert response.status == 200

    run(scenario())


def test_a_new_item_comes_with_the_tag_that_its_changes_name(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            created = await rest.client.post("/players", json=JOE, headers={"Accept": "application/xml"})
            path, present = created.headers["Location"], created.headers["ETag"]
            assert present == await tag(rest, path, "application/xml")
            assert (await rest.client.put(path, json=JOE, headers={"If-Match": present})).status == 200
            assert (await rest.client.put(path, json=JOE, headers={"If-Match": present})).status == 412
            listing = await tag(rest, "/players")
            assert (await rest.client.post("/players", json=JOE, headers={"If-Match": listing})).status == 412

    run(scenario())


def test_changes_without_a_condition_are_428_where_one_is_wanted(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path, require_match=True) as rest:
            for method in ("PUT", "PATCH", "DELETE"):
                response = await rest.client.request(method, PATH, json=JOE)
                assert response.status == 428
                assert (await response.json(content_type=None))["title"] == "Precondition Required"
            for method in ("PUT", "DELETE"):
                assert (await form(rest, _method=method, name="x")).status == 428
            assert (await rest.client.post("/players", json=JOE)).status == 201
            assert (await rest.client.put(PATH, json=JOE, headers={"If-Match": await tag(rest)})).status == 200
            assert (await form(rest, _method="PUT", _match=await tag(rest), name="x")).status == 200
            rest.switch(require_match=False)
            assert (await rest.client.delete(PATH)).status == 200

    run(scenario())


async def form(rest: Running, **fields: str) -> ClientResponse:
    return await rest.client.post(PATH, data=fields, headers={"Accept": "text/html"})


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_form_names_the_state_that_its_page_showed(tmp_path: Path, run: Run, method: str) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            shown = await tag(rest, accept="text/html")
            await rest.client.patch(PATH, json={"number": 99})
            before = await name(rest)
            stale = await form(rest, _method=method, _match=shown, name="Mine")
            assert (stale.status, await name(rest)) == (412, before)
            present = await tag(rest, accept="text/html")
            assert (await form(rest, _method=method, _match=present, name="Mine")).status == 200
            assert (await rest.client.get(PATH)).status == (404 if method == "DELETE" else 200)

    run(scenario())


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_of_many_writers_who_saw_the_same_state_exactly_one_wins(tmp_path: Path, run: Run, method: str) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            seen = await tag(rest)

            async def write(number: int) -> int:
                body = json.dumps({"name": f"Writer {number}"})
                response = await rest.client.request(method, PATH, data=body, headers={**JSON, "If-Match": seen})
                assert method == "DELETE" or response.status != 200 or f"Writer {number}" in await response.text()
                return response.status

            statuses = await asyncio.gather(*map(write, range(30)))
            lost = {404, 412} if method == "DELETE" else {412}
            assert statuses.count(200) == 1
            assert set(statuses) - {200} <= lost
            if method != "DELETE":
                assert await name(rest) == f"Writer {statuses.index(200)}"

    run(scenario())
