"""Tests of Atom with a reader and a parser that others wrote, and of what RFC 4287 asks for."""

from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from lxml import etree

from servers.rest.definition import Definition
from servers.rest.representations import atom
from servers.rest.strict_json import Json, Number
from servers.rest.views import Entry, Link, Listing, View
from tests.servers.rest.representations.examples import ENTRY, PLAYERS, documents, item, listing

_NS = {"a": "http://www.w3.org/2005/Atom"}
MICHU = item({"name": "Michu", "goals": Number("18"), "note": "a\x00\u202e <b>"})
BONY = item({"name": "Wilfred Bony"}, "8", updated=1_700_000_060)


def root_of(view: View) -> Any:
    return etree.fromstring(atom.render(view).encode())


def read(view: View) -> Any:
    """What feedparser makes of it: a feed without a fault."""
    found = feedparser.parse(atom.render(view).encode(), response_headers={"content-type": "application/atom+xml"})
    assert found.bozo == 0, found.get("bozo_exception")
    assert found.version in {"atom10", ""}
    return found


def check(root: Any) -> None:
    """What RFC 4287, sections 4.1.1 and 4.1.2, want of a feed and of each entry."""
    for one in root.xpath("//a:feed | //a:entry", namespaces=_NS):
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"a:{name}", _NS)) == 1
            assert one.findtext(f"a:{name}", namespaces=_NS)
        assert one.xpath("ancestor-or-self::*/a:author/a:name/text()", namespaces=_NS)
        alternates = one.xpath("a:link[@rel='alternate']", namespaces=_NS)
        assert len(alternates) == 1
        assert one.findtext("a:id", namespaces=_NS).startswith("tag:portside.localhost,2026:")
        assert all(link.get("href").startswith("/") for link in one.findall("a:link", _NS))
    ids = root.xpath("//a:id/text()", namespaces=_NS)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "view", [MICHU, listing(MICHU, BONY), listing(), ENTRY], ids=["item", "page", "empty", "entry"]
)
def test_every_document_is_valid(view: View) -> None:
    read(view)
    check(root_of(view))


@settings(max_examples=40)
@given(documents)
def test_whatever_is_in_a_document_its_feed_is_valid(document: dict[str, Json]) -> None:
    view = listing(item(document))
    assert len(read(view).entries) == 1
    check(root_of(view))


def test_a_collection_is_a_feed_of_its_documents() -> None:
    found = read(listing(MICHU, BONY))
    assert found.feed.title == "Players"
    assert found.feed.subtitle == "2 of 40 documents"
    assert found.feed.updated == "2023-11-14T22:14:20Z"
    assert found.feed.author == "Portside"
    assert [entry.title for entry in found.entries] == ["Michu", "Wilfred Bony"]
    assert found.entries[0].id == "tag:portside.localhost,2026:item:/players/7"
    assert found.entries[0].link == "/players/7"
    assert found.entries[0].updated == "2023-11-14T22:13:20Z"
    assert found.entries[0].summary == "id:    7\nname:  Michu\ngoals: 18\nnote:  a\\x00\\u202e <b>"


def test_pages_are_linked_as_rfc_5005_wants_it() -> None:
    links = {link.rel: link.href for link in read(listing(MICHU)).feed.links}
    assert {rel: href[15:16] for rel, href in links.items() if rel != "alternate"} == {
        "self": "3",
        "first": "1",
        "previous": "2",
        "next": "4",
        "last": "1",
    }


def test_an_entry_shows_its_document_as_xhtml() -> None:
    view = item({"name": "a\nb", "tags": ["<i>", Number("1.0")], "inner": {"x\n": None, "y": {}}, "none": []})
    content = root_of(view).find("a:content", _NS)
    assert content.get("type") == "xhtml"
    (div,) = content
    assert etree.tostring(div).decode() == (
        '<div xmlns="http://www.w3.org/1999/xhtml"><dl><dt>id</dt><dd>7</dd><dt>name</dt><dd>a<br/>b</dd>'
        "<dt>tags</dt><dd><ul><li>&lt;i&gt;</li><li>1.0</li></ul></dd>"
        "<dt>inner</dt><dd><dl><dt>x\\n</dt><dd>null</dd><dt>y</dt><dd>{}</dd></dl></dd><dt>none</dt><dd>[]</dd></dl></div>"
    )
    assert "<dd>a<br />b</dd>" in read(view).entries[0].content[0].value


def test_relations_that_are_not_registered_are_related_resources() -> None:
    links = [(link.get("rel"), link.get("href"), link.get("title")) for link in root_of(MICHU).findall("a:link", _NS)]
    assert ("related", "/teams/1", "Swansea & <City>") in links
    assert ("collection", "/players", None) in links


def test_the_entry_document_is_a_feed_of_what_it_links_to() -> None:
    found = read(ENTRY)
    assert [(entry.title, entry.link) for entry in found.entries] == [
        ("Teams", "/teams"),
        ("players", "/players"),
        ("Help", "/docs"),
    ]
    assert found.feed.updated == "1970-01-01T00:00:00Z"


def test_two_links_to_one_place_are_one_entry() -> None:
    view = Entry("Service", (Link("self", "/"), Link("players", "/players"), Link("start", "/players", "Start here")))
    check(root_of(view))


@pytest.mark.parametrize(
    ("hrefs", "identity"),
    [
        (["/players"], "/players"),
        (["/players?format=atom"], "/players"),
        (["/players?name=a&format=atom&_page=3", "/players?name=a&_page=1"], "/players?name=a&_page=1"),
        (["/players?name="], "/players?name="),
    ],
)
def test_all_pages_of_a_query_are_one_feed(hrefs: list[str], identity: str) -> None:
    links = tuple(Link(rel, href) for rel, href in zip(("self", "first"), hrefs, strict=False))
    view = Listing(PLAYERS, "Players", (), 0, links)
    assert read(view).feed.id == f"tag:portside.localhost,2026:feed:{identity}"


def test_a_member_named_format_is_part_of_the_query() -> None:
    definition = Definition("files", {"properties": {"format": {"type": "string"}}})
    view = Listing(definition, "Files", (), 0, (Link("self", "/files?format=a&_format=atom"),))
    assert read(view).feed.id == "tag:portside.localhost,2026:feed:/files?format=a"
    assert read(view).feed.link == "/files?format=a"


def test_ids_do_not_depend_on_what_is_shown() -> None:
    odd = item({}, "a b/\u00fc")
    assert root_of(odd).findtext("a:id", namespaces=_NS) == "tag:portside.localhost,2026:item:/players/a%20b%2F%C3%BC"
