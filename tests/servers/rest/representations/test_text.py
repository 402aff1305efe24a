"""Tests of plain text: calm for people, harmless for terminals."""

import pytest
from hypothesis import given, settings

from servers.rest.representations import text
from servers.rest.strict_json import Json, Number
from servers.rest.views import Item, Listing
from tests.servers.rest.representations.examples import ENTRY, PLAYERS, documents, item, listing


def block(members: dict[str, Json]) -> list[str]:
    return text.block(members).split("\n")


def test_a_document_is_lines_of_its_members_and_links() -> None:
    document: dict[str, Json] = {
        "name": "Wilfred Bony",
        "goals": Number("2.50"),
        "shirt": None,
        "tags": ["forward", ["a", "b"], {"c": True, "d": []}],
        "address": {"street": "Long Lane", "town": "Swansea"},
        "a name that would push all others to the right": "x",
    }
    assert text.render(item(document)) == (
        "id:    7\n"
        "name:  Wilfred Bony\n"
        "goals: 2.50\n"
        "shirt: null\n"
        "tags:\n"
        "  - forward\n"
        "  - - a\n"
        "    - b\n"
        "  - c: true\n"
        "    d: []\n"
        "address:\n"
        "  street: Long Lane\n"
        "  town:   Swansea\n"
        "a name that would push all others to the right: x\n"
        "\n"
        "Links\n"
        "  self        /players/7\n"
        "  collection  /players\n"
        "  team        /teams/1    Swansea & <City>"
    )


def test_a_listing_is_a_block_a_document_with_total_and_page_links() -> None:
    michu, bony = item({"name": "Michu"}), item({"name": "Bony"}, "8")
    assert text.render(listing(michu, bony)).startswith(
        "Players\n=======\n2 of 40 documents\n\n"
        "/players/7\n  id:   7\n  name: Michu\n\n/players/8\n  id:   8\n  name: Bony\n\nLinks\n"
    )
    assert "  next   /players?_page=4" in text.render(listing(michu))


@pytest.mark.parametrize(
    ("items", "total", "words"), [(0, 0, "0 documents"), (1, 1, "1 document"), (1, 1200, "1 of 1,200 documents")]
)
def test_the_total_is_in_words(items: int, total: int, words: str) -> None:
    view = Listing(PLAYERS, "Players", (item({}),) * items, total, ())
    assert text.render(view).split("\n")[2] == words


def test_the_entry_document_is_a_list_of_links() -> None:
    assert text.render(ENTRY) == (
        "Portside REST service\n=====================\n\n"
        "Links\n  self         /\n  teams        /teams    Teams\n  players      /players\n"
        "  service-doc  /docs     Help"
    )


def test_a_line_break_cannot_fake_a_member() -> None:
    assert block({"name": "a\ngoals: 99", "tags": ["b\n- c"], "odd\nname": "d"}) == [
        "name:      a",
        "           goals: 99",
        "tags:",
        "  - b",
        "    - c",
        "odd\\nname: d",
    ]


@pytest.mark.parametrize(
    "harm", ["\x1b", "\r", "\x07", "\x7f", "\x9b", "\u202e", "\u2066", "\u200f", "\u2028", "\x85", "\x0b"]
)
def test_what_harms_a_terminal_is_shown_as_an_escape(harm: str) -> None:
    view = item({"name": f"a{harm}b", f"n{harm}": "x", "tags": [harm], "inner": {harm: harm}})
    titled = Item(view.definition, view.row, (*view.links[:1], *listing().links[:1]))
    assert harm not in text.render(titled)
    assert "a\\" in text.render(titled)


@pytest.mark.parametrize(
    "kept", ["\t", "\u200d", "\u00ad", "\U0001f469\u200d\U0001f680", "\u0645\u0631\u062d\u0628\u0627"]
)
def test_what_harms_nobody_stays(kept: str) -> None:
    assert block({"name": f"a{kept}b"}) == [f"name: a{kept}b"]


@settings(max_examples=40)
@given(documents)
def test_each_member_begins_a_line_and_nothing_else_does(document: dict[str, Json]) -> None:
    lines = text.block(document).split("\n") if document else []
    assert sum(not line.startswith((" ", "\t")) for line in lines) >= sum(
        name.strip() == name != "" for name in document
    )
    rendered = text.render(listing(item(document)))
    assert all(line == line.rstrip() for line in rendered.split("\n"))
    assert not any(ord(c) < 32 and c not in "\t\n" for c in rendered)
