"""Tests of the bundled data: valid, linked, and the chapter's four at the head of it."""

from jsonschema import Draft202012Validator

from servers.rest.definition import relations
from servers.rest.files.sample import sample_data
from servers.rest.strict_json import Number
from servers.rest.validation import Validator

_DATA = sample_data()
_DEFINITIONS = {definition.name: definition for definition, _ in _DATA.collections}
_DOCUMENTS = {definition.name: documents for definition, documents in _DATA.collections}


def test_there_are_teams_and_players_and_teams_are_protected() -> None:
    assert list(_DEFINITIONS) == ["teams", "players"]
    assert len(_DOCUMENTS["teams"]) >= 4
    assert len(_DOCUMENTS["players"]) >= 40
    assert _DEFINITIONS["teams"].protected.startswith("Teams are reference data")
    assert _DEFINITIONS["players"].protected == ""
    assert all(definition.hypermedia for definition in _DEFINITIONS.values())
    assert (_DATA.rest, _DATA.notice, len(_DATA.digest)) == ({}, "", 64)


def test_the_chapters_four_come_first_and_play_for_swansea() -> None:
    first = _DOCUMENTS["players"][:4]
    names = [player.members["name"] for player in first]
    assert names == ["Wilfred Bony", "Miguel Michu", "Leon Britton", "Nathan Dyer"]
    assert [player.id for player in first] == [Number(str(number)) for number in range(1, 5)]
    assert all(player.members["teamId"] == Number("1") for player in first)
    assert _DOCUMENTS["teams"][0].members["name"] == "Swansea City"


def test_every_document_is_whole_and_valid() -> None:
    for name, documents in _DOCUMENTS.items():
        validator = Validator(_DEFINITIONS[name].schema)
        assert [validator.faults(document.members) for document in documents] == [[]] * len(documents)
        assert len({document.members["name"] for document in documents}) == len(documents)
        assert all(list(document.members) == list(_DEFINITIONS[name].properties) for document in documents)


def test_every_player_has_a_number_of_its_own_in_a_team_that_exists() -> None:
    assert [(one.child, one.member, one.parent) for one in relations(_DEFINITIONS.values())] == [
        ("players", "teamId", "teams")
    ]
    teams = {team.id for team in _DOCUMENTS["teams"]}
    shirts = [(player.members["teamId"], player.members["number"]) for player in _DOCUMENTS["players"]]
    assert {team for team, _ in shirts} == teams
    assert len(set(shirts)) == len(shirts)


def test_the_schemas_are_strict_and_say_what_each_member_is() -> None:
    for definition in _DEFINITIONS.values():
        Draft202012Validator.check_schema(definition.schema)
        assert definition.schema["additionalProperties"] is False
        assert definition.schema["required"] == ["name"]
        for schema in definition.properties.values():
            assert schema["title"]
            assert schema["description"]
            assert schema["examples"]
