"""Pages for people: well-formed, escaped, with forms that lose nothing and links that keep what was asked."""

import re
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from servers.guard import Refusal
from servers.resources import resource_path
from servers.rest.definition import Definition
from servers.rest.forms import MAX_FIELDS, texts_of
from servers.rest.problems import Fault, invalid
from servers.rest.representations import html
from servers.rest.representations.html_listing import CELL, MAX_COLUMNS
from servers.rest.storage.rows import Row
from servers.rest.strict_json import Json, Number, write_document
from servers.rest.views import Entry, Item, Link, Listing
from servers.status import MEANINGS

PLAYERS = Definition(
    "players",
    {
        "properties": {
            "name": {"type": "string", "description": "As on the shirt.", "minLength": 1, "maxLength": 80},
            "position": {"enum": ["goalkeeper", "forward"]},
            "number": {"type": "integer", "minimum": 1, "maximum": 99},
            "height": {"type": ["number", "null"], "minimum": 0},
            "captain": {"type": "boolean"},
            "born": {"type": "string", "format": "date"},
            "notes": {"type": "string", "maxLength": 2000},
            "tags": {"type": "array", "title": "Tags of it"},
            "teamId": {"examples": [1]},
        },
        "required": ["name", "position"],
    },
)
TEAMS = Definition("teams", {"properties": {"name": {"type": "string"}}}, protected="The teams are fixed.")
BONY: dict[str, Json] = {"name": "Wilfred Bony", "position": "forward", "number": Number("10"), "teamId": Number("1")}
HOSTILE = "\"'><script>alert(1)</script>&amp;\u202etxt.exe\0\x1b\n" + "x" * 10_000
XHTML = "{http://www.w3.org/1999/xhtml}"


def item(members: dict[str, Json], definition: Definition = PLAYERS, key: str = "7", **more: Any) -> Item:
    own = f"/{definition.name}/{key}"
    links = (Link("self", own), Link("collection", f"/{definition.name}"), Link("team", "/teams/1", "Swansea"))
    return Item(definition, Row(1, key, True, 3, 0, write_document(members) if members else "{}"), links, **more)


def listing(*items: Item, total: int | None = None, rels: str = "", definition: Definition = PLAYERS) -> Listing:
    links = (Link("self", "/players?x=1"), *(Link(rel, f"/players?_page={rel}") for rel in rels.split()))
    return Listing(definition, "Players", items, len(items) if total is None else total, links)


def parsed(page: str) -> Any:
    """The tree of a page, which must be XML, hold no script, and name no id twice."""
    tree = etree.fromstring(page.encode())
    assert page.startswith("<!DOCTYPE html>\n<html xmlns=")
    assert not list(tree.iter(f"{XHTML}script"))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not {name for one in tree.iter() for name in one.attrib if name.startswith("on")}
    return tree


def find(tree: Any, path: str) -> list[Any]:
    found: list[Any] = tree.xpath(path, namespaces={"h": XHTML[1:-1]})
    return found


def text(tree: Any, path: str = "//h:main") -> str:
    return " ".join(" ".join("".join(one.itertext()) for one in find(tree, path)).split())


def controls(tree: Any) -> dict[str, Any]:
    return {one.get("name"): one for one in find(tree, ".//*[@name][not(self::h:meta)]")}


def value(control: Any) -> str:
    """What a browser would send for a control."""
    if control.tag.endswith("select"):
        chosen = control.xpath("*[@selected]") or control.xpath("*[1]")
        return str(chosen[0].get("value"))
    return str(control.text or "") if control.tag.endswith("textarea") else str(control.get("value"))


def values(tree: Any) -> dict[str, str]:
    return {name: value(control) for name, control in controls(tree).items()}


