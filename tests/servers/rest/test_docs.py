"""The documentation page: well-formed, complete, self-contained, and safe whatever the data is called."""

import re
import shlex
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from servers.rest import docs
from servers.rest.definition import Definition, relations
from servers.rest.openapi import document
from servers.rest.queries.words import WORDS
from servers.status import MEANINGS

TEAMS = Definition("teams", {"properties": {"name": {"type": "string"}}}, protected="Teams can be read only.")
PLAYERS = Definition(
    "players",
    {
        "required": ["name"],
        "additionalProperties": False,
        "properties": {
            "name": {"type": "string", "maxLength": 20, "examples": ["Leon O'Britton"], "description": "In full."},
            "position": {"enum": ["goalkeeper", "forward"]},
            "number": {"type": "integer", "minimum": 1, "maximum": 99},
            "left": {"type": ["string", "null"]},
            "teamId": {"type": "integer"},
        },
    },
    hypermedia=True,
)
HOSTILE = """<script>alert("1")</script>&amp;'{{ 7 * 7 }}"""


def described(*definitions: Definition, secured: bool = False) -> dict[str, Any]:
    return document(definitions, relations(definitions), title="Sample service", secured=secured)


def parsed(text: str) -> Any:
    return etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False))


def texts(root: Any, path: str) -> list[str]:
    return [
        " ".join(" ".join(one.itertext()).split()) for one in root.iterfind(path, {"": "http://www.w3.org/1999/xhtml"})
    ]


@pytest.fixture(scope="module")
def page() -> Any:
    return parsed(docs.page(described(TEAMS, PLAYERS)))


def test_it_says_what_it_is(page: Any) -> None:
    assert texts(page, ".//h1") == ["Sample service"]


def test_every_operation_is_there_with_a_command(page: Any) -> None:
    found = described(TEAMS, PLAYERS)
    expected = {f"{method.upper()} {path}" for path, item in found["paths"].items() for method in item} - {
        f"PARAMETERS {path}" for path in found["paths"]
    }
    headings = [one for one in texts(page, ".//article/h3") if one.split()[0].isupper()]
    assert set(headings) == expected
    assert len(texts(page, ".//article/pre")) == len(expected)


def test_commands_are_what_a_shell_takes(page: Any) -> None:
    commands = [
        shlex.split(text.replace("\\\n", " ")) for text in ("".join(one.itertext()) for one in page.iter("{*}pre"))
    ]
    assert all(words[0] == "curl" and words[-1].startswith("http://localhost:5000/") for words in commands)
    body = '{"name": "Leon O\'Britton", "position": "goalkeeper", "number": 1, "left": "left", "teamId": 1}'
    create = ["curl", "-X", "POST", "-H", "Content-Type: application/json", "-d", body, "http://localhost:5000/players"]
    assert create in commands
    assert ["curl", "-X", "POST", "-d", "_method=DELETE", "http://localhost:5000/players/1"] in commands
    assert ["curl", "http://localhost:5000/players/1"] in commands


def test_commands_call_the_server_that_the_document_names() -> None:
    found = described(PLAYERS) | {"servers": [{"url": "http://localhost:8080/"}]}
    assert "curl http://localhost:8080/players\n" in docs.page(found).replace("</pre>", "\n")


def test_a_token_is_part_of_the_commands_where_one_is_needed() -> None:
    secured = parsed(docs.page(described(PLAYERS, secured=True)))
    commands = ["".join(one.itertext()) for one in secured.iter("{*}pre")]
    assert all("-H 'Authorization: Bearer TOKEN'" in one for one in commands)
    assert "TOKEN" not in docs.page(described(PLAYERS))


def test_schemas_are_tables(page: Any) -> None:
    (article,) = page.xpath("//*[@id='schema-Player']")
    rows = texts(article, ".//tr")
    assert 'name (required) string In full. at most 20 characters for example "Leon O\'Britton"' in rows
    assert 'position one of "goalkeeper", "forward"' in rows
    assert "number integer at least 1, at most 99" in rows
    assert "left string or null" in rows
    assert "links (required) array of Link" in rows
    assert "No other members." in texts(article, ".//p")


def test_the_form_of_an_item_shows_both_its_shapes(page: Any) -> None:
    (article,) = page.xpath("//*[@id='schema-Player.itemForm']")
    rows = texts(article, ".//tr")
    assert '_method (required) "PUT" or "DELETE"' in rows
    assert any(row.startswith("name ") for row in rows)


def test_codes_and_query_words_are_explained(page: Any) -> None:
    rows = texts(page, ".//tr")
    for status, meaning in MEANINGS.items():
        assert any(row.startswith(f"{status} ") and row.endswith(meaning) for row in rows)
    for word, example, meaning in WORDS:
        assert " ".join(f"{word} {example} {meaning}".split()) in rows


def test_every_link_on_the_page_leads_somewhere(page: Any) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for target in page.xpath("//@href"):
        assert target in {"/", "/lab", "/openapi.json", "data:,"} or target.removeprefix("#") in ids


def test_it_fetches_nothing_and_runs_nothing(page: Any) -> None:
    assert not page.xpath(
        "//*[local-name() = 'script' or local-name() = 'img' or local-name() = 'iframe' or @src or @style]"
    )
    assert page.xpath("//*[local-name() = 'link']/@href") == ["data:,"]
    (style,) = page.iter("{*}style")
    assert not re.search(r"url\(|@import", style.text)
    digest = b64encode(sha256(style.text.encode()).digest()).decode()
    policy = docs.HEADERS["Content-Security-Policy"]
    assert f"style-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_whatever_the_data_says_stays_text() -> None:
    member = {"description": HOSTILE, "examples": [HOSTILE], "pattern": HOSTILE}
    hostile = Definition(HOSTILE, {"description": HOSTILE, "properties": {HOSTILE: member}}, protected=HOSTILE)
    text = docs.page(described(hostile) | {"info": {"title": HOSTILE, "version": HOSTILE, "description": HOSTILE}})
    root = parsed(text)
    assert not list(root.iter("{*}script"))
    assert "<script" not in text
    assert "49" not in "".join(texts(root, ".//h1"))
    assert texts(root, ".//h1") == [HOSTILE]


names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/"), min_size=1)


@given(names, names)
def test_any_names_make_a_page(name: str, member: str) -> None:
    root = parsed(docs.page(described(Definition(name, {"properties": {member: {"const": member}}}))))
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", "".join(root.itertext()))
