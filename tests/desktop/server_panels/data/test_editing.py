"""What becomes of an edit: stored, refused, or in conflict with what a client did meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.server_panels.data.editing import Conflict, Edit, commit, sentence
from desktop.server_panels.data.records import Record, read_rows
from servers.guard import Refusal
from servers.rest.problems import Fault, Problem, invalid, member_of
from servers.rest.service import Service
from servers.rest.storage.store import Store
from servers.rest.strict_json import Number


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    store = Store(tmp_path / "rest.sqlite3")
    yield Service(store)
    store.close()


def record(service: Service, key: str = "1") -> Record:
    row = service.get("players", key)
    assert row is not None
    return read_rows([row], {})[0]


def test_an_edit_changes_one_member(service: Service) -> None:
    before = record(service)
    row = commit(service, Edit("players", before, "number", "42"))
    assert row.document() == {**before.members, "number": Number("42")}


def test_an_empty_text_removes_the_member(service: Service) -> None:
    before = record(service)
    assert "born" in before.members
    assert "born" not in commit(service, Edit("players", before, "born", "")).document()


def test_a_refused_edit_changes_nothing(service: Service) -> None:
    before = record(service)
    with pytest.raises(Problem) as refused:
        commit(service, Edit("players", before, "number", "many"))
    assert sentence(refused.value, "number")
    assert record(service) == before


def test_a_changed_document_is_not_overwritten_unasked(service: Service) -> None:
    edit = Edit("players", record(service), "number", "42")
    service.merge("players", "1", {"name": "Theirs"})
    with pytest.raises(Conflict, match=r"^players 1 was changed while you typed “42” for number\.$"):
        commit(service, edit)
    assert commit(service, edit, overwrite=True).document()["name"] == "Theirs"
    assert record(service).members["number"] == Number("42")


def test_a_deleted_document_can_be_made_again(service: Service) -> None:
    edit = Edit("players", record(service), "number", "42")
    service.delete("players", "1")
    with pytest.raises(Conflict, match="was deleted") as conflict:
        commit(service, edit)
    assert conflict.value.gone
    commit(service, edit, overwrite=True)
    assert record(service).members == {**edit.record.members, "number": Number("42")}


def test_protected_documents_are_refused(service: Service) -> None:
    row = service.get("teams", "1")
    assert row is not None
    with pytest.raises(Refusal) as refused:
        commit(service, Edit("teams", read_rows([row], {})[0], "name", "x"))
    assert sentence(refused.value) == service.definitions["teams"].protected


def test_a_sentence_names_the_member_of_each_fault() -> None:
    refusal = invalid([Fault("/a~1b/0", "It is wrong."), Fault("", "It is short."), Fault("/c", "It is \u202e.")])
    assert sentence(refusal, "c") == "a/b: It is wrong. It is short. It is \\u202e."
    assert sentence(OSError("The disk is full.")) == "The disk is full."
    assert member_of(Fault("/x~0y", "")) == "x~y"
