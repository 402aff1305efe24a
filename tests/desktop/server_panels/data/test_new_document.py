"""The form for a new document of any collection."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.server_panels.data.new_document import OTHERS, NewDocumentForm
from servers.guard import Refusal
from servers.rest.definition import Definition
from servers.rest.problems import Fault, invalid
from servers.rest.strict_json import Json, Number

OPEN = Definition("notes", {"properties": {"a&b": {"type": "integer"}}, "required": ["a&b"]})


@pytest.fixture
def created() -> list[dict[str, Json]]:
    return []


@pytest.fixture
def form(qtbot: QtBot, created: list[dict[str, Json]]) -> NewDocumentForm:
    form = NewDocumentForm(OPEN, created.append)
    qtbot.addWidget(form)
    form.show()
    return form


def test_further_members_are_typed_as_json(form: NewDocumentForm, created: list[dict[str, Json]]) -> None:
    form.fields["a&b"].setText("7")
    form.fields[OTHERS].setText("[")
    form.save_button.click()
    assert form.faults[OTHERS].isVisible()
    assert created == []
    form.fields[OTHERS].setText('{"c": true}')
    form.save_button.click()
    assert created == [{"a&b": Number("7"), "c": True}]


def test_closed_collections_take_no_further_members(qtbot: QtBot) -> None:
    form = NewDocumentForm(Definition("x", {"additionalProperties": False}), lambda _: None)
    qtbot.addWidget(form)
    assert list(form.fields) == ["id"]


def test_a_required_member_is_marked_also_for_a_screen_reader(form: NewDocumentForm) -> None:
    assert form.fields["a&b"].accessibleName() == "a&b, required"


def test_what_belongs_to_no_field_is_said_below(qtbot: QtBot) -> None:
    refusals: list[Exception] = [
        Refusal(409, "It is taken."),
        invalid([Fault("", "It is short."), Fault("/a", "It is wrong.")]),
        OSError("The disk is full."),
    ]

    def refuse(_: dict[str, Json]) -> None:
        raise refusals[0]

    form = NewDocumentForm(OPEN, refuse)
    qtbot.addWidget(form)
    form.show()
    for expected in ("It is taken.", "It is short. a: It is wrong.", "The disk is full."):
        form.save_button.click()
        assert form.fault.text() == expected
        assert form.fault.isVisible()
        refusals.pop(0)


def test_it_grows_for_its_faults(qtbot: QtBot) -> None:
    def refuse(_: dict[str, Json]) -> None:
        raise invalid([Fault("/c", "It is wrong.")])

    form = NewDocumentForm(Definition("notes", {"properties": {key: {} for key in "abcdefgh"}}), refuse)
    qtbot.addWidget(form)
    form.show()
    before = form.sizeHint().height()
    form.save_button.click()
    assert form.sizeHint().height() >= before + form.fontMetrics().height()
