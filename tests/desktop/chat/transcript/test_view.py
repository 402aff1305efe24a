"""desktop.chat.transcript: flushes, trims, follows the newest entry or stays where its reader is."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.chat.entry import Entry, EntryKind
from desktop.chat.transcript.view import Transcript, TranscriptModel


def _entries(count: int, text: str = "a message of some words") -> list[Entry]:
    return [Entry(EntryKind.BROADCAST, 0, f"{number} {text}", "Ann") for number in range(count)]


def _add(view: Transcript, entries: list[Entry]) -> None:
    for entry in entries:
        view.messages.add(entry)
    view.messages.flush()


@pytest.fixture
def view(qtbot: QtBot) -> Transcript:
    view = Transcript()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    return view


def test_many_entries_are_one_insert_and_one_trim(qtbot: QtBot) -> None:
    model = TranscriptModel(QApplication.instance() or QApplication([]), limit=100)
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
    assert inserts == [(0, 79), (80, 149)]
    assert trims == [(0, 49)]
    assert model.entries == entries[50:]
    model.deleteLater()


def test_memory_is_bounded_but_the_newest_entry_stays(qapp: QApplication) -> None:
    model = TranscriptModel(qapp, max_bytes=10_000)
    for entry in _entries(3, "x" * 2000):
        model.add(entry)
    model.add(Entry(EntryKind.PLAIN, 0, "y" * 50_000))
    model.flush()
    assert [entry.text[0] for entry in model.entries] == ["y"]
    model.deleteLater()


def test_it_follows_the_newest_until_its_reader_scrolls_up(view: Transcript) -> None:
    _add(view, _entries(200))
    bar = view.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    assert view.rowAt(view.viewport().height() - 2) == 199
    bar.setValue(bar.maximum() // 2)
    top, place = view.rowAt(0), view.rowViewportPosition(view.rowAt(0))
    _add(view, _entries(200))
    assert (view.rowAt(0), view.rowViewportPosition(top)) == (top, place)
    bar.setValue(bar.maximum())
    _add(view, _entries(10))
    assert bar.value() == bar.maximum()


def test_what_is_read_stays_in_place_when_old_entries_go(view: Transcript) -> None:
    view.messages.limit = 200
    _add(view, _entries(200))
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    read = view.messages.entries[view.rowAt(0)]
    place = view.rowViewportPosition(view.rowAt(0))
    _add(view, _entries(20))
    assert view.messages.entries[view.rowAt(0)] is read
    assert view.rowViewportPosition(view.rowAt(0)) == place


def test_rows_in_view_have_their_height_at_every_width(view: Transcript) -> None:
    _add(view, _entries(300, "many words to be wrapped " * 8))
    for width in (300, 700):
        view.resize(width, 400)
        rows = range(view.rowAt(0), 300)
        for row in rows:
            wanted = view.bubbles.height(view.messages.entries[row], view.viewport().width())
            assert view.rowHeight(row) == wanted
        assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_all_kinds_are_painted_inside_the_view(view: Transcript, qapp: QApplication, scheme: theme.Scheme) -> None:
    theme.apply(qapp, scheme)
    _add(view, [Entry(kind, 0, "word " * 40, "Somebody with a very long name " * 3) for kind in EntryKind])
    for entry in view.messages.entries:
        frame = view.bubbles.bubble(entry, view.viewport().width()).frame
        assert 0 <= frame.left() < frame.right() <= view.viewport().width()
    view.selectAll()
    view.grab()
    theme.apply(qapp, theme.Scheme.LIGHT)
