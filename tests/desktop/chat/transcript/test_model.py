"""desktop.chat.transcript.model: gathers, flushes together, keeps the newest, filters bit by bit."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.transcript.model import TranscriptModel


def _entries(count: int, text: str = "words") -> list[Entry]:
    return [Entry(EntryKind.BROADCAST, number, f"{number} {text}", "Ann") for number in range(count)]


def _add(model: TranscriptModel, entries: list[Entry]) -> None:
    for entry in entries:
        model.add(entry)
    model.flush()


@pytest.fixture
def parent(qapp: QApplication) -> QObject:
    return QObject()


def test_many_entries_are_one_trim_and_one_insert(qtbot: QtBot, parent: QObject) -> None:
    model = TranscriptModel(parent, limit=100)
    inserts: list[tuple[int, int]] = []
    trims: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _, first, last: inserts.append((first, last)))
    model.rowsRemoved.connect(lambda _, first, last: trims.append((first, last)))
    entries = _entries(150)
    for entry in entries[:80]:
        model.add(entry)
    qtbot.waitUntil(lambda: model.rowCount() == 80)
    for entry in entries[80:]:
        model.add(entry)
    qtbot.waitUntil(lambda: model.rowCount() == 100)
    assert inserts == [(0, 79), (30, 99)]
    assert trims == [(0, 49)]
    assert (model.rows, model.gone, model.kept) == (entries[50:], 50, 100)


def test_two_transcripts_take_turns(qtbot: QtBot, parent: QObject) -> None:
    models = [TranscriptModel(parent) for _ in range(20)]
    order: list[int] = []
    for number, model in enumerate(models):
        model.flushed.connect(lambda number=number: order.append(number))
        model.add(Entry(EntryKind.PLAIN, 0, "hi"))
    qtbot.waitUntil(lambda: len(order) == 20)
    assert sorted(order) == list(range(20))


def test_memory_is_bounded_but_the_newest_entry_stays(parent: QObject) -> None:
    model = TranscriptModel(parent, max_bytes=10_000)
    _add(model, _entries(3, "x" * 2000))
    assert len(model.rows) == 2
    _add(model, [Entry(EntryKind.PLAIN, 0, "y" * 50_000)])
    assert [entry.text[0] for entry in model.rows] == ["y"]
    _add(model, _entries(1))
    assert [entry.text for entry in model.rows] == ["0 words"]
    assert model.gone == 4


def test_a_filter_shows_what_it_accepts_of_old_and_new(qtbot: QtBot, parent: QObject) -> None:
    model = TranscriptModel(parent)
    _add(model, _entries(5000))
    model.filter(lambda entry: entry.text.startswith("49"))
    qtbot.waitUntil(lambda: model.tried_all)
    assert len(model.rows) == 111
    _add(model, _entries(50))
    qtbot.waitUntil(lambda: model.tried_all)
    assert model.rows[-1].text == "49 words"
    model.filter(None)
    assert (len(model.rows), model.gone) == (5050, 0)


def test_clear_forgets_everything(parent: QObject) -> None:
    model = TranscriptModel(parent, limit=10)
    _add(model, _entries(30))
    model.add(Entry(EntryKind.PLAIN, 0, "waits"))
    model.clear()
    model.flush()
    assert (model.rows, model.gone, model.kept) == ([], 0, 0)


def test_a_tip_is_never_markup(parent: QObject) -> None:
    model = TranscriptModel(parent)
    _add(model, [Entry(EntryKind.BROADCAST, 0, "hi", "<b>Ann</b>", size=3)])
    index = model.index(0, 0)
    assert "from &lt;b&gt;Ann&lt;/b&gt;, 3 bytes, " in index.data(Qt.ItemDataRole.ToolTipRole)
    assert index.data() == "hi"
