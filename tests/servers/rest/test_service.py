"""Tests of the service: what its writes accept and refuse, what it finds, and whom it tells of a change."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from servers.guard import Refusal
from servers.rest import service as module
from servers.rest.definition import Relation
from servers.rest.problems import Problem
from servers.rest.queries.query import Condition, Op, Query, Sort
from servers.rest.service import Service
from servers.rest.storage.database import StoreBusy
from servers.rest.storage.store import Store
from servers.rest.strict_json import Json, Number
from tests.conftest import Run

JOE: dict[str, Json] = {"name": "Joe Allen", "number": Number("24")}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rest.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(Store(path)) as opened:
        yield opened


@pytest.fixture
def service(store: Store) -> Service:
    return Service(store)


def refused(status: int, action: Callable[..., object], *arguments: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        action(*arguments)
    assert caught.value.status == status
    return caught.value


def pointers(action: Callable[..., object], *arguments: object) -> list[str]:
    """The pointers of the faults that an action is refused for."""
    problem = refused(400, action, *arguments)
    assert isinstance(problem, Problem)
    return [fault.pointer for fault in problem.faults]


def test_it_begins_with_the_sample(service: Service) -> None:
    assert list(service.definitions) == ["teams", "players"]
    assert service.relations == (Relation("players", "teamId", "teams", "team"),)
    assert service.dataset.is_sample
    assert service.undo_name == ""


def test_create_read_replace_merge_delete(service: Service) -> None:
    row = service.create("players", JOE)
    assert service.get("players", row.key) == service.existing("players", row.key) == row
    assert row.document() == JOE
    replaced = service.replace("players", row.key, {"name": "Joe", "born": "1990-03-14"})
    assert replaced.document() == {"name": "Joe", "born": "1990-03-14"}
    merged = service.merge("players", row.key, {"born": None, "number": Number("24")})
    assert merged.document() == {"name": "Joe", "number": Number("24")}
    assert row.version < replaced.version < merged.version
    assert service.delete("players", row.key) == merged
    assert service.get("players", row.key) is None


def test_ids_are_given_or_wanted(service: Service) -> None:
    last = int(service.create("players", JOE).key)
    assert service.create("players", {**JOE, "id": None}).id == Number(str(last + 1))
    assert service.create("players", {**JOE, "id": Number("900")}).id == Number("900")
    assert service.create("players", {**JOE, "id": "901"}).id == Number("901")  # forms know nothing but texts
    assert service.create("players", {**JOE, "id": "joe"}).id == "joe"
    assert service.create("players", JOE).id == Number("902")
    for taken in (Number("900"), "900", "joe"):
        refused(409, service.create, "players", {**JOE, "id": taken})


@pytest.mark.parametrize("wrong", [Number("1.5"), Number("1e2"), "", "..", "a\nb", "x" * 201, True, [], {}])
def test_what_cannot_be_an_id_is_a_fault_beside_the_others(service: Service, wrong: Json) -> None:
    assert pointers(service.create, "players", {"id": wrong}) == ["/id", "/name"]


def test_the_id_in_a_replacement_is_that_of_the_path(service: Service) -> None:
    for same in (Number("1"), "1"):
        assert service.replace("players", "1", {**JOE, "id": same}).id == Number("1")
    for other in (Number("2"), "x", None, True):
        assert pointers(service.replace, "players", "1", {**JOE, "id": other}) == ["/id"]
        assert pointers(service.merge, "players", "1", {"id": other}) == ["/id"]
    assert service.existing("players", "1").document() == JOE


def test_links_in_a_representation_are_no_part_of_the_document(service: Service) -> None:
    sent: dict[str, Json] = {**JOE, "links": [{"rel": "self", "href": "/x"}]}
    assert service.create("players", sent).document() == JOE
    assert service.replace("players", "1", sent).document() == JOE


def test_faults_are_named_and_nothing_changes(service: Service) -> None:
    before = service.existing("players", "1"), service.state
    wrong: dict[str, Json] = {"number": Number("0"), "team": "x"}
    assert pointers(service.create, "players", wrong) == ["/name", "/number", "/team"]
    assert pointers(service.replace, "players", "1", wrong) == ["/name", "/number", "/team"]
    assert pointers(service.merge, "players", "1", wrong) == ["/number", "/team"]
    patches: list[Json] = [None, [], "x", Number("1")]
    for patch in patches:
        assert pointers(service.merge, "players", "1", patch) == [""]
    assert (service.existing("players", "1"), service.state) == before


def test_what_is_not_there_is_404(service: Service) -> None:
    refused(404, service.create, "coaches", JOE)
    for key in ("0", "01", "nobody"):
        assert service.get("players", key) is None
        refused(404, service.existing, "players", key)
        refused(404, service.replace, "players", key, JOE)
        refused(404, service.merge, "players", key, {})
        refused(404, service.delete, "players", key)
    assert service.get("coaches", "1") is None


def test_protected_collections_are_read_and_not_written(service: Service) -> None:
    service.check_writable("players")
    for action, *arguments in (
        (service.check_writable,),
        (service.create, {"name": "x"}),
        (service.replace, "1", {"name": "x"}),
        (service.merge, "1", {}),
        (service.delete, "1"),
    ):
        assert "reference data" in refused(403, action, "teams", *arguments).detail
    assert service.existing("teams", "1")


def test_a_writer_who_expects_an_older_state_is_refused(service: Service) -> None:
    old = service.existing("players", "1")
    new = service.replace("players", "1", JOE, old)
    for action, *change in ((service.replace, JOE), (service.merge, {"name": "x"}), (service.delete,)):
        assert "at the same moment" in refused(409, action, "players", "1", *change, old).detail
    assert service.delete("players", "1", new) == new
    refused(404, service.replace, "players", "1", JOE, new)
    refused(404, service.delete, "players", "1", new)


def test_a_busy_store_is_said_and_nothing_changes(service: Service, path: Path) -> None:
    told: list[int] = []
    service.on_change.append(lambda: told.append(service.state))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            service.create("players", JOE)
        other.execute("ROLLBACK")
    assert told == []
    assert service.create("players", JOE).document() == JOE


@pytest.mark.parametrize("inline", [module.INLINE, 0])
def test_find_gives_a_page_and_the_total(
    service: Service, run: Run, monkeypatch: pytest.MonkeyPatch, inline: int
) -> None:
    """A small collection at once, a large one (``inline`` 0) in a thread."""
    monkeypatch.setattr(module, "INLINE", inline)
    swansea = Condition("teamId", Op.EQ, ("1",))

    async def scenario() -> None:
        every = await service.find("players", Query())
        assert every.total == len(every.rows) >= 40
        page = await service.find("players", Query(where=swansea, sort=(Sort("name", True),), limit=3))
        names = sorted(str(row.document()["name"]) for row in every.rows if row.document()["teamId"] == Number("1"))
        assert [row.document()["name"] for row in page.rows] == names[::-1][:3]
        assert page.total == len(names)
        beyond = await service.find("players", Query(where=swansea, offset=1000))
        assert beyond == ((), len(names))
        row = service.create("players", JOE)
        assert row in (await service.find("players", Query(text=("joe al",)))).rows
        with pytest.raises(Refusal, match="no such collection"):
            await service.find("coaches", Query())

    run(scenario())


def test_every_change_is_told_with_another_state(service: Service) -> None:
    told: list[int] = []
    service.on_change.append(lambda: told.append(service.state))
    key = service.create("players", JOE).key
    service.replace("players", key, JOE)
    service.merge("players", key, {})
    service.delete("players", key)
    assert len(told) == len(set(told)) == 4


def test_refresh_tells_once_what_another_process_has_written(service: Service, path: Path) -> None:
    service.refresh()
    told: list[int] = []
    service.on_change.append(lambda: told.append(service.state))
    service.create("players", JOE)
    service.refresh()
    assert len(told) == 1
    with closing(Store(path)) as other:
        row = Service(other).create("players", JOE)
    service.refresh()
    service.refresh()
    assert len(told) == 2
    assert service.existing("players", row.key) == row


def test_refresh_goes_over_to_the_dataset_that_another_process_opened(service: Service, path: Path, run: Run) -> None:
    file = path.with_name("books.json")
    file.write_text('{"books": [{"id": "a", "title": "Emma"}]}')
    with closing(Store(path)) as other:
        run(Service(other).open(file))
    assert "books" not in service.definitions
    service.refresh()
    assert list(service.definitions) == ["books"]
    assert service.existing("books", "a").document() == {"title": "Emma"}
    assert service.undo_name == "Sample data"
    refused(404, service.create, "players", JOE)
