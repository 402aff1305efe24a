"""desktop.chat.transcript.view: follows the newest entry or stays where its reader is, and does what its keys say."""

import base64
import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.chat.entry import Entry, EntryKind
from desktop.chat.transcript import model
from desktop.chat.transcript.bubble import Bubble
from desktop.chat.transcript.excerpt import Form
from desktop.chat.transcript.links import Act
from desktop.chat.transcript.view import Transcript
from desktop.chat.transcript.viewer import EntryViewer
from tests.desktop.chat.transcript.test_pictures import image


def _entries(count: int, text: str = "a message of some words") -> list[Entry]:
    return [Entry(EntryKind.BROADCAST, number, f"{number} {text}", "Ann") for number in range(count)]


def _add(view: Transcript, entries: list[Entry]) -> None:
    for entry in entries:
        view.messages.add(entry)
    view.messages.flush()


def _top(view: Transcript) -> tuple[Entry, int]:
    """The entry that is read, and its place."""
    row = view.rowAt(0)
    return view.messages.rows[row], view.rowViewportPosition(row)


def _bubble(view: Transcript, row: int) -> Bubble:
    return view.bubbles.bubble(view.messages.rows[row], view.viewport().width())


def _scroll_to_middle(view: Transcript) -> None:
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)


@pytest.fixture
def view(qtbot: QtBot) -> Transcript:
    view = Transcript()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    return view


def test_it_follows_the_newest_until_its_reader_scrolls_up(view: Transcript) -> None:
    told: list[bool] = []
    view.following_changed.connect(told.append)
    _add(view, _entries(200))
    bar = view.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    assert view.rowAt(view.viewport().height() - 2) == 199
    _scroll_to_middle(view)
    before = _top(view)
    _add(view, _entries(200))
    assert _top(view) == before
    assert not view.is_following
    view.follow()
    _add(view, _entries(10))
    assert bar.value() == bar.maximum()
    assert told == [False, True]


def test_what_is_read_stays_in_place_when_old_entries_go(view: Transcript) -> None:
    view.messages.clear()
    _add(view, _entries(400, "x" * 300_000))  # more than fits into the memory
    assert view.messages.gone > 0
    _scroll_to_middle(view)
    before = _top(view)
    for _ in range(3):
        _add(view, _entries(10, "x" * 300_000))
        assert _top(view) == before


def test_what_was_read_and_is_gone_leaves_the_reader_at_the_oldest(view: Transcript) -> None:
    _add(view, _entries(100))
    view.show_row(0)
    _add(view, _entries(200, "x" * 400_000))
    assert view.rowAt(0) == 0
    assert not view.is_following


def test_scrolling_up_misses_nothing(view: Transcript) -> None:
    _add(view, _entries(60, "many words to be wrapped " * 20))
    view.resize(400, 400)
    bar = view.verticalScrollBar()
    while bar.value() > 0:
        top, y = _top(view)
        value = bar.value()
        bar.setValue(value - 150)
        row = view.messages.rows.index(top)
        assert view.rowViewportPosition(row) == y + min(150, value) or bar.value() == 0
    assert view.rowAt(0) == 0


