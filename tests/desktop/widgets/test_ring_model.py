"""The model of the newest records: one trim and one insert a flush, and a filter that is tried bit by bit."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.widgets.ring_model import RingTableModel
from tests.desktop.widgets.items import COLUMNS, PLENTY, Item, is_even, items

AT_ONCE = 60.0


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
    assert model.extend(items(*range(90))) == 0
    assert (spy.inserts, spy.trims) == (1, 0)
    assert model.extend(items(*range(500))) == 90
    assert (spy.inserts, spy.trims) == (2, 1)
    assert model.rows == items(*range(400, 500))


def test_a_filter_is_tried_bit_by_bit(qtbot: QtBot) -> None:
    parent = QObject()
    model = RingTableModel(COLUMNS, 100, PLENTY, parent)
    model.extend(items(1, 2, 3, 4))
    model.filter(is_even)
    assert (model.rows, model.tried_all) == ([], False)
    model.try_on(0)
    model.try_on(0)
    assert model.rows == items(2)
    model.extend(items(5, 6))
    model.try_on(AT_ONCE)
    assert (model.rows, model.tried_all) == (items(2, 4, 6), True)
    model.filter(None)
    assert (model.rows, model.tried_all) == (items(1, 2, 3, 4, 5, 6), True)


@given(
    st.lists(
        st.lists(st.integers(0, 99), max_size=8) | st.sampled_from(["filter", "show all", "try", "try all", "clear"]),
        max_size=30,
    ),
    st.integers(1, 10),
)
def test_the_rows_are_what_the_filter_accepts_of_what_is_kept(steps: list[list[int] | str], limit: int) -> None:
    parent = QObject()
    model = RingTableModel(COLUMNS, limit, PLENTY, parent)
    kept: list[Item] = []
    filtered = False
    for step in steps:
        if isinstance(step, list):
            shown = len(model.rows)
            kept = [*kept, *items(*step)][-limit:]
            assert 0 <= model.extend(items(*step)) <= shown
        elif step in ("filter", "show all"):
            filtered = step == "filter"
            model.filter(is_even if filtered else None)
        elif step == "clear":
            kept = []
            model.clear()
        else:
            model.try_on(0 if step == "try" else AT_ONCE)
        wanted = [item for item in kept if is_even(item) or not filtered]
        assert model.rows == (wanted if model.tried_all else wanted[: len(model.rows)])
        assert model.rowCount() == len(model.rows)
    model.try_on(AT_ONCE)
    assert model.tried_all
