"""The OpenAPI document: valid by the rules of OpenAPI 3.1, whatever the collections are called and look like."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from servers.rest.definition import Definition, relations
from servers.rest.openapi import document
from servers.rest.strict_json import Number

TEAMS = Definition(
    "teams",
    {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "examples": ["Swansea City"]}}},
    protected="Teams can be read only.",
    hypermedia=True,
)
PLAYERS = Definition(
    "players",
    {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["name", "teamId"],
        "additionalProperties": False,
        "properties": {
            "name": {"type": "string", "maxLength": 20},
            "position": {"enum": ["goalkeeper", "forward"]},
            "born": {"type": "string", "format": "date"},
            "left": {"type": ["string", "null"]},
            "caps": {"type": "array", "items": {"type": "integer"}},
            "home": {"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}}},
            "teamId": {"type": "integer", "minimum": 1},
        },
    },
    hypermedia=True,
)
POSTS = Definition("posts", {"type": "object", "properties": {"format": {"examples": [Number("1.5")]}, "n": {}}})


def described(*definitions: Definition, **options: bool) -> dict[str, Any]:
    found = document(definitions, relations(definitions), title="Sample", **options)
    assert not [error.message for error in OPENAPI_31_VALIDATOR.iter_errors(found)]
    return found


def described_sample(**options: bool) -> dict[str, Any]:
    return described(TEAMS, PLAYERS, POSTS, **options)


def operations(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in found["paths"].values():
        yield from (value for value in item.values() if isinstance(value, dict))


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (found for name, found in value.items() if name == "$ref")
        value = list(value.values())
    if isinstance(value, list):
        for member in value:
            yield from references(member)


def is_valid(found: dict[str, Any], schema: dict[str, Any], instance: object) -> bool:
    return bool(Draft202012Validator({**schema, "components": found["components"]}).is_valid(instance))


def body(found: dict[str, Any], path: str, method: str, media_type: str = "application/json") -> Any:
    return found["paths"][path][method]["requestBody"]["content"][media_type]


def accepts(
    found: dict[str, Any], path: str, method: str, instance: object, media_type: str = "application/json"
) -> bool:
    return is_valid(found, body(found, path, method, media_type)["schema"], instance)


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("options", [{}, {"read_only": True}, {"secured": True}])
def test_all_of_it_is_sound(options: dict[str, bool]) -> None:
    found = described_sample(**options)
    assert json.loads(json.dumps(found)) == found
    for schema in found["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in set(references(found)):
        kind, name = reference.removeprefix("#/components/").split("/")
        assert name in found["components"][kind]
    names = [one["operationId"] for one in operations(found)]
    assert len(names) == len(set(names))
    assert {tag for one in operations(found) for tag in one["tags"]} == {tag["name"] for tag in found["tags"]}


def test_each_resource_has_its_path() -> None:
    below = {"/teams/{id}/players": {"get", "post"}}
    own = {f"/{name}": {"get", "post"} for name in ("teams", "players", "posts")}
    items = {f"{path}/{{id}}": {"get", "put", "patch", "delete", "post"} for path in own}
    service = {path: {"get"} for path in ("/", "/openapi.json", "/docs")}
    found = described_sample()["paths"]
    assert {path: {*item} - {"parameters"} for path, item in found.items()} == below | own | items | service


def test_the_collections_stay_as_they_were() -> None:
    before = copy.deepcopy(PLAYERS)
    first = described(PLAYERS)
    first["components"]["schemas"]["Player"]["properties"].clear()
    assert before == PLAYERS
    assert described(PLAYERS)["components"]["schemas"]["Player"]["properties"]


def test_every_example_is_what_its_schema_wants() -> None:
    found = described_sample()
    bodies = [
        described for one in operations(found) for described in one.get("requestBody", {}).get("content", {}).values()
    ]
    examples = [described for described in bodies if "example" in described]
    assert len(examples) > 10
    for one in examples:
        assert is_valid(found, one["schema"], one["example"]), one


def test_an_example_that_would_be_refused_is_left_out() -> None:
    strict = {"type": "object", "properties": {"code": {"type": "string", "pattern": "^[0-9]+$"}}}
    assert "example" not in body(described(Definition("posts", strict)), "/posts", "post")


def test_protected_collections_refuse_every_change() -> None:
    found = described_sample()["paths"]
    for path, method in (("/teams", "post"), *(("/teams/{id}", one) for one in ("put", "patch", "delete", "post"))):
        operation = found[path][method]
        assert operation["description"] == TEAMS.protected
        assert "403" in operation["responses"]
        assert all(status >= "400" for status in operation["responses"])
        assert "requestBody" not in operation
    assert "200" in found["/teams"]["get"]["responses"]


def test_a_read_only_service_refuses_every_change() -> None:
    for item in described_sample(read_only=True)["paths"].values():
        for method in {*item} & {"post", "put", "patch", "delete"}:
            assert min(item[method]["responses"]) >= "400"


def test_a_token_is_asked_for_everywhere() -> None:
    found = described_sample(secured=True)
    assert found["security"] == [{"token": []}]
    assert all("401" in one["responses"] for one in operations(found))
    assert not any("401" in one["responses"] for one in operations(described_sample()))


def test_what_was_read_can_be_sent_back() -> None:
    found = described_sample()
    read = {"id": 1, "name": "Leon Britton", "teamId": 1}
    assert accepts(found, "/players/{id}", "put", read)
    assert not accepts(found, "/players/{id}", "put", {"name": "Leon Britton", "teamId": 1, "club": 1})
    assert found["components"]["schemas"]["Player.replacement"]["properties"]["id"]["readOnly"]


@pytest.mark.parametrize("identifier", [1, "a", "ä b", "x" * 200, None])
def test_a_new_item_may_have_an_id_of_its_own(identifier: object) -> None:
    assert accepts(described_sample(), "/players", "post", {"id": identifier, "name": "A", "teamId": 1})


@pytest.mark.parametrize("identifier", ["", ".", "..", "a\nb", "x" * 201, 1.5, True, [1]])
def test_ids_that_no_path_can_have_are_out(identifier: object) -> None:
    assert not accepts(described_sample(), "/players", "post", {"id": identifier, "name": "A", "teamId": 1})


def test_below_an_item_the_path_says_which_it_is() -> None:
    found = described_sample()
    assert accepts(found, "/teams/{id}/players", "post", {"name": "Leon Britton"})
    assert not accepts(found, "/players", "post", {"name": "Leon Britton"})


@pytest.mark.parametrize(
    ("patch", "valid"),
    [
        ({}, True),
        ({"name": "A"}, True),
        ({"name": None}, False),
        ({"position": None}, True),
        ({"position": "striker"}, False),
        ({"home": {}}, True),
        ({"home": {"city": None}}, True),
        ({"home": {"city": 1}}, False),
        ({"club": 1}, False),
        ([], False),
    ],
)
def test_a_patch_has_what_changes(patch: object, valid: bool) -> None:
    assert accepts(described_sample(), "/players/{id}", "patch", patch, "application/merge-patch+json") is valid


@pytest.mark.parametrize(
    ("fields", "valid"),
    [
        ({"name": "A", "teamId": 1}, True),
        ({"name": "A", "teamId": 1, "position": "", "left": "", "_anything": "x"}, True),
        ({"name": "", "teamId": 1}, False),
        ({"name": "A", "teamId": 1, "position": "striker"}, False),
        ({"name": "A", "teamId": 1, "left": None}, False),
        ({"name": "A", "teamId": 1, "caps": [1, 2], "home": '{"city": "Swansea"}'}, True),
        ({"name": "A", "teamId": 1, "club": "x"}, False),
    ],
)
def test_a_form_leaves_out_what_is_empty(fields: object, valid: bool) -> None:
    assert accepts(described_sample(), "/players", "post", fields, FORM) is valid


@pytest.mark.parametrize(
    ("fields", "valid"),
    [
        ({"_method": "DELETE"}, True),
        ({"_method": "DELETE", "_match": '"1"', "name": ""}, True),
        ({"_method": "PUT", "name": "A", "teamId": 1}, True),
        ({"_method": "PUT"}, False),
        ({"_method": "PATCH", "name": "A", "teamId": 1}, False),
        ({"name": "A", "teamId": 1}, False),
    ],
)
def test_a_form_for_an_item_says_its_method(fields: object, valid: bool) -> None:
    assert accepts(described_sample(), "/players/{id}", "post", fields, FORM) is valid


def test_answers_may_have_linked_items_inside_and_members_left_out() -> None:
    found = described_sample()
    schema = {"$ref": "#/components/schemas/Player.view"}
    assert is_valid(found, schema, {"name": "Leon Britton", "team": {"id": 1, "name": "Swansea City"}, "links": []})
    assert not is_valid(found, schema, {"team": {"id": 1, "name": 7}})
    assert not is_valid(found, {"$ref": "#/components/schemas/Player"}, {"name": "Leon Britton"})
    teams = {"teams": [{"id": 1, "players": [{"id": 1, "name": "Leon Britton"}]}], "links": []}
    assert is_valid(found, {"$ref": "#/components/schemas/Team.list"}, teams)
    assert is_valid(found, {"$ref": "#/components/schemas/Post.list"}, [{"id": "a", "more": 1}])


def test_the_word_for_the_format_makes_way_for_a_member_of_that_name() -> None:
    found = described_sample()["paths"]

    def names(path: str) -> list[str]:
        given = found[path]["get"]["parameters"]
        return [one.get("name") or one["$ref"].rpartition("/")[2] for one in given]

    assert "_format" in names("/posts")
    assert "_format" not in names("/players")
    assert names("/posts").count("format") == 1
    assert len(names("/players")) == len(set(names("/players")))


names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/"), min_size=1)


@given(st.lists(names | st.sampled_from(["player", "players", "Players", "problem", "link", "entry"]), unique=True))
def test_any_names_make_a_sound_document(chosen: list[str]) -> None:
    found = described(*(Definition(name, {"properties": {name: {}, "playerId": {}}}) for name in chosen))
    names = [one["operationId"] for one in operations(found)]
    assert len(names) == len(set(names))
    for reference in set(references(found)):
        kind, name = reference.removeprefix("#/components/").split("/")
        assert name in found["components"][kind]
