"""Tests of the service with data of one's own: files opened and gone on with, export, reset, undo."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from servers.guard import Refusal
from servers.rest.files.data_files import DataFileError
from servers.rest.service import Service
from servers.rest.storage.datasets import KEPT
from servers.rest.storage.store import Store
from servers.rest.strict_json import Json, Number
from tests.conftest import Run

BOOKS = b"""{
  "books": [
    {"id": 3, "title": "Emma", "price": 1.50, "authorId": "ja"},
    {"title": "Persuasion", "price": 10000000000000000000001, "authorId": "ja"}
  ],
  "authors": [{"id": "ja", "name": "Jane"}],
  "empty": [],
  "profile": {"theme": "dark", "zoom": 1.0}
}"""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with closing(Store(tmp_path / "rest.sqlite3")) as store:
        yield Service(store)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


Written = Callable[[str, bytes], Path]


def document(service: Service, name: str, key: str) -> dict[str, Json]:
    return service.existing(name, key).document()


def test_clients_write_on_while_a_file_is_opened(service: Service, written: Written, run: Run) -> None:
    rows = [{"n": number, "name": f"row {number}"} for number in range(3000)]
    file = written("big.json", json.dumps({"rows": rows}).encode())

    async def scenario() -> int:
        async with asyncio.TaskGroup() as group:
            opening = group.create_task(service.open(file))
            writes = 0
            while not opening.done() and service.dataset.is_sample:
                service.create("players", {"name": f"writer {writes}"})
                writes += 1
                await asyncio.sleep(0)
        return writes

    assert run(scenario()) > 10
    assert service.dataset.name == "big.json"
    run(service.undo())
    assert service.dataset.changed


def test_what_is_too_much_for_one_document_is_refused(service: Service) -> None:
    many: list[Json] = [None] * 20_000
    wide: dict[str, Json] = {str(number): None for number in range(20_001)}
    refused: tuple[dict[str, Json], ...] = ({"name": "x", "links": many}, {"name": many}, wide)
    for members in refused:
        with pytest.raises(Refusal) as caught:
            service.create("players", members)
        assert caught.value.status == 413


def test_json_is_served_at_once(service: Service, written: Written, run: Run) -> None:
    assert "profile" in run(service.open(written("db.json", BOOKS)))
    assert list(service.definitions) == ["books", "authors", "empty"]
    assert (service.dataset.name, service.dataset.is_sample) == ("db.json", False)
    assert [(one.child, one.parent) for one in service.relations] == [("books", "authors")]
    assert document(service, "books", "3")["price"] == Number("1.50")
    assert document(service, "books", "4")["title"] == "Persuasion"
    assert service.create("books", {"anything": [None]}).key == "5"
    assert not service.create("authors", {"name": "x"}).numeric
    assert service.create("empty", {}).id == Number("1")


def test_csv_is_one_collection(service: Service, written: Written, run: Run) -> None:
    assert run(service.open(written("Cities.csv", b"id,name,size\n7,Bonn,330\n,K\xc3\xb6ln,1080\n"))) == ""
    (name,) = service.definitions
    assert document(service, name, "7") == {"name": "Bonn", "size": Number("330")}
    assert document(service, name, "8")["name"] == "Köln"


@pytest.mark.parametrize(
    ("name", "content"),
    [("db.json", b'{"a": [1]}'), ("db.json", b"{"), ("db.json", b"[]"), ("x.csv", b"a,b\n1\n2,3,4\n"), ("x.txt", b"")],
)
def test_a_bad_file_changes_nothing(service: Service, written: Written, run: Run, name: str, content: bytes) -> None:
    before = service.dataset, service.state, service.undo_name
    with pytest.raises(DataFileError, match=f"^{name}"):
        run(service.open(written(name, content)))
    with pytest.raises(DataFileError, match="missing"):
        run(service.open(Path("missing.json")))
    service.refresh()
    assert (service.dataset, service.undo_name) == (before[0], before[2])
    assert service.get("players", "1")


def test_a_file_is_gone_on_with_where_that_is_wanted(service: Service, written: Written, run: Run) -> None:
    file = written("db.json", BOOKS)
    run(service.open(file, resume=True))
    first = service.dataset.id
    service.merge("books", "3", {"title": "Emma (1815)"})
    run(service.reset())
    assert "still there" in run(service.open(file, resume=True))
    assert service.dataset.id == first
    assert document(service, "books", "3")["title"] == "Emma (1815)"
    run(service.open(file))
    assert document(service, "books", "3")["title"] == "Emma"
    assert service.dataset.id != first


def test_a_file_that_was_changed_is_read_anew(service: Service, written: Written, run: Run) -> None:
    run(service.open(written("db.json", BOOKS)))
    service.merge("books", "3", {"title": "ours"})
    run(service.open(written("db.json", BOOKS.replace(b"Emma", b"Emma II")), resume=True))
    assert document(service, "books", "3")["title"] == "Emma II"
    assert service.undo_name == "db.json"
    run(service.undo())
    assert document(service, "books", "3")["title"] == "ours"


def test_what_is_exported_is_the_file_with_all_changes(service: Service, written: Written, run: Run) -> None:
    run(service.open(written("db.json", BOOKS)))
    service.replace("books", "4", {"title": "Sanditon", "price": Number("1e3")})
    text = run(service.export())
    assert b"1.50" in text
    assert b"1e3" in text
    expected = json.loads(BOOKS)
    expected["books"][1] = {"id": 4, "title": "Sanditon", "price": 1000.0}
    assert json.loads(text) == expected
    again = written("again.json", text)
    run(service.open(again))
    assert run(service.export()) == text
    run(service.reset())
    assert list(json.loads(run(service.export()))) == ["teams", "players"]


def test_a_reset_brings_the_sample_and_undo_goes_to_and_fro(service: Service, written: Written, run: Run) -> None:
    run(service.undo())  # there is nothing yet to go back to
    assert service.dataset.is_sample
    told: list[str] = []
    service.on_change.append(lambda: told.append(service.dataset.name))
    run(service.open(written("db.json", BOOKS)))
    service.delete("books", "3")
    run(service.reset())
    assert (service.dataset.is_sample, service.undo_name) == (True, "db.json")
    service.delete("players", "1")
    run(service.undo())
    assert (service.dataset.name, service.undo_name) == ("db.json", "Sample data")
    assert service.get("books", "3") is None
    assert service.get("books", "4")
    run(service.undo())
    assert service.dataset.is_sample
    assert service.get("players", "1") is None
    assert told == ["db.json", "db.json", "Sample data", "Sample data", "db.json", "Sample data"]


def test_who_saw_another_dataset_changes_neither(service: Service, run: Run) -> None:
    seen = service.existing("players", "1")
    run(service.reset())
    now = service.existing("players", "1")
    changes: tuple[Callable[[], object], ...] = (
        lambda: service.replace("players", "1", {"name": "x"}, seen),
        lambda: service.merge("players", "1", {"name": "x"}, seen),
        lambda: service.delete("players", "1", seen),
    )
    for change in changes:
        with pytest.raises(Refusal) as caught:
            change()
        assert caught.value.status == 409
    assert service.existing("players", "1") == now
    run(service.undo())
    assert service.existing("players", "1") == seen


def test_the_oldest_datasets_that_nobody_wrote_to_are_forgotten_with_all_that_was_theirs(
    service: Service, written: Written, run: Run
) -> None:
    ours = written("ours.json", b'{"rows": [{"n": 0}]}')
    run(service.open(ours))
    service.replace("rows", "1", {"n": Number("1")})
    for number in range(KEPT + 2):
        run(service.open(written(f"{number}.json", b'{"rows": [{"n": %d}]}' % number)))
    database = service._store._main
    names = [name for (name,) in database.run("SELECT name FROM datasets ORDER BY opened")]
    assert names == ["ours.json", *(f"{number}.json" for number in range(2, KEPT + 2))]
    left = KEPT + 1
    for table, rows in (("collections", left), ("documents", left), ("paths", 2 * left), ("fields", 2 * left)):
        assert database.run(f"SELECT count(*) FROM {table}") == [(rows,)], table
    run(service.open(ours, resume=True))
    assert document(service, "rows", "1")["n"] == Number("1")


def test_a_large_file_comes_in_whole_and_is_found(service: Service, written: Written, run: Run) -> None:
    rows = [{"id": number, "name": f"row {number}", "tags": ["x", number]} for number in range(1, 1201)]
    run(service.open(written("db.json", json.dumps({"rows": rows}).encode())))
    assert document(service, "rows", "1200")["name"] == "row 1200"
    assert json.loads(run(service.export())) == {"rows": rows}
    assert service.create("rows", {}).key == "1201"
