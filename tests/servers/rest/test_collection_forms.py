"""Tests of the forms on the pages of a collection, filled in and sent as a browser does."""

from pathlib import Path

from aiohttp import ClientResponse
from lxml import html

from servers.rest.bodies.documents import FORM
from servers.rest.formats import FORMATS
from servers.rest.strict_json import Number
from tests.conftest import Run
from tests.servers.rest.harness import Running, running

HTML = {"Accept": "text/html"}


def fields(page: bytes) -> dict[str, str]:
    """What stands in the form of a page."""
    form = next(one for one in html.document_fromstring(page).forms if "name" in one.fields)
    return dict(form.fields)


async def post(rest: Running, path: str, **typed: str) -> tuple[ClientResponse, bytes]:
    response = await rest.client.post(path, data=typed, headers=HTML)
    assert response.headers["Content-Type"] == FORMATS["html"].content_type
    return response, await response.read()


def test_forms_create_edit_and_delete(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            created, page = await post(rest, "/players", name="Joe <b>", number="24", born="", teamId="1")
            path = created.headers["Location"]
            assert (created.status, b"Created." in page) == (201, True)
            shown = fields(page)
            assert (shown["name"], shown["number"], shown["_method"]) == ("Joe <b>", "24", "PUT")
            saved, page = await post(rest, path, **{**shown, "number": "", "name": "Joe"})
            assert (saved.status, b"Saved." in page) == (200, True)
            stored = rest.service.existing("players", path.rpartition("/")[2])
            assert stored.document() == {"name": "Joe", "teamId": Number("1")}
            stale, page = await post(rest, path, **{**shown, "name": "Old"})
            assert stale.status == 412
            again = fields(page)
            assert (again["name"], again.get("_match"), b"Save over it" in page) == ("Old", "*", True)
            assert (await post(rest, path, **again))[0].status == 200
            deleted, page = await post(rest, path, _method="DELETE")
            assert (deleted.status, b"Deleted." in page) == (200, True)
            assert html.document_fromstring(page).forms == []
            assert (await rest.client.get(path)).status == 404

    run(scenario())


def test_a_form_that_is_refused_comes_back_with_all_that_was_typed(tmp_path: Path, run: Run) -> None:
    typed = {"name": " ", "number": "<100>", "position": "left", "hat": "bowler & co"}

    async def scenario() -> None:
        async with running(tmp_path) as rest:
            for path, method in (("/players", {}), ("/teams/1/players", {}), ("/players/1", {"_method": "PUT"})):
                response, page = await post(rest, path, **typed, **method)
                assert response.status == 400
                shown = fields(page)
                assert {name: shown[name] for name in typed} == typed
                assert shown.get("_method") == method.get("_method")
                form = next(one for one in html.document_fromstring(page).forms if "name" in one.fields)
                assert (form.get("action"), form.get("method").lower()) == (path, "post")

    run(scenario())


def test_other_posts_to_an_item_are_refused(tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as rest:
            for typed in ({}, {"_method": "PATCH"}, {"_method": "put"}, {"_method": "POST"}):
                response = await rest.client.post("/players/1", data={"name": "x", **typed})
                assert (response.status, "_method" in await response.text()) == (400, True)
            as_json = await rest.client.post("/players/1", json={"_method": "DELETE"})
            assert (as_json.status, as_json.headers["Accept-Post"]) == (415, FORM)
            assert (await rest.client.post("/teams/1", data={"_method": "DELETE"})).status == 403
            assert (await rest.client.post("/players/0", data={"_method": "DELETE"})).status == 404
            assert (await rest.client.get("/players/1")).status == 200

    run(scenario())
