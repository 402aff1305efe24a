"""Cells of text and what is typed into them."""

import pytest

from desktop.server_panels.data.records import OtherMembers, Record, document, read_rows, takes, tip, value
from servers.rest.definition import Definition
from servers.rest.storage.rows import Row
from servers.rest.strict_json import Json, Number

SCHEMA = {
    "properties": {
        "name": {"type": "string"},
        "number": {"type": "integer"},
        "captain": {"type": "boolean"},
        "seen": {"examples": [5]},
        "note": {"examples": ["x"]},
    }
}
PLAYERS = Definition("players", SCHEMA)
ROW = Row(1, "7", 1, 3, 0, '{\n  "name": "Bony",\n  "tags": ["a"],\n  "none": null\n}')


def test_cells_show_members_as_text() -> None:
    record = read_rows([ROW], {})[0]
    assert [record.text(member) for member in ("id", "name", "tags", "none", "absent")] == [
        "7",
        "Bony",
        '["a"]',
        "",
        "",
    ]


def test_what_is_known_is_not_parsed_again() -> None:
    known = Record(ROW, {"name": "parsed before"})
    newer = Row(1, "7", 1, 4, 0, '{\n  "name": "newer"\n}')
    assert read_rows([ROW], {"7": known}) == [known]
    assert read_rows([newer], {"7": known})[0].members == {"name": "newer"}


@pytest.mark.parametrize(
    ("member", "text", "current", "expected"),
    [
        ("name", "12", None, "12"),
        ("number", "12", None, Number("12")),
        ("number", "many", None, "many"),
        ("captain", "true", None, True),
        ("seen", "7", None, Number("7")),
        ("seen", "7", "n/a", Number("7")),
        ("note", "7", "seven", "7"),
        ("note", "7", Number("6"), Number("7")),
        ("unknown", "7", None, "7"),
        ("unknown", "7", Number("6"), Number("7")),
        ("unknown", "true", False, True),
        ("unknown", '{"a": 1}', {"a": Number("0")}, {"a": Number("1")}),
        ("unknown", "[]", [True], []),
        ("id", "12", None, Number("12")),
        ("id", "a-12", None, "a-12"),
    ],
)
def test_what_is_typed_gets_the_type_of_the_member(member: str, text: str, current: Json, expected: Json) -> None:
    assert value(PLAYERS, member, text, current) == expected


def test_a_new_document_leaves_empty_members_out() -> None:
    texts = {"id": "", "name": "Bony", "number": "10", "captain": ""}
    assert document(PLAYERS, texts, "") == {"name": "Bony", "number": Number("10")}


def test_further_members_are_an_object() -> None:
    assert document(PLAYERS, {"name": "Bony"}, '{"a": [1]}') == {"a": [Number("1")], "name": "Bony"}
    for wrong in ("[1]", "{", "\ud800"):
        with pytest.raises(OtherMembers, match=r"\.$"):
            document(PLAYERS, {}, wrong)


def test_a_hint_says_what_a_member_takes() -> None:
    assert takes({"type": "integer", "minimum": 1, "maximum": 99}) == "integer, at least 1, at most 99"
    assert takes({"enum": ["a", "b"]}) == "one of a, b"
    assert takes({"type": ["string", "null"], "maxLength": 5}) == "string or null, length 5 or less"
    assert takes({"examples": [5]}) == "for example 5"


def test_a_tool_tip_shows_data_and_never_obeys_it() -> None:
    assert tip("<b>\u202e") == "<p>&lt;b&gt;\\u202e</p>"
    assert len(tip("x" * 100_000)) < 5000
    assert tip("") == ""
