"""The ring table: newest records only, one insert and one trim a flush, and a view that follows politely."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.widgets.ring_table import Column, RingTable, RingTableModel


class Item(NamedTuple):
    """A record of a number, which weighs ten bytes unless said otherwise."""

    number: int
    weight: int = 10


COLUMNS: tuple[Column[Item], ...] = (
    Column("Number", 80, lambda item: str(item.number), numeric=True),
    Column("Words", 0, lambda item: f"number {item.number}"),
)
PLENTY = 1_000_000


def items(*numbers: int) -> list[Item]:
    return [Item(number) for number in numbers]


class Spy(QObject):
    def __init__(self, model: RingTableModel[Item]) -> None:
        super().__init__()
        self.inserts = self.trims = 0
        model.rowsInserted.connect(self.inserted)
        model.rowsRemoved.connect(self.removed)

    def inserted(self) -> None:
        self.inserts += 1

    def removed(self) -> None:
        self.trims += 1


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    parent = QObject()
    model = RingTableModel(COLUMNS, 5, PLENTY, parent)
    model.extend(items(1, 2, 3))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call] # pytest-qt leaves it untyped
    model.extend(items(4, 5, 6, 7))
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Words"
    assert model.data(model.index(0, 1)) == "number 3"


def test_a_flush_is_one_insert_and_one_trim(qtbot: QtBot) -> None:
    parent = QObject()
    model = RingTableModel(COLUMNS, 100, PLENTY, parent)
    spy = Spy(model)
    model.extend(items(*range(90)))
    assert (spy.inserts, spy.trims) == (1, 0)
    model.extend(items(*range(500)))
    assert (spy.inserts, spy.trims) == (2, 1)
    assert model.rows == items(*range(400, 500))


@given(st.lists(st.lists(st.integers(), max_size=30), max_size=20), st.integers(1, 20))
def test_what_remains_is_always_the_newest(batches: list[list[int]], limit: int) -> None:
    parent = QObject()
    model = RingTableModel(COLUMNS, limit, PLENTY, parent)
    for batch in batches:
        model.extend(items(*batch))
    assert model.rows == items(*(number for batch in batches for number in batch))[-limit:]
    assert model.rowCount() == len(model.rows)


@given(st.lists(st.lists(st.integers(1, 50), max_size=30), max_size=20))
def test_the_budget_of_bytes_holds_after_every_flush(batches: list[list[int]]) -> None:
    parent = QObject()
    model = RingTableModel(COLUMNS, 1000, 100, parent)
    every: list[Item] = []
    for batch in batches:
        added = [Item(number, weight) for number, weight in enumerate(batch)]
        every += added
        model.extend(added)
        kept = len(model.rows)
        assert model.rows == every[len(every) - kept :]
        assert sum(item.weight for item in model.rows) <= 100
        assert kept == len(every) or sum(item.weight for item in every[-kept - 1 :]) > 100


def test_the_view_follows_unless_scrolled_up(qtbot: QtBot) -> None:
    table = RingTable(COLUMNS, 1000, PLENTY)
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.show()
    bar = table.verticalScrollBar()
    table.extend(items(*range(100)))
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    bar.setValue(10)
    table.extend(items(*range(100)))
    assert bar.value() == 10
    table.ring.clear()
    assert table.ring.rowCount() == 0
