"""The service against a model of it: whatever is written, undone and reset, it holds what a dictionary would."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from servers.guard import Refusal
from servers.rest.queries.query import MAX_PAGE, Condition, Op, Query
from servers.rest.service import Service
from servers.rest.storage.rows import Row
from servers.rest.storage.store import Store
from servers.rest.strict_json import Json, Number

Documents = dict[str, dict[str, Json]]
Action = Callable[[], Row]

_NUMBERS = st.integers(0, 100).map(lambda number: Number(str(number)))
_MEMBERS = {"name": st.sampled_from(["Ann", "Bob", ""]), "number": _NUMBERS, "odd": st.just(None)}
_DOCUMENTS = st.fixed_dictionaries({"name": _MEMBERS["name"]}, optional={"number": _NUMBERS, "odd": _MEMBERS["odd"]})
_PATCHES = st.fixed_dictionaries({}, optional={name: st.none() | values for name, values in _MEMBERS.items()})
_KEYS = st.sampled_from(["1", "2", "40", "41", "42", "43", "60", "x", "0"])


def accepted(document: dict[str, Json]) -> bool:
    """Whether the schema of the sample's players takes such a document."""
    wrong = document.get("number") in (Number("0"), Number("100"))
    return bool(document.get("name")) and "odd" not in document and not wrong


class ServiceModel(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.store = Store(Path(self.folder.name) / "rest.sqlite3")
        self.service = Service(self.store)
        self.sample = self._stored()
        self.datasets: list[Documents] = [dict(self.sample)]
        self.last = [len(self.sample)]
        self.versions: set[int] = set()

    @property
    def documents(self) -> Documents:
        return self.datasets[-1]

    @rule(document=_DOCUMENTS, wanted=st.none() | _KEYS)
    def create(self, document: dict[str, Json], wanted: str | None) -> None:
        key = str(self.last[-1] + 1) if wanted is None else wanted
        sent = document if wanted is None else {**document, "id": wanted}
        if not accepted(document):
            self._refused(400, lambda: self.service.create("players", sent))
        elif key in self.documents:
            self._refused(409, lambda: self.service.create("players", sent))
        else:
            row = self.service.create("players", sent)
            self._is_new(row.version)
            assert row.key == key
            self.documents[key] = document
            self.last[-1] = max(self.last[-1], int(key) if key.isdigit() else 0)

    @rule(key=_KEYS, document=_DOCUMENTS)
    def replace(self, key: str, document: dict[str, Json]) -> None:
        self._write(key, document, lambda: self.service.replace("players", key, document))

    @rule(key=_KEYS, patch=_PATCHES)
    def merge(self, key: str, patch: dict[str, Json]) -> None:
        both = {**self.documents.get(key, {}), **patch}
        document: dict[str, Json] = {name: value for name, value in both.items() if value is not None}
        self._write(key, document, lambda: self.service.merge("players", key, patch))

    @rule(key=_KEYS)
    def delete(self, key: str) -> None:
        if key in self.documents:
            assert self.service.delete("players", key).document() == self.documents.pop(key)
        else:
            self._refused(404, lambda: self.service.delete("players", key))

    @rule()
    def reset(self) -> None:
        self.runner.run(self.service.reset())
        self.datasets.append(dict(self.sample))
        self.last.append(len(self.sample))

    @precondition(lambda self: len(self.datasets) > 1)
    @rule()
    def undo(self) -> None:
        self.runner.run(self.service.undo())
        self.datasets[-2:] = self.datasets[:-3:-1]
        self.last[-2:] = self.last[:-3:-1]

    @rule()
    def open_again(self) -> None:
        self.store.close()
        self.store = Store(self.store.path)
        self.service = Service(self.store)

    @invariant()
    def it_holds_what_the_model_holds(self) -> None:
        assert self._stored() == self.documents
        assert bool(self.service.undo_name) == (len(self.datasets) > 1)
        found = self.runner.run(self.service.find("players", Query(Condition("name", Op.EQ, ("Ann",)))))
        assert {row.key for row in found.rows} == {
            key for key, document in self.documents.items() if document["name"] == "Ann"
        }

    def teardown(self) -> None:
        self.runner.close()
        self.store.close()
        self.folder.cleanup()

    def _write(self, key: str, document: dict[str, Json], action: Action) -> None:
        if key not in self.documents:
            self._refused(404, action)
        elif not accepted(document):
            self._refused(400, action)
        else:
            row = action()
            self._is_new(row.version)
            self.documents[key] = document

    def _stored(self) -> Documents:
        found = self.runner.run(self.service.find("players", Query(limit=MAX_PAGE)))
        assert found.total == len(found.rows)
        return {row.key: row.document() for row in found.rows}

    def _is_new(self, version: int) -> None:
        assert version not in self.versions
        self.versions.add(version)

    def _refused(self, status: int, action: Action) -> None:
        before = self.service.state
        with pytest.raises(Refusal) as caught:
            action()
        assert caught.value.status == status
        assert self.service.state == before


TestServiceModel = ServiceModel.TestCase
TestServiceModel.settings = settings(max_examples=20, stateful_step_count=20)
