"""Tests of what a player is, and of the sample data."""

import pytest

from servers.rest.players import NAME, faults
from servers.rest.sample import sample_documents
from servers.rest.strict_json import Json, Number, read


@pytest.mark.parametrize(
    "members",
    [
        {"name": "x" * 100, "number": Number("99"), "position": "forward", "born": "1988-12-10"},
        {"name": "é", "number": Number("1e1"), "team": "Swansea City", "nationality": "Wales"},
        {"name": "y", "number": Number("10.0")},
    ],
)
def test_a_player_has_no_faults(members: dict[str, Json]) -> None:
    assert faults(members) == []


@pytest.mark.parametrize(
    ("members", "pointers"),
    [
        ({}, ["/name"]),
        ({"name": "", "team": " "}, ["/name", "/team"]),
        ({"name": "x" * 101, "nationality": None}, ["/name", "/nationality"]),
        ({"name": Number("1"), "position": "striker"}, ["/name", "/position"]),
        ({"name": "x", "a/b~c": None}, ["/a~1b~0c"]),
        ({"name": "x", "position": [], "born": {}}, ["/position", "/born"]),
    ],
)
def test_every_fault_is_named_at_its_place(members: dict[str, Json], pointers: list[str]) -> None:
    assert [fault.pointer for fault in faults(members)] == pointers


@pytest.mark.parametrize("number", ["0", "100", "-1", "1.5", "1e400", "1e-5", "1e99999999999999999999", "0e0"])
def test_a_shirt_number_is_a_whole_number_from_1_to_99(number: str) -> None:
    assert [fault.pointer for fault in faults({"name": "x", "number": Number(number)})] == ["/number"]


@pytest.mark.parametrize("number", [True, False, "10", None, [Number("1")]])
def test_nothing_else_is_a_number(number: Json) -> None:
    assert len(faults({"name": "x", "number": number})) == 1


@pytest.mark.parametrize("born", ["1988-02-30", "19881210", "1988-12", "1988-W01-1", "", "0000-01-01", Number("1988")])
def test_a_date_is_a_full_date_of_the_calendar(born: Json) -> None:
    assert len(faults({"name": "x", "born": born})) == 1


def test_the_sample_players_are_valid_and_the_chapters_four_come_first() -> None:
    players = [read(text.encode()) for text in sample_documents()[NAME]]
    assert all(isinstance(player, dict) and faults(player) == [] for player in players)
    names = [player["name"] for player in players if isinstance(player, dict)]
    assert names[:4] == ["Wilfred Bony", "Miguel Michu", "Leon Britton", "Nathan Dyer"]
    assert len(set(names)) == len(players) >= 12