def test_the_style_is_allowed_by_its_hash_and_nothing_else_is() -> None:
    style = find(parsed(html.render(item(BONY))), "//h:style")[0].text
    policy = html.HEADERS["Content-Security-Policy"]
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
    for directive in ("default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert directive in policy
    assert "unsafe" not in policy
    assert not set("<&") & set(style)
    assert len(style) < 10_000


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_the_contrast_of_wcag_aa(scheme: int) -> None:
    blocks = re.findall(r":root \{(.*?)\}", resource_path("rest", "pages.css").read_text(), re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", blocks[scheme]))

    def luminance(name: str) -> float:
        parts = (int(colours[name][at : at + 2], 16) / 255 for at in (1, 3, 5))
        red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one: str, other: str) -> float:
        low, high = sorted((luminance(one), luminance(other)))
        return (high + 0.05) / (low + 0.05)

    texts = [(ink, paper) for ink in ("text", "quiet", "accent", "danger") for paper in ("page", "panel")]
    for pair in [*texts, ("text", "tint"), ("accent", "tint"), ("on-accent", "accent")]:
        assert contrast(*pair) >= 4.5, pair
    for paper in ("page", "panel"):
        assert contrast("line", paper) >= 3, paper


def test_an_item_shows_its_members_and_its_links_work() -> None:
    nested: dict[str, Json] = {"cup": None, "goals": [Number("1.50"), True], "deep": {"a": {}}, "none": [], "e": ""}
    tree = parsed(html.render(item({**BONY, "stats": nested, "huge": [Number("1e400")] * 1000})))
    assert text(tree, "//h:h1") == "Wilfred Bony"
    members = dict(
        zip(
            [text(one, ".") for one in find(tree, "//h:dl[@class='members']/h:div/h:dt")],
            [text(one, ".") for one in find(tree, "//h:dl[@class='members']/h:div/h:dd")],
            strict=True,
        )
    )
    assert members["id"] == "7"
    assert members["stats"] == "cup null goals 1.50 true deep a empty object none empty array e empty text"
    assert members["huge"].startswith("[1e400, 1e400")
    assert find(tree, "//h:dd/h:a[.='1']/@href") == ["/teams/1"]
    links = dict(zip(find(tree, "//h:ul[@class='links']//h:a/@href"), ["self", "collection", "Swansea"], strict=True))
    assert links == {"/players/7": "self", "/players": "collection", "/teams/1": "Swansea"}


def test_linked_resources_inside_are_links() -> None:
    team: Json = {"id": Number("1"), "name": "Swansea"}
    page = html.render(item(BONY, extra={"team": team, "news": [{"id": "a/b", "title": "Won"}, {"id": "c"}]}))
    embedded = [(one.get("href"), text(one, ".")) for one in find(parsed(page), "//h:dd//h:a")]
    assert embedded == [("/teams/1", "1"), ("/teams/1", "Swansea"), ("/news/a%2Fb", "Won"), ("/news/c", "c")]


def test_the_edit_form_has_a_field_for_each_member() -> None:
    members: dict[str, Json] = {**BONY, "number": Number("1e400"), "born": "1988-12-10", "other": "x", "odd": {"a": []}}
    tree = parsed(html.render(item(members, fields=("name",)), tag='"3-ab-html"'))
    found = controls(tree)
    kinds = {
        name: (one.get("type") or one.tag.removeprefix(XHTML), one.get("inputmode")) for name, one in found.items()
    }
    assert kinds == {
        "_method": ("hidden", None),
        "_match": ("hidden", None),
        "name": ("text", None),
        "position": ("select", None),
        "number": ("text", "numeric"),
        "height": ("text", "decimal"),
        "captain": ("select", None),
        "born": ("date", None),
        "notes": ("textarea", None),
        "tags": ("textarea", None),
        "teamId": ("text", "decimal"),
        "other": ("text", None),
        "odd": ("textarea", None),
    }
    sent = values(find(tree, "//h:form")[0])
    assert {name: one for name, one in sent.items() if one} == {
        "_method": "PUT",
        "_match": '"3-ab-html"',
        **texts_of(members),
    }
    assert {name for name, one in found.items() if one.get("required")} == {"name", "position"}
    assert find(found["captain"], "*/@value") == ["", "true", "false"]
    assert text(tree, "//h:label[contains(., 'Tags')]") == "Tags of it tags"
    hint = found["name"].get("aria-describedby")
    assert text(tree, f"//*[@id='{hint}']") == "As on the shirt. 1 to 80 characters."
    assert "From 1 to 99." in text(tree)
    assert "At least 0." in text(tree)
    assert "saving makes it a text" in text(tree, f"//*[@id='{found['odd'].get('aria-describedby')}']")
    fields = {one.get("id") for name, one in found.items() if not name.startswith("_")}
    assert set(find(tree, "//h:label/@for")) == fields


def test_the_delete_form_names_the_state_that_it_deletes() -> None:
    form = find(parsed(html.render(item(BONY), tag='"3-ab-html"')), "//h:form[.//h:button[@class='danger']]")[0]
    assert (form.get("method"), form.get("action")) == ("post", "/players/7")
    assert values(form) == {"_method": "DELETE", "_match": '"3-ab-html"'}


def test_a_value_that_the_field_would_change_gets_another_field() -> None:
    members: dict[str, Json] = {
        "born": "yesterday",
        "position": "striker",
        "name": "two\nlines",
        "notes": "\n\x07",
        "height": None,
        "x": "",
    }
    tree = parsed(html.render(item(members)))
    found = controls(tree)
    assert (found["born"].get("type"), value(found["born"])) == ("text", "yesterday")
    assert value(found["position"]) == "striker"
    assert (found["name"].tag, value(found["name"])) == (f"{XHTML}textarea", "two\nlines")
    assert value(found["notes"]) == "\n\n\\u0007"  # an HTML parser drops the first line break
    assert "cannot carry the control characters" in text(tree)
    assert "This is null now: saving leaves it out." in text(tree)
    assert "This is an empty text now: saving leaves it out." in text(tree)


def test_protected_and_deleted_resources_have_no_forms_that_change() -> None:
    team = item({"name": "Swansea"}, TEAMS)
    for page in (html.render(team), html.render(listing(team, definition=TEAMS))):
        assert not find(parsed(page), "//h:form[@method='post']")
        assert "The teams are fixed." in text(parsed(page))
    tree = parsed(html.render(item(BONY), note="Deleted. This is what it was.", gone=True))
    assert not find(tree, "//h:form")
    assert text(tree, "//*[@role='status']") == "Deleted. This is what it was."
    assert not find(tree, "//h:a[@href='/players/7' or contains(@href, 'format=')]")


@pytest.mark.parametrize("members", [{"_id": "5"}, {"a\nb": "5"}, {f"m{n}": "" for n in range(MAX_FIELDS + 1)}])
def test_what_a_form_cannot_hold_has_none(members: dict[str, Json]) -> None:
    tree = parsed(html.render(item(members)))
    assert "A form cannot hold this document" in text(tree)
    assert [value(one) for one in find(tree, "//h:input[@name='_method']")] == ["DELETE"]


def test_a_listing_is_a_table_whose_rows_lead_to_items() -> None:
    long = item({"name": "Nathan Dyer", "color": "red", "notes": "é" * 90}, key="8")
    tree = parsed(html.render(listing(item(BONY), long, item({}, key="9"))))
    heads = [text(one, ".") for one in find(tree, "//h:th")]
    assert heads == ["id", "name", "position", "number", "notes", "teamId", "color"]
    assert find(tree, "//h:tbody/h:tr/h:td[2]/h:a/@href") == ["/players/7", "/players/8", "/players/9"]
    assert find(tree, "//h:tbody/h:tr[1]/h:td[6]/h:a/@href") == ["/teams/1"]
    assert text(tree, "//h:tbody/h:tr[3]") == "9 player 9"
    cell = find(tree, "//h:td[@title]")[0]
    assert (text(cell, "."), cell.get("title")) == ("é" * (CELL - 1) + "…", "é" * 90)
    assert text(tree, "//h:nav[@class='pages']/h:span") == "1 to 3 of 3"
    form = find(tree, "//h:details/h:form")[0]
    assert (form.get("action"), find(form, ".//h:button")[0].text) == ("/players", "Create")
    assert set(values(form)) == set(PLAYERS.properties)
    assert find(tree, "//h:details/@open") == []


@pytest.mark.parametrize(
    ("query", "rels", "said"),
    [
        ("_page=1", "next", "1 to 2 of 9"),
        ("_page=3&_limit=2", "prev next", "5 to 6 of 9"),
        ("_page=5", "prev", "8 to 9 of 9"),
        ("_start=4&_limit=2", "", "5 to 6 of 9"),
        ("_page=x", "", "1 to 2 of 9"),
    ],
)
def test_a_page_says_which_part_it_is(query: str, rels: str, said: str) -> None:
    tree = parsed(html.render(listing(item(BONY), item(BONY), total=9, rels=rels), query=query))
    assert text(tree, "//h:nav[@class='pages']/h:span") == said
    assert find(tree, "//h:nav[@class='pages']/h:a/@rel") == rels.split()


def test_heads_sort_and_the_search_keeps_what_was_asked() -> None:
    query = "number=1%302&number=9&q=%C3%A4+b&_sort=-name&_page=3&_limit=5&&x"
    tree = parsed(html.render(listing(item(BONY | {"a.b": "", "-c": ""})), query=query))
    heads = {text(one, "."): (find(one, "h:a/@href"), one.get("aria-sort")) for one in find(tree, "//h:th")}
    kept = "/players?number=1%302&number=9&q=%C3%A4+b&_limit=5&x&_sort="
    assert heads["name"] == ([f"{kept}name"], "descending")
    assert heads["id"] == ([f"{kept}id"], None)
    assert heads["a.b"] == heads["-c"] == ([], None)
    form = find(tree, "//h:form[@role='search']")[0]
    assert [(one.get("name"), one.get("value")) for one in find(form, "h:input")] == [
        ("number", "102"),
        ("number", "9"),
        ("_sort", "-name"),
        ("_limit", "5"),
        ("x", ""),
        ("q", "ä b"),
    ]
    up = parsed(html.render(listing(item(BONY)), query="_sort=name,id&_order=asc"))
    assert find(up, "//h:th[@aria-sort='ascending']/h:a/@href") == ["/players?_sort=-name"]


def test_other_representations_are_links_that_keep_the_query() -> None:
    tree = parsed(html.render(item(BONY), query="_embed=a%26b&format=html"))
    hrefs = find(tree, "//h:footer//h:a[contains(@href, 'format=')]/@href")
    assert hrefs == [f"/players/7?_embed=a%26b&format={name}" for name in ("json", "xml", "text", "atom")]
    books = Definition("books", {"properties": {"format": {}}})
    tree = parsed(html.render(item({"format": "A5"}, books), query="format=A5&_format=html"))
    assert "/books/7?format=A5&_format=json" in find(tree, "//h:footer//h:a/@href")


def test_empty_listings_say_what_to_do() -> None:
    tree = parsed(html.render(listing()))
    assert "Fill in the form to make the first one." in text(tree)
    assert find(tree, "//h:details/@open") == ["open"]
    tree = parsed(html.render(listing(), query="q=zzz"))
    assert "Nothing matches" in text(tree)
    assert set(find(tree, "//h:a[.='Show all']/@href")) == {"/players"}
    tree = parsed(html.render(listing(total=4, rels="last"), query="_page=9"))
    assert find(tree, "//h:p[contains(., 'beyond the last page')]/h:a/@href") == ["/players?_page=last"]


def test_a_table_has_no_more_columns_than_can_be_read() -> None:
    wide: dict[str, Json] = {f"m{n}": "" for n in range(100)}
    tree = parsed(html.render(listing(item(wide), item(BONY, extra={"team": {"id": "1"}}))))
    assert len(find(tree, "//h:th")) == MAX_COLUMNS
    assert f"{106 - MAX_COLUMNS} more members" in text(tree)


def test_embedded_columns_do_not_sort() -> None:
    tree = parsed(html.render(listing(item(BONY, extra={"team": {"id": "1"}}))))
    assert find(tree, "//h:th[.='team']") != []
    assert find(tree, "//h:th[.='team']/h:a") == []


def test_the_entry_page_leads_everywhere() -> None:
    links = [("players", "/players", "Players"), ("service-doc", "/docs", "Documentation"), ("lab", "/lab", "")]
    tree = parsed(html.render(Entry("Service", (Link("self", "/"), *(Link(*one) for one in links)))))
    assert [(one.get("href"), text(one, "h:strong")) for one in find(tree, "//h:main//h:a")] == [
        ("/players", "Players"),
        ("/docs", "Documentation"),
        ("/lab", "lab"),
    ]
    assert "There are none." in text(parsed(html.render(Entry("Service", (Link("self", "/"),)))))


@pytest.mark.parametrize("status", MEANINGS)
def test_a_problem_says_what_its_status_means(status: int) -> None:
    tree = parsed(html.problem(Refusal(status, "Because <of> this.")))
    assert text(tree, "//h:h1").startswith(f"{status} ")
    assert MEANINGS[status] in text(tree)
    assert "Because <of> this." in text(tree)
    assert not find(tree, "//h:form")


def test_a_refused_form_comes_back_with_everything_that_was_typed() -> None:
    typed = {"name": "  Bony ", "number": "ten", "position": "striker", "a/b~": "<b>", "born": "soon"}
    faults = [
        Fault("/number", "It must be a number."),
        Fault("/a~1b~0", "Unknown."),
        Fault("/tags/0", "No."),
        Fault("", "All."),
    ]
    tree = parsed(
        html.problem(invalid(faults), definition=PLAYERS, path="/players/7", texts=typed, method="PUT", tag='"t"')
    )
    form = find(tree, "//h:form")[0]
    sent = values(form)
    assert form.get("action") == "/players/7"
    assert {name: one for name, one in sent.items() if one} == {"_method": "PUT", "_match": '"t"', **typed}
    for name, fault in (("number", "It must be a number."), ("a/b~", "Unknown."), ("tags", "No.")):
        control = controls(form)[name]
        assert control.get("aria-invalid") == "true"
        described = control.get("aria-describedby").split()
        assert fault in [text(tree, f"//*[@id='{one}']") for one in described]
        assert find(tree, f"//h:a[@href='#{control.get('id')}']")
    assert "the whole document All." in text(tree, "//*[@role='alert']")


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_lost_race_is_explained_and_leads_to_the_present_state(method: str) -> None:
    texts = {"name": "Bony"} if method == "PUT" else {}
    tree = parsed(
        html.problem(
            Refusal(412, "No."), definition=PLAYERS, path="/players/7", texts=texts, method=method, tag='"old"'
        )
    )
    assert "Somebody else changed this player" in text(tree)
    assert find(tree, "//h:a[.='See its present state']/@href") == ["/players/7"]
    assert bool(find(tree, "//h:form")) == (method == "PUT")
    if method == "PUT":
        assert values(tree)["_match"] == "*"


def test_a_form_that_names_no_state_leads_to_the_present_one() -> None:
    page = html.problem(Refusal(428, "No."), definition=PLAYERS, path="/players/7", texts={"name": "x"}, method="PUT")
    assert find(parsed(page), "//h:a[.='See its present state']/@href") == ["/players/7"]


def test_a_new_item_goes_to_the_collection_that_is_shown() -> None:
    view = Listing(PLAYERS, "Players", (), 0, (Link("self", "/teams/1/players?_page=2"),))
    assert find(parsed(html.render(view)), "//h:details/h:form/@action") == ["/teams/1/players"]


def test_a_protected_collection_gives_no_form_back() -> None:
    page = html.problem(Refusal(403, "Fixed."), definition=TEAMS, path="/teams", texts={"name": "x"})
    assert not find(parsed(page), "//h:form")


def test_hostile_names_stay_text() -> None:
    bad = item({"name": HOSTILE, HOSTILE: HOSTILE})
    pages = [
        html.render(bad, query=HOSTILE, tag=HOSTILE, note=HOSTILE),
        html.render(listing(bad), query=f"q={HOSTILE}&{HOSTILE}"),
        html.problem(
            invalid([Fault(f"/{HOSTILE}", HOSTILE)]), definition=PLAYERS, texts={HOSTILE: HOSTILE}, path=HOSTILE
        ),
    ]
    for page in pages:
        assert "<script" not in page
        assert "\u202e" not in page
        assert "\\u202etxt.exe\\u0000\\u001b" in page
        assert "<script>alert(1)</script>&amp;" in text(parsed(page))


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\u202e"), max_size=20)
scalars = texts | st.none() | st.booleans() | st.integers().map(lambda number: Number(str(number)))
json = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=5)


