"""Tests of what clients get to see of documents: their paths, their links, linked resources inside them."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from servers.rest.definition import Relation
from servers.rest.presenter import EMBEDDED, Presenter, children_of, path_of
from servers.rest.queries.query import All, Condition, Op, Query
from servers.rest.service import Service
from servers.rest.storage.rows import Row
from servers.rest.storage.store import Store
from servers.rest.strict_json import Json, Number
from tests.conftest import Run


@pytest.fixture
def service(tmp_path: Path, run: Run) -> Iterator[Service]:
    """Authors and the books that name them; one book names nobody who is there, one has an odd name."""
    file = tmp_path / "db.json"
    file.write_text(
        '{"authors": [{"id": "j/a", "name": "Jane"}, {"id": 2}],'
        '"books": [{"id": 1, "authorId": "j/a"}, {"id": 2, "authorId": 2}, {"id": 3, "authorId": "x"},'
        '{"id": 4, "authorId": null}, {"id": 5, "authorId": ["j/a"]}]}'
    )
    with closing(Store(tmp_path / "rest.sqlite3")) as store:
        opened = Service(store)
        run(opened.open(file))
        yield opened


def links(run: Run, service: Service, name: str, key: str) -> dict[str, str]:
    item = run(Presenter(service).item(service.definitions[name], service.existing(name, key)))
    assert item.path == item.links[0].href
    return {link.rel: link.href for link in item.links}


def extra(run: Run, service: Service, name: str, key: str, query: Query) -> dict[str, Json]:
    row = service.existing(name, key)
    return dict(run(Presenter(service).item(service.definitions[name], row, query)).extra)


def test_paths_are_quoted() -> None:
    assert path_of("players") == "/players"
    assert path_of("a b", "ü/?#%") == "/a%20b/%C3%BC%2F%3F%23%25"


def test_the_entry_links_to_everything(service: Service) -> None:
    found = {link.rel: link.href for link in Presenter(service).entry().links}
    assert found == {
        "self": "/",
        "authors": "/authors",
        "books": "/books",
        "service-doc": "/docs",
        "service-desc": "/openapi.json",
        "lab": "/lab",
    }


def test_documents_link_to_their_parents_and_children(run: Run, service: Service) -> None:
    book = {"self": "/books/1", "collection": "/books", "author": "/authors/j%2Fa"}
    assert links(run, service, "books", "1") == book
    for key in ("4", "5"):
        assert links(run, service, "books", key).keys() == {"self", "collection"}
    author = {"self": "/authors/j%2Fa", "collection": "/authors", "books": "/authors/j%2Fa/books"}
    assert links(run, service, "authors", "j/a") == author


def test_linked_documents_are_shown_where_they_are_there(run: Run, service: Service) -> None:
    expand = Query(expand=("author",))
    assert extra(run, service, "books", "1", expand) == {"author": {"id": "j/a", "name": "Jane"}}
    assert extra(run, service, "books", "2", expand) == {"author": {"id": Number("2")}}
    for key in ("3", "4", "5"):
        assert extra(run, service, "books", key, expand) == {}
    embed = Query(embed=("books",))
    assert extra(run, service, "authors", "2", embed) == {"books": [{"id": Number("2"), "authorId": Number("2")}]}
    for number in range(EMBEDDED + 5):
        service.create("books", {"authorId": Number("2"), "n": Number(str(number))})
    shown = extra(run, service, "authors", "2", embed)["books"]
    assert isinstance(shown, list)
    assert len(shown) == EMBEDDED


def test_children_are_those_that_name_the_parent_and_match() -> None:
    relation, own = Relation("books", "authorId", "authors", "author"), Condition("authorId", Op.EQ, ("2",))
    assert children_of(relation, "2", Query(limit=3)) == Query(where=own, limit=3)
    title = Condition("title", Op.LIKE, ("x",))
    assert children_of(relation, "2", Query(where=title)).where == All((own, title))


def test_a_listing_leads_one_level_up(run: Run, service: Service) -> None:
    found = run(service.find("books", Query()))
    for path, up in (("/books", "/"), ("/authors/2/books", "/authors/2")):
        view = run(Presenter(service).listing(service.definitions["books"], found, Query(), path, ()))
        assert (view.title, view.total, len(view.items)) == ("Books", 5, 5)
        assert {link.rel: link.href for link in view.links} == {"self": path, "up": up}
        assert all(isinstance(item.row, Row) for item in view.items)
