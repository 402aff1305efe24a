"""A client that knows only the entry document, and no more than a representation's own links, reaches every player."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree, html
from yarl import URL

from servers.rest.files.sample import sample_data
from servers.rest.server import STORE_FILE
from servers.rest.service import Service
from servers.rest.storage.store import Store
from tests.conftest import Run
from tests.servers.rest.harness import links as links_in_header
from tests.servers.rest.harness import running

PLAYERS = {f"/players/{number}" for number in range(1, len(sample_data().collections[1][1]) + 1)}


def links_in_json(content: bytes) -> Iterator[str]:
    def inside(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (link["href"] for link in value.get("links", ()))
            value = list(value.values())
        for one in value if isinstance(value, list) else ():
            yield from inside(one)

    yield from inside(json.loads(content))


def links_in_xml(content: bytes) -> Iterator[str]:
    for link in etree.fromstring(content).iter("{http://www.w3.org/2005/Atom}link"):
        yield link.get("href")


def links_in_atom(content: bytes) -> Iterator[str]:
    found = feedparser.parse(content, response_headers={"content-type": "application/atom+xml"})
    assert found.bozo == 0
    for one in (found.feed, *found.entries):
        yield from (link.href for link in one.get("links", ()))


def links_in_html(content: bytes) -> Iterator[str]:
    for link in html.document_fromstring(content).iter("a"):
        yield link.get("href", "")


@pytest.mark.parametrize(
    ("accept", "links"),
    [
        ("application/json", links_in_json),
        ("application/xml", links_in_xml),
        ("application/atom+xml", links_in_atom),
        ("text/html", links_in_html),
        ("application/xhtml+xml", links_in_html),
    ],
)
def test_it_reaches_every_player(
    tmp_path: Path, run: Run, accept: str, links: Callable[[bytes], Iterator[str]]
) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            known, new = set[str](), {"/"}
            while new:
                found = set[str]()
                for path in new:
                    response = await rest.client.get(path, headers={"Accept": accept})
                    assert response.status == 200, path
                    if response.content_type == accept and path != "/openapi.json":
                        found |= {link for link in links(await response.read()) if link.startswith("/")}
                known |= new
                new = {link for link in found if "?" not in link and not link.startswith("/lab/")} - known
            assert known >= PLAYERS
            assert {"/teams/1", "/teams/1/players", "/docs", "/openapi.json", "/lab"} <= known

    run(scenario())


@pytest.mark.parametrize("path", ["/players", "/players/1", "/", "/openapi.json"])
def test_a_list_of_another_dataset_has_the_form_of_that_dataset(tmp_path: Path, run: Run, path: str) -> None:
    """Also where another process opened it a moment ago: its documents never come in the form of the old ones."""
    file = tmp_path / "db.json"
    file.write_text('{"players": [{"id": 1, "name": "Ours"}]}')

    async def scenario() -> None:
        async with running(tmp_path) as rest:
            before = await (await rest.client.get(path)).read()
            with closing(Store(tmp_path / STORE_FILE)) as store:
                await Service(store).open(file)
            after = await (await rest.client.get(path)).read()
            assert after == await (await rest.client.get(path)).read() != before

    run(scenario())


def test_collections_of_any_name_are_reached_by_their_links(tmp_path: Path, run: Run) -> None:
    names = ["a b", "Städte", "a&b", "q?", "a%b", "a%20b", "~t'()", "{id}", "x.y", "東京"]
    file = tmp_path / "db.json"
    file.write_text(json.dumps({name: [{"id": name}] for name in names}))

    async def scenario() -> None:
        async with running(tmp_path / "data") as rest:
            await rest.service.open(file)
            links = [link["href"] for link in (await (await rest.client.get("/")).json())["links"]][1:]
            assert rest.server.address is not None
            for path in links[: len(names)]:
                for target in (path, f"{path}/{path[1:]}", path.replace("%C3%A4", "%c3%a4")):
                    url = URL(rest.server.address.url + target, encoded=True)
                    assert (await rest.client.get(url)).status == 200, target

    run(scenario())


def test_next_leads_through_a_collection_that_fits_no_page(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "db.json"
    file.write_text(json.dumps({"rows": [{"n": number} for number in range(2500)]}))

    async def scenario() -> None:
        async with running(tmp_path / "data") as rest:
            await rest.service.open(file)
            found: list[int] = []
            path: str | None = next(
                link for link in links_in_json(await (await rest.client.get("/")).read()) if link == "/rows"
            )
            while path is not None:
                response = await rest.client.get(path)
                found += [row["n"] for row in await response.json()]
                path = links_in_header(response).get("next")
            assert found == list(range(2500))

    run(scenario())
