"""The model of the table: rows that come and go, and what Qt remembers of them."""

from collections.abc import Iterator, Mapping

import pytest
from PySide6.QtCore import QItemSelectionModel, QObject, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.server_panels.data.editing import Edit
from desktop.server_panels.data.model import MAX_COLUMNS, DocumentModel
from desktop.server_panels.data.records import Record, read_rows
from servers.rest.definition import Definition
from servers.rest.storage.rows import Row, text_of

ROLE = Qt.ItemDataRole
NAMES = Definition("names", {"properties": {"name": {"type": "string"}}})


def records(*keys: int, version: int = 1, members: Mapping[str, str] | None = None) -> list[Record]:
    texts = [text_of({"name": f"N{key}", **(members or {})}) for key in keys]
    rows = [Row(key, str(key), 1, version, 0, text) for key, text in zip(keys, texts, strict=True)]
    return read_rows(rows, {})


@pytest.fixture
def model(qapp: QApplication) -> Iterator[DocumentModel]:
    """A model without documents."""
    owner = QObject()
    model = DocumentModel(owner)
    model.show(NAMES)
    yield model
    owner.deleteLater()


def fill(model: DocumentModel, *keys: int) -> None:
    """Let Qt watch the model for breaches of the rules, and show documents."""
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.take(0, records(*keys), len(keys), anew=True)


def shown(model: DocumentModel, member: str = "id") -> list[str]:
    return [model.index(row, model.columns.index(member)).data() for row in range(model.rowCount())]


def test_it_has_a_row_for_each_document_and_holds_those_that_were_read(model: DocumentModel) -> None:
    model.take(200, records(*range(200, 400)), 100_000, anew=True)
    assert model.rowCount() == 100_000
    assert shown(model)[199:202] == ["…", "200", "201"]
    assert (model.missing(0, 10), model.missing(200, 399), model.missing(390, 410)) == (0, None, 400)
    model.take(0, records(*range(200)), 100_000, anew=False)
    assert model.missing(0, 399) is None


def test_what_it_holds_is_bounded(model: DocumentModel) -> None:
    for first in range(0, 20_000, 200):
        model.take(first, records(*range(first, first + 200)), 100_000, anew=first == 0)
    assert len(model.held()) < 6_000


def test_members_that_the_schema_does_not_name_get_columns(model: DocumentModel) -> None:
    fill(model, 1, 2)
    model.take(0, records(1, 2, members={"born": "1988"}), 2, anew=True)
    assert model.columns == ["id", "name", "born"]
    assert shown(model, "born") == ["1988", "1988"]
    assert model.headerData(2, Qt.Orientation.Horizontal) == "born"
    many = {f"m{number}": "" for number in range(2 * MAX_COLUMNS)}
    model.take(0, records(1, members=many), 1, anew=True)
    assert model.columnCount() == MAX_COLUMNS


def test_what_qt_remembers_stays_with_its_document(model: DocumentModel) -> None:
    fill(model, 1, 2, 3, 4)
    selection = QItemSelectionModel(model)
    for row in (1, 3):
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        selection.select(model.index(row, 0), flags)
    remembered = QPersistentModelIndex(model.index(2, 1))
    model.take(0, records(0, 1, 3, 4, 5), 5, anew=True)
    assert [index.row() for index in selection.selectedRows()] == [3]
    assert (remembered.row(), remembered.column()) == (2, 1)
    model.take(0, records(4, 5), 2, anew=True)
    assert not remembered.isValid()
    assert [index.row() for index in selection.selectedRows()] == [0]
    model.take(0, [], 0, anew=True)
    assert model.rowCount() == 0


def test_a_document_that_is_out_of_sight_is_not_taken_for_another(model: DocumentModel) -> None:
    fill(model, *range(10))
    remembered = QPersistentModelIndex(model.index(9, 0))
    model.take(0, records(*range(1, 5)), 9, anew=True)
    assert not remembered.isValid()


def test_what_has_not_changed_is_not_painted_again(model: DocumentModel, qtbot: QtBot) -> None:
    fill(model, 1, 2)
    with qtbot.assertNotEmitted(model.layoutChanged):
        model.take(0, records(1, 2), 2, anew=True)
    with qtbot.waitSignal(model.layoutChanged):
        model.take(0, records(1, 2, version=2), 2, anew=True)


def test_a_newer_version_takes_the_place_of_an_older_one(model: DocumentModel) -> None:
    fill(model, 1, 2)
    newer = read_rows([Row(2, "2", 1, 9, 0, text_of({"name": "new"}))], {})[0]
    model.put(newer)
    assert shown(model, "name") == ["N1", "new"]


def test_only_members_of_what_was_read_can_be_edited(model: DocumentModel) -> None:
    fill(model, 1)
    editable = Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(0, 0)) & editable
    assert model.flags(model.index(0, 1)) & editable
    model.locked = True
    assert not model.flags(model.index(0, 1)) & editable
    model.locked = False
    model.take(0, [], 3, anew=True)
    assert not model.flags(model.index(0, 1)) & editable


def test_a_refused_text_is_shown_and_marked(model: DocumentModel) -> None:
    fill(model, 1, 2)
    edit = Edit("names", records(1)[0], "name", "typed\u202e")
    model.drafts[edit.cell] = (edit, "It is <wrong>.")
    index = model.index(0, 1)
    assert index.data() == "typed\\u202e"
    assert index.data(ROLE.EditRole) == "typed\u202e"
    assert "It is &lt;wrong&gt;." in index.data(ROLE.ToolTipRole)
    assert index.data(ROLE.AccessibleDescriptionRole) == "It is <wrong>."
    assert index.data(ROLE.ForegroundRole) is not None
    assert not index.data(ROLE.DecorationRole).isNull()
    assert model.index(1, 1).data(ROLE.DecorationRole) is None
    model.take(0, records(1, version=2), 1, anew=True)
    assert model.base(model.index(0, 1)) == edit.record
    model.drop_draft(edit.cell)
    assert model.index(0, 1).data() == "N1"


def test_nothing_in_a_document_can_fool_the_reader(model: DocumentModel) -> None:
    model.take(0, records(1, members={"a\x1b": "<img src=x>\n" * 200}), 1, anew=True)
    index = model.index(0, 2)
    assert model.headerData(2, Qt.Orientation.Horizontal) == "a\\x1b"
    assert "\n" not in index.data()
    assert "<img" not in index.data(ROLE.ToolTipRole)