@pytest.mark.parametrize("seconds", [0.003, 0.0])
def test_a_filter_keeps_the_place_of_what_is_read(
    view: Transcript, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr(model, "_SLICE", seconds)  # with 0 each entry is tried by itself, as on a busy machine
    _add(view, _entries(2000))
    _scroll_to_middle(view)
    entry, y = _top(view)
    view.messages.filter(lambda one: one.at_ns % 2 == entry.at_ns % 2)
    qtbot.waitUntil(lambda: view.messages.tried_all)
    assert _top(view) == (entry, y)
    view.messages.filter(None)
    assert _top(view) == (entry, y)
    view.messages.filter(lambda one: False)
    qtbot.waitUntil(lambda: view.messages.tried_all)
    assert view.is_following


def test_rows_in_view_have_their_height_at_every_width(view: Transcript) -> None:
    _add(view, _entries(300, "many words to be wrapped " * 8))
    for width in (300, 700):
        view.resize(width, 400)
        for row in range(view.rowAt(0), 300):
            assert view.rowHeight(row) == _bubble(view, row).height
        assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()


def test_a_long_message_is_unfolded_by_key_and_folded_again(view: Transcript) -> None:
    _add(view, [*_entries(3), Entry(EntryKind.PLAIN, 0, "line\n" * 2000 + "x" * 50_000)])
    view.choose(3)
    height = view.rowHeight(3)
    assert _bubble(view, 3).offer(Act.UNFOLD)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.rowHeight(3) > 10 * height
    assert view.rowViewportPosition(3) >= 0
    assert _bubble(view, 3).offer(Act.VIEW)
    assert _bubble(view, 3).note is not None
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 3
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.rowHeight(3) == height
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(view, key)
    assert view.rowHeight(3) == height


def test_json_is_indented_by_click_and_by_key(view: Transcript) -> None:
    _add(view, [Entry(EntryKind.PLAIN, 0, '{"a":[1.0,2]}')])
    (link,) = _bubble(view, 0).links
    assert link.words == "Indent JSON"
    place = link.box.center().toPoint() + QPoint(0, view.rowViewportPosition(0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert _bubble(view, 0).text.lineCount() == 6
    assert view.selected_text() == '{"a":[1.0,2]}'
    QTest.keyClick(view, Qt.Key.Key_J)
    assert _bubble(view, 0).text.lineCount() == 1


def test_keys_move_through_the_transcript(view: Transcript) -> None:
    _add(view, _entries(200, "words " * 40))
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert not view.is_following
    row = view.currentIndex().row()
    assert 180 < row < 199
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.currentIndex().row() == row - 1
    assert view.rowViewportPosition(row - 1) >= 0
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert (view.currentIndex().row(), view.rowAt(0)) == (0, 0)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.rowViewportPosition(0) < 0
    QTest.keyClick(view, Qt.Key.Key_End)
    assert (view.currentIndex().row(), view.is_following) == (199, True)
    QTest.keyClick(view, Qt.Key.Key_A)
    assert view.currentIndex().row() == 199


def test_a_row_is_shown_in_the_middle(view: Transcript) -> None:
    _add(view, _entries(500, "words " * 40))
    view.show_row(250)
    assert view.currentIndex().row() == 250
    assert 0 < view.rowViewportPosition(250) < view.viewport().height() - view.rowHeight(250)
    assert view.selected_entries() == [view.messages.rows[250]]


def test_entries_are_copied_as_text_and_bytes(view: Transcript, qtbot: QtBot) -> None:
    data = Entry(EntryKind.BINARY, 0, data=b"abc")
    _add(view, [*_entries(2), data])
    view.choose(2)
    actions = {action.text(): action for action in view._menu.menu().actions()}
    actions["Copy bytes as &base64"].trigger()
    assert QGuiApplication.clipboard().text() == base64.b64encode(b"abc").decode()
    actions["Copy bytes as &hex"].trigger()
    assert QGuiApplication.clipboard().text() == "61 62 63"
    view.selectAll()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().count(" Broadcast from Ann: ") == 2
    view.messages.clear()
    _add(view, _entries(1, "x" * 300_000))
    view.choose(0)
    view._menu.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: len(QGuiApplication.clipboard().text()) > 300_000)


def test_the_chosen_entry_is_shown_in_full(view: Transcript) -> None:
    _add(view, _entries(1))
    view.choose(0)
    view._menu.menu().actions()[-1].trigger()
    (viewer,) = view.findChildren(EntryViewer)
    assert viewer.isVisible()
    viewer.close()


def test_matches_are_framed_also_where_they_wrap(view: Transcript) -> None:
    _add(view, [Entry(EntryKind.PLAIN, 0, "😀 " + "word " * 100)])
    view.mark(re.compile("word word"))
    view.grab()
    boxes = _bubble(view, 0).marks(re.compile("(word )+"))
    assert len(boxes) == _bubble(view, 0).text.lineCount() > 3
    view.mark(None)


def test_an_image_takes_the_place_of_its_bytes(view: Transcript, qtbot: QtBot) -> None:
    _add(view, [Entry(EntryKind.BINARY, 0, "cat.png", data=image(640, 480))])
    qtbot.waitUntil(lambda: _bubble(view, 0).picture is not None)
    assert view.rowHeight(0) == _bubble(view, 0).height > 240
    view.grab()


@pytest.mark.parametrize("width", [384, 600])
@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_nothing_overlaps(view: Transcript, qapp: QApplication, scheme: theme.Scheme, width: int) -> None:
    theme.apply(qapp, scheme)
    view.resize(width, 400)
    name = "Somebody with a very long name " * 3
    _add(view, [Entry(kind, 0, "word " * 40, name, size=12_345, round_trip_ns=12_345_678) for kind in EntryKind])
    _add(view, [Entry(EntryKind.BROADCAST, 0, "hi", name, size=12_345_678, round_trip_ns=99_999_000_000)])
    for row in range(len(view.messages.rows)):
        bubble = _bubble(view, row)
        assert 0 <= bubble.frame.left() < bubble.frame.right() <= view.viewport().width()
        if (header := bubble.header) is not None:
            assert header.pill.right() <= header.known_box.left()
            assert bubble.frame.left() <= header.pill.left()
            assert header.known_box.right() <= bubble.frame.right()
    view.selectAll()
    view.grab()


def test_forms_are_forgotten_with_the_oldest(view: Transcript, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.chat.transcript.delegate.FORMS", 2)
    entries = _entries(3)
    for entry in entries:
        view.bubbles.set_form(entry, Form(unfolded=True))
    assert [view.bubbles.form(entry).unfolded for entry in entries] == [False, True, True]
