"""What the tests of the representations share: views to render, and strategies for documents."""

from hypothesis import strategies as st

from servers.rest.definition import Definition
from servers.rest.storage.rows import Row
from servers.rest.strict_json import Json, Number, write
from servers.rest.views import Entry, Item, Link, Listing

PLAYERS = Definition(
    "players",
    {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "goals": {"type": "integer"},
            "shirt": {"type": ["integer", "null"]},
            "captain": {"type": "boolean"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "numbers": {"type": "array", "items": {"type": "number"}},
            "address": {"type": "object", "properties": {"street": {"type": "string"}}},
            "guess": {"examples": [Number("1")]},
        },
    },
    hypermedia=True,
)

# Characters that some layer treats in a way of its own come up often; halves of surrogate pairs are no text.
_odd = st.sampled_from(
    "\x00\x08\t\n\r\x1b\x7f\x85\xa0\u2028\u202e\ufffe\uffff\ufeff\U0001fffe<>&'\"]: =\\\u00fc\u0119\u4e2d"
)
texts = st.text(_odd | st.characters(exclude_categories=["Cs"]), max_size=12)
looks_typed = st.sampled_from(["", " ", "1", "-0.0", "true", "null", "[1]", "{}", '""', "01", "]]>", "&amp;"])
names = texts | st.sampled_from(
    [*PLAYERS.properties, "member", "item", "link", "type", "xml-a", "a:b", "1a", "a.b", "-"]
)
numbers = st.from_regex(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,25})?", fullmatch=True).map(Number)
scalars = st.none() | st.booleans() | texts | looks_typed | numbers
values: st.SearchStrategy[Json] = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4), max_leaves=20
)
documents: st.SearchStrategy[dict[str, Json]] = st.dictionaries(names.filter("id".__ne__), values, max_size=6)


def item(
    members: dict[str, Json], key: str = "7", definition: Definition = PLAYERS, updated: int = 1_700_000_000
) -> Item:
    """The view of a document with a number for its id."""
    row = Row(1, key, key.isdigit(), 3, updated, write(members))
    path = f"/{definition.name}/{key}"
    team = Link("team", "/teams/1", "Swansea & <City>")
    return Item(definition, row, (Link("self", path), Link("collection", f"/{definition.name}"), team))


def listing(*items: Item, definition: Definition = PLAYERS) -> Listing:
    """The third page of ten."""
    links = tuple(
        Link(rel, f"/{definition.name}?_page={page}&name=%C3%BC")
        for rel, page in (("self", 3), ("first", 1), ("prev", 2), ("next", 4), ("last", 10))
    )
    return Listing(definition, "Players", items, 40, links)


ENTRY = Entry(
    "Portside REST service",
    (
        Link("self", "/"),
        Link("teams", "/teams", "Teams"),
        Link("players", "/players"),
        Link("service-doc", "/docs", "Help"),
    ),
)