@settings(max_examples=50)
@given(document=st.dictionaries(texts, json, max_size=5), known=st.dictionaries(texts, json, max_size=3))
def test_a_form_sends_back_whatever_it_shows(document: dict[str, Json], known: dict[str, Json]) -> None:
    definition = Definition("things", {"properties": {name: {"examples": [one]} for name, one in known.items()}})
    tree = parsed(html.render(item(document, definition)))
    forms = find(tree, "//h:form[not(.//h:button[@class='danger'])]")
    assert bool(forms) is not any(name.startswith("_") or "\n" in name for name in document)
    for form in forms:
        sent = {name: one for name, one in values(form).items() if one and name != "_method"}
        first_break_doubled = {
            name: f"\n{one}" if one.startswith("\n") else one for name, one in texts_of(document).items() if one
        }
        noncharacters = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
        if not noncharacters.search("".join([*first_break_doubled, *first_break_doubled.values()])):
            assert sent == first_break_doubled


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_makes_a_page_that_both_parsers_read_alike(name: str, query: str) -> None:
    page = html.render(listing(item({"name": name, "title": "x"})), query=query)
    as_xml = [one.get("href") for one in find(parsed(page), "//h:a")]
    as_html = [one.get("href") for one in lxml_html.fromstring(page.encode()).iter("a")]
    assert as_xml == as_html
