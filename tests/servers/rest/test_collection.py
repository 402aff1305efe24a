"""Tests of a collection and its items over real sockets: every representation, pages, nested routes, bodies, forms."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import feedparser
import pytest
from aiohttp import ClientResponse
from lxml import etree, html

from servers.rest.asked import ACCEPT_PATCH
from servers.rest.bodies.documents import ACCEPT_POST, FORM
from servers.rest.formats import FORMATS
from servers.rest.server import STORE_FILE
from servers.rest.service import Service
from servers.rest.storage.store import Store
from tests.conftest import Run
from tests.servers.rest.harness import links, running

HTML = {"Accept": "text/html"}
XML = {"Accept": "application/xml"}
TYPES = {name: one.content_type for name, one in FORMATS.items()}
ALSO = {
    "application/json": "json",
    "text/xml": "xml",
    "text/*": "html",
    "application/atom+xml;q=0.9, */*;q=0.1": "atom",
}


def parse(name: str, content: bytes) -> None:
    """Read a representation with a parser that others wrote."""
    if name == "json":
        json.loads(content)
    elif name == "html":
        html.document_fromstring(content)
    elif name != "text":
        etree.fromstring(content)
    if name == "atom":
        assert feedparser.parse(content, response_headers={"content-type": TYPES["atom"]}).bozo == 0
    assert content.endswith(b"\n")


async def faults(response: ClientResponse) -> list[str]:
    assert response.status == 400
    return [error["pointer"] for error in (await response.json(content_type=None)).get("errors", [])]


@pytest.mark.parametrize("path", ["/", "/players", "/players?name_like=b&_limit=2", "/players/1", "/teams/1/players"])
def test_every_representation_comes_by_accept_and_by_format(tmp_path: Path, run: Run, path: str) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            for name, content_type in TYPES.items():
                by_accept = await rest.client.get(path, headers={"Accept": content_type.partition(";")[0]})
                word = "&format=" if "?" in path else "?format="
                by_word = await rest.client.get(path + word + name, headers={"Accept": "image/png"})
                for response in (by_accept, by_word):
                    assert (response.status, response.headers["Content-Type"]) == (200, content_type)
                    assert response.headers["Vary"] == "Accept"
                    assert response.headers["X-Content-Type-Options"] == "nosniff"
                    parse(name, await response.read())
            for accept, name in ALSO.items():
                response = await rest.client.get(path, headers={"Accept": accept})
                assert response.headers["Content-Type"] == TYPES[name]
            assert (await rest.client.get(path + word + "yaml")).status == 400

    run(scenario())


def test_pages_have_links_and_the_total(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            total = int((await rest.client.get("/players")).headers["X-Total-Count"])
            response = await rest.client.get("/players?_page=2&_limit=15&_sort=name")
            assert response.headers["X-Total-Count"] == str(total)
            last = -(-total // 15)
            pages = {"first": 1, "prev": 1, "self": 2, "next": 3, "last": last}
            found = links(response)
            assert found.pop("up") == "/"
            assert found == {rel: f"/players?_page={page}&_limit=15&_sort=name" for rel, page in pages.items()}
            members = await response.json()
            assert {link["rel"]: link["href"] for link in members["links"]} == {**found, "up": "/"}
            assert len(members["players"]) == 15
            head = await rest.client.head("/players?_page=2&_limit=15&_sort=name")
            assert await head.read() == b""
            for field in ("Link", "X-Total-Count", "ETag", "Content-Length", "Content-Type"):
                assert head.headers[field] == response.headers[field]
            empty = await rest.client.get("/players?name=Nobody")
            assert (empty.headers["X-Total-Count"], (await empty.json())["players"]) == ("0", [])

    run(scenario())


def test_what_does_not_count_in_a_query_is_a_warning_each_time(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            for _ in range(2):
                response = await rest.client.get("/players?shoe=9&_sort=hat&_limit=1")
                assert [warning.isascii() for warning in response.headers.getall("X-Warning")] == [True, True]
                assert "shoe" in response.headers["X-Warning"]
            assert "X-Warning" not in (await rest.client.get("/players?_limit=1")).headers
            assert (await rest.client.get("/players?_limit=x")).status == 400

    run(scenario())


def test_children_are_read_and_made_below_their_parent(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            below, beside = "/teams/2/players", "/players?teamId=2"
            players = (await (await rest.client.get(below)).json())["players"]
            assert players == (await (await rest.client.get(beside)).json())["players"]
            assert {player["teamId"] for player in players} == {2}
            page = await rest.client.get(f"{below}?_sort=-name&_limit=1&_page=2")
            assert page.headers["X-Total-Count"] == str(len(players))
            assert links(page)["next"].startswith(below)
            assert links(page)["up"] == "/teams/2"
            for sent in ({"name": "Joe"}, {"name": "Joe", "teamId": 2}):
                created = await rest.client.post(below, json=sent)
                player = await created.json()
                assert (created.status, player["teamId"]) == (201, 2)
                assert created.headers["Location"] == f"/players/{player['id']}"
            typed = await rest.client.post(below, data={"name": "Joe", "teamId": "2"})
            assert (typed.status, (await typed.json())["teamId"]) == (201, 2)
            assert (await rest.client.get(below)).headers["X-Total-Count"] == str(len(players) + 3)
            assert await faults(await rest.client.post(below, json={"name": "Joe", "teamId": 3})) == ["/teamId"]
            for response in (
                await rest.client.get("/teams/99/players"),
                await rest.client.post("/teams/99/players", json={"name": "Joe"}),
                await rest.client.get("/players/1/teams"),
            ):
                assert response.status == 404
            options = await rest.client.options(below)
            assert options.headers["Allow"] == "GET, HEAD, POST, OPTIONS"
            assert (await rest.client.delete(below)).status == 405

    run(scenario())


def test_linked_resources_are_shown_inside_and_members_left_out(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:

            async def get(path: str) -> Any:
                response = await rest.client.get(path)
                assert response.status == 200
                return await response.json()

            plain, team = await get("/players/1"), await get("/teams/1")
            expanded = await get("/players/1?_expand=team")
            del team["links"]
            assert expanded == {**plain, "team": team}
            assert (await get("/players?id=1&_expand=team"))["players"] == [expanded]
            players = (await get("/teams/1/players"))["players"]
            embedded = await get("/teams/1?_embed=players")
            assert [one["id"] for one in embedded["players"]] == [one["id"] for one in players]
            few = await get("/players/1?_fields=name,number")
            assert few == {"name": plain["name"], "number": plain["number"], "links": plain["links"]}
            assert (await get("/players?_fields=id&_limit=1"))["players"][0].keys() == {"id", "links"}
            await rest.client.patch("/players/1", json={"teamId": 99})
            assert "team" not in await get("/players/1?_expand=team")
            assert (await rest.client.get("/players/1?_expand=hat")).status == 400

    run(scenario())


def test_options_says_what_may_be_sent(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            for path in ("/players", "/teams/1/players"):
                assert (await rest.client.options(path)).headers["Accept-Post"] == ACCEPT_POST
            item = await rest.client.options("/players/1")
            assert (item.headers["Accept-Patch"], item.headers["Accept-Post"]) == (ACCEPT_PATCH, FORM)
            wrong = await rest.client.patch("/players/1", data=b"<x/>", headers={"Content-Type": "application/xml"})
            assert (wrong.status, wrong.headers["Accept-Patch"]) == (415, ACCEPT_PATCH)

    run(scenario())


@pytest.mark.parametrize("content_type", ["application/json", "application/merge-patch+json"])
def test_a_merge_patch_changes_members(tmp_path: Path, run: Run, content_type: str) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            before = await (await rest.client.get("/players/1")).json()
            headers = {"Content-Type": content_type}
            patched = await rest.client.patch("/players/1", data='{"number": 99, "born": null}', headers=headers)
            del before["born"]
            assert await patched.json() == {**before, "number": 99}
            for body in ("[]", "null", "", '{"number": 100}', '{"name": null}', '{"id": 2}', '{"a": 1, "a": 2}'):
                response = await rest.client.patch("/players/1", data=body, headers=headers)
                assert response.status == 400
            assert await (await rest.client.get("/players/1")).json() == await patched.json()

    run(scenario())


def test_xml_that_was_got_can_be_sent_back_and_creates(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            before = await (await rest.client.get("/players/1")).json()
            text = await (await rest.client.get("/players/1", headers=XML)).read()
            sent = XML | {"Content-Type": "application/xml"}
            replaced = await rest.client.put("/players/1", data=text, headers=sent)
            assert (replaced.status, await replaced.read()) == (200, text)
            assert await (await rest.client.get("/players/1")).json() == before
            root = etree.fromstring(text)
            root.remove(root.find("id"))
            created = await rest.client.post("/players", data=etree.tostring(root), headers=sent)
            assert (created.status, created.headers["Content-Type"]) == (201, TYPES["xml"])
            copy = await (await rest.client.get(created.headers["Location"])).json()
            for one in (copy, before):
                del one["id"], one["links"]
            assert copy == before
            assert (await rest.client.post("/players", data=b"<player><name>", headers=sent)).status == 400

    run(scenario())


def test_protected_items_say_why_they_cannot_be_changed(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            before = await (await rest.client.get("/teams")).read()
            for method, path in (
                ("POST", "/teams"),
                ("PUT", "/teams/1"),
                ("PATCH", "/teams/1"),
                ("DELETE", "/teams/1"),
            ):
                response = await rest.client.request(method, path, json={"name": "x"})
                assert (response.status, "reference data" in await response.text()) == (403, True)
            assert await (await rest.client.get("/teams")).read() == before
            page = await (await rest.client.get("/teams/1", headers=HTML)).read()
            assert [form for form in html.document_fromstring(page).forms if form.method == "POST"] == []

    run(scenario())


def test_a_refusal_is_written_as_the_client_likes_it(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            for accept, content_type in (
                ("*/*", "application/problem+json"),
                ("image/png", "application/problem+json"),
                ("text/plain", "application/problem+json"),
                ("application/json, text/html;q=0.5", "application/problem+json"),
                ("application/xml", "application/problem+xml"),
                ("application/problem+xml", "application/problem+xml"),
                ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", TYPES["html"]),
                ("application/xhtml+xml", TYPES["xhtml"]),
            ):
                response = await rest.client.get("/nothing", headers={"Accept": accept})
                content = await response.read()
                assert (response.status, response.headers["Content-Type"]) == (404, content_type)
                assert response.headers["Vary"] == "Accept"
                assert b"There is no resource at this path" in content
                if "xml" in content_type:
                    assert etree.fromstring(content) is not None
            by_word = await rest.client.get("/nothing?format=xml")
            assert by_word.headers["Content-Type"] == "application/problem+xml"
            root = etree.fromstring(await by_word.read())
            assert root.findtext("{urn:ietf:rfc:7807}status") == "404"

    run(scenario())


def test_data_of_ones_own_is_the_documents_alone_with_links_in_the_header(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "db.json"
    file.write_text('{"rows": [{"id": "a b", "format": "x", "n": 1.0}, {"format": "y"}], "none": []}')

    async def scenario() -> None:
        async with running(tmp_path / "data") as rest:
            await rest.service.open(file)
            assert await (await rest.client.get("/rows?format=x")).json() == [{"id": "a b", "format": "x", "n": 1.0}]
            assert await (await rest.client.get("/none")).text() == "[]\n"
            item = await rest.client.get("/rows/a%20b")
            assert await item.text() == '{\n  "id": "a b",\n  "format": "x",\n  "n": 1.0\n}\n'
            assert links(item)["collection"] == "/rows"
            xml = await rest.client.get("/rows/a%20b?_format=xml")
            assert xml.headers["Content-Type"] == TYPES["xml"]
            created = await rest.client.post("/rows", json={"id": "ü/?", "links": [1]})
            assert (created.status, created.headers["Location"]) == (201, "/rows/%C3%BC%2F%3F")
            assert await (await rest.client.get("/rows/%C3%BC%2F%3F")).json() == {"id": "ü/?", "links": [1]}
            assert (await rest.client.post("/rows", json={"id": "a b"})).status == 409
            assert (await rest.client.get("/players")).status == 404
            await rest.service.undo()
            assert (await rest.client.get("/players")).status == 200

    run(scenario())


def test_nothing_stale_is_served_after_a_change_by_another_process(tmp_path: Path, run: Run) -> None:
    paths = ("/players/1", "/players?_limit=2", "/teams/1/players", "/teams/1?_embed=players")

    async def scenario() -> None:
        async with running(tmp_path) as rest:
            with closing(Store(tmp_path / STORE_FILE)) as store:
                other = Service(store)

                async def see(name: str) -> None:
                    for path in paths:
                        for accept in ("application/json", "text/html"):
                            response = await rest.client.get(path, headers={"Accept": accept})
                            assert name in await response.text(), path

                first = str(other.existing("players", "1").document()["name"])
                await see(first)
                for number in range(5):
                    other.merge("players", "1", {"name": f"Name {number}"})
                    await see(f"Name {number}")
                    await rest.client.patch("/players/1", json={"name": f"Ours {number}"})
                    await see(f"Ours {number}")
                    assert other.existing("players", "1").document()["name"] == f"Ours {number}"
                for switch, name in ((other.reset, first), (other.undo, "Ours 4")):
                    await switch()
                    while name not in await (await rest.client.get("/players/1")).text():
                        pass  # another dataset may take a tenth of a second to be seen
                    await see(name)
                other.delete("players", "1")
                assert (await rest.client.get("/players/1")).status == 404

    run(scenario())
