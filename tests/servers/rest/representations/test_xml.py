"""Tests of XML: what is written reads back the same, by our reader and by parsers that others wrote."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from servers.guard import Refusal
from servers.rest.bodies.documents import read_document
from servers.rest.definition import Definition
from servers.rest.problems import Fault, Problem
from servers.rest.representations import xml
from servers.rest.strict_json import Json, Number, write
from servers.rest.views import Item, View
from tests.servers.rest.representations.examples import ENTRY, documents, item, listing, names

_ATOM = "{http://www.w3.org/2005/Atom}"


def parsed(text: str) -> Any:
    return etree.fromstring(text.encode())


def read_back(view: Item) -> dict[str, Json]:
    return read_document(xml.render(view).encode(), "application/xml", view.definition)


@settings(max_examples=50)
@given(documents)
def test_a_document_reads_back_as_it_was(document: dict[str, Json]) -> None:
    found = read_back(item(document))
    assert found == {"id": Number("7"), **document}
    assert write(found) == write({"id": Number("7"), **document})


@settings(max_examples=40)
@given(documents, names)
def test_it_does_so_under_any_name_and_without_a_schema(document: dict[str, Json], name: str) -> None:
    definition = Definition(name, {})
    assert read_back(item(document, "a", definition)) == {"id": "a", **document}


@settings(max_examples=30)
@given(documents, documents)
def test_lxml_reads_every_representation(first: dict[str, Json], second: dict[str, Json]) -> None:
    one, two = item(first), item(second, "8")
    root = parsed(xml.render(one))
    assert root.tag == "player"
    assert len(root) == len(first) + 1 + len(one.links)
    assert [child.tag for child in parsed(xml.render(listing(one, two)))] == ["player"] * 2 + [f"{_ATOM}link"] * 5


def test_a_person_can_read_it() -> None:
    document: dict[str, Json] = {
        "name": "Wilfred <Bony>",
        "goals": Number("25"),
        "captain": False,
        "shirt": None,
        "tags": ["forward", "10"],
        "address": {"street": " Long Lane\r\n", "my note": "", "odd\x00": "\x07"},
        "guess": "12",
        "numbers": [],
    }
    assert xml.render(item(document)) == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<player xmlns:atom="http://www.w3.org/2005/Atom">\n'
        '  <id type="number">7</id>\n'
        "  <name>Wilfred &lt;Bony&gt;</name>\n"
        '  <goals type="number">25</goals>\n'
        '  <captain type="boolean">false</captain>\n'
        '  <shirt type="null"/>\n'
        '  <tags type="array">\n'
        "    <item>forward</item>\n"
        "    <item>10</item>\n"
        "  </tags>\n"
        '  <address type="object">\n'
        "    <street> Long Lane&#13;\n</street>\n"
        '    <member name="my note"/>\n'
        '    <member json=\'"odd\\u0000"\' type="json">"\\u0007"</member>\n'
        "  </address>\n"
        '  <guess type="string">12</guess>\n'
        '  <numbers type="array"/>\n'
        '  <atom:link rel="self" href="/players/7"/>\n'
        '  <atom:link rel="collection" href="/players"/>\n'
        '  <atom:link rel="team" href="/teams/1" title="Swansea &amp; &lt;City&gt;"/>\n'
        "</player>"
    )


def test_only_the_wanted_members_are_shown_with_what_is_linked_inside() -> None:
    whole = item({"name": "Michu", "goals": Number("18")})
    view = Item(whole.definition, whole.row, whole.links, {"team": {"name": "Swansea"}}, ("name",))
    assert [child.tag for child in parsed(xml.render(view))][:2] == ["name", "team"]


def test_a_listing_says_how_many_there_are_and_links_to_its_pages() -> None:
    root = parsed(xml.render(listing(item({"name": "Michu"}))))
    assert (root.tag, root.get("total")) == ("players", "40")
    assert root.findtext("player/name") == "Michu"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{_ATOM}link")}
    assert links["next"] == "/players?_page=4&name=%C3%BC"
    assert parsed(xml.render(listing())).findall("player") == []


def test_the_entry_document_links_to_everything() -> None:
    root = parsed(xml.render(ENTRY))
    assert root.findtext("title") == "Portside REST service"
    assert [link.get("href") for link in root.findall(f"{_ATOM}link")] == ["/", "/teams", "/players", "/docs"]


@pytest.mark.parametrize("view", [item({}), listing(), ENTRY], ids=["item", "listing", "entry"])
def test_every_representation_is_declared_utf_8(view: View) -> None:
    assert xml.render(view).startswith('<?xml version="1.0" encoding="utf-8"?>\n<')


def test_a_problem_is_as_rfc_9457_appendix_b_wants_it() -> None:
    faults = [Fault("/goals", "It is <no> number."), Fault("/odd\x00", "Why?")]
    root = parsed(xml.render_problem(Problem(Refusal(400, "Faults & more."), faults=faults, path="/players/a b")))
    space = "{urn:ietf:rfc:7807}"
    assert root.tag == f"{space}problem"
    found = {re.sub("{.*}", "", child.tag): child.text for child in root}
    assert found["type"] == "about:blank"
    assert found["title"] == "Bad Request"
    assert found["status"] == "400"
    assert found["detail"] == "Faults & more."
    assert found["instance"] == "/players/a%20b"
    inside = [[part.text for part in one] for one in root.find(f"{space}errors").findall(f"{space}i")]
    assert inside == [["/goals", "It is <no> number."], ["/odd\ufffd", "Why?"]]
