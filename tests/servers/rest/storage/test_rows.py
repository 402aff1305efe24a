"""Tests of rows and their index: the text of a document with its id, and the limits of what is indexed."""

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servers.rest.storage.database import OPEN_TIMEOUT, Database
from servers.rest.storage.rows import EMPTY, MAX_PATHS, MAX_VALUES, Index, Row, document_of, fields, text_of
from servers.rest.storage.store import Store
from servers.rest.strict_json import Json, Number, read
from tests.servers.rest.test_strict_json import texts, values


@settings(max_examples=50)
@given(st.dictionaries(texts, values, max_size=4), st.sampled_from([("7", 1), ('a"b\n', 0), ("12", 0)]))
def test_the_text_of_a_row_reads_back_with_its_id_first(document: dict[str, Json], key: tuple[str, int]) -> None:
    row = Row(1, *key, version=1, updated=0, text=text_of(document))
    assert row.document() == document_of(row.text) == document
    document.pop("id", None)
    whole = read(Row(1, *key, version=1, updated=0, text=text_of(document)).whole_text.encode())
    assert whole == {"id": row.id, **document}
    assert next(iter(whole)) == "id"


def test_a_document_without_members_has_a_text_too() -> None:
    assert text_of({}) == EMPTY
    assert Row(1, "a", 0, 1, 0, EMPTY).whole_text == '{\n  "id": "a"\n}'
    assert Row(1, "3", 1, 1, 0, EMPTY).id == Number("3")


def test_only_so_much_of_a_document_is_indexed() -> None:
    wide: dict[str, Json] = {f"m{number}": "x" for number in range(2 * MAX_PATHS)}
    assert len(fields("1", wide)) == MAX_PATHS
    deep: dict[str, Json] = {"list": [str(number) for number in range(2 * MAX_VALUES)]}
    found = fields(Number("1"), deep)
    assert {path: len(one) for path, one in found.items()} == {"list": MAX_VALUES, "id": 1}


def test_paths_that_were_undone_are_looked_up_again(tmp_path: Path) -> None:
    path = tmp_path / "rest.sqlite3"
    with closing(Store(path)) as store:
        players = store.dataset().collections[1].id
        row = store.add(players, None, {"name": "Joe"})
    assert row is not None
    with closing(Database(path, OPEN_TIMEOUT)) as database:
        index = Index(database)

        def fail(doc: int) -> None:
            with database.transaction():
                index.put(players, [(doc, fields("1", {"new": ["a", "b"]}))])
                raise KeyError

        with pytest.raises(KeyError):
            fail(row.doc)
        index.forget()
        with database.transaction():
            index.remove(row.doc)
            index.put(players, [(row.doc, fields("1", {"new": "a"}))])
        found = database.run(
            "SELECT paths.name, plural, text FROM fields JOIN paths ON paths.id = path WHERE doc = ? ORDER BY 1",
            (row.doc,),
        )
        assert found == [("id", 0, "1"), ("new", 0, "a")]
