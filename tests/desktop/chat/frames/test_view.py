"""The frames of a connection on the screen: flushed together, bounded, filtered, one of them in full."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from desktop.chat.frames.columns import TIPS
from desktop.chat.frames.detail import Form
from desktop.chat.frames.gathering import MAX_BYTES, MOST, FrameGathering
from desktop.chat.frames.view import FramesView
from desktop.chat.frames.wire import WireFrame
from tests.desktop.chat.frames.samples import BAD, CLOSE, PING, SENT, TEXT


@pytest.fixture
def gathered(qapp: QApplication) -> Iterator[FrameGathering]:
    gathered = FrameGathering(qapp)
    yield gathered
    gathered.deleteLater()


@pytest.fixture
def view(gathered: FrameGathering, qtbot: QtBot) -> FramesView:
    view = FramesView(gathered)
    qtbot.addWidget(view)
    view.resize(640, 400)
    view.show()
    return view


def fill(view: FramesView, qtbot: QtBot, *frames: WireFrame) -> None:
    wanted = len(view.table.ring.rows) + len(frames)
    for frame in frames:
        view.gathered.add(frame)
    qtbot.waitUntil(lambda: len(view.table.ring.rows) == min(wanted, MOST))


def choose(view: FramesView, form: Form) -> None:
    view.detail.form.setFocus()
    QTest.keyClick(view.detail.form, Qt.Key.Key_Home)
    for _ in range(list(Form).index(form)):
        QTest.keyClick(view.detail.form, Qt.Key.Key_Down)


def test_empty_it_says_when_frames_come(view: FramesView, qtbot: QtBot) -> None:
    assert view.stack.currentIndex() == 0
    fill(view, qtbot, TEXT)
    assert view.stack.currentIndex() == 1
    assert view.gone.isHidden()


def test_where_there_is_little_room_the_frames_have_it_until_one_is_chosen(view: FramesView, qtbot: QtBot) -> None:
    fill(view, qtbot, TEXT)
    assert view.detail.isVisible()
    view.resize(640, 200)
    assert not view.detail.isVisible()
    view.table.selectRow(0)
    assert view.detail.isVisible()
    view.clear()
    assert not view.detail.isVisible()


def test_frames_are_inserted_together(view: FramesView, qtbot: QtBot) -> None:
    inserts: list[int] = []
    view.table.ring.rowsInserted.connect(lambda _parent, _first, last: inserts.append(last))
    fill(view, qtbot, TEXT, SENT, PING)
    assert inserts == [2]
    assert view.table.ring.rows == [TEXT, SENT, PING]


def test_hidden_it_gathers_and_shows_the_newest_later(view: FramesView, qtbot: QtBot) -> None:
    fill(view, qtbot, PING)
    view.hide()
    changes: list[object] = []
    view.table.ring.rowsInserted.connect(lambda *change: changes.append(change))
    for _ in range(MOST):
        view.gathered.add(TEXT)
    qtbot.waitUntil(lambda: view.gathered.gone == 1)
    assert changes == []
    view.show()
    assert len(changes) == 1
    assert view.table.ring.rows == [TEXT] * MOST
    assert view.gone.text() == "1 older frame is gone: the newest 20,000 are kept."


def test_what_was_gathered_before_there_was_a_view_is_shown(gathered: FrameGathering, qtbot: QtBot) -> None:
    gathered.add(TEXT)
    qtbot.waitUntil(lambda: gathered.rows == [TEXT])
    gathered.add(PING)
    view = FramesView(gathered)
    qtbot.addWidget(view)
    view.show()
    assert view.table.ring.rows == [TEXT, PING]


def test_how_many_are_gone_is_told_behind_a_filter_too(view: FramesView, qtbot: QtBot) -> None:
    view.filter.text.setText("going")
    for frame in [TEXT] * MOST + [CLOSE] * 3:
        view.gathered.add(frame)
    qtbot.waitUntil(lambda: view.table.ring.rows == [CLOSE] * 3)
    assert view.gone.text() == "3 older frames are gone: the newest 20,000 are kept."


def test_large_contents_are_bounded_by_memory(view: FramesView, qtbot: QtBot) -> None:
    large = TEXT._replace(data=bytes(1024), size=1024)
    for _ in range(MOST):
        view.gathered.add(large)
    qtbot.waitUntil(lambda: bool(view.table.ring.rows))
    assert len(view.table.ring.rows) == MAX_BYTES // large.weight < MOST
    assert view.gone.text().endswith(f"the newest {len(view.table.ring.rows):,} are kept.")


def test_clear_forgets_everything(view: FramesView, qtbot: QtBot) -> None:
    fill(view, qtbot, TEXT)
    view.table.selectRow(0)
    view.gathered.add(SENT)
    QTest.mouseClick(view.clear_button, Qt.MouseButton.LeftButton)
    assert view.stack.currentIndex() == 0
    assert view.detail.currentWidget() is view.detail.nothing
    fill(view, qtbot, PING)
    assert view.table.ring.rows == [PING]


def test_the_chosen_frame_in_full(view: FramesView, qtbot: QtBot) -> None:
    fill(view, qtbot, SENT, BAD, PING._replace(data=b"", size=0, wire_size=0))
    view.table.selectRow(0)
    assert view.detail.heading.text().startswith("Frame 0x1 text, sent, ")
    assert view.detail.text.text().startswith("c1 83 3f a1 0c 9d\n")
    assert view.detail.fault.isHidden()
    choose(view, Form.TEXT)
    assert view.detail.text.text() == "Ahoy"
    choose(view, Form.HEX)
    assert view.detail.views.currentWidget() is view.detail.page
    assert view.detail.page.shown[0].text.startswith("41 68 6f 79")
    view.table.selectRow(1)
    assert view.detail.fault.text() == BAD.fault
    view.table.selectRow(2)
    assert view.detail.page.shown == []


def test_what_is_not_kept_is_told_with_the_content(view: FramesView, qtbot: QtBot) -> None:
    fill(view, qtbot, TEXT._replace(size=5000))
    view.table.selectRow(0)
    assert view.detail.remark.isHidden()
    choose(view, Form.TEXT)
    assert view.detail.remark.text() == "Only the first 4 of 5,000 bytes are kept."


def test_copying_with_keys_takes_what_is_shown_of_the_frame(view: FramesView, qtbot: QtBot) -> None:
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == ""
    fill(view, qtbot, TEXT, SENT)
    QTest.keyClick(view.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view.table, Qt.Key.Key_Down)
    QTest.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == view.detail.text.text() != ""
    choose(view, Form.HEX)
    QTest.keyClick(view.detail.copy, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "41 68 6f 79" in QApplication.clipboard().text())


def test_the_menu_of_a_row_copies_it(view: FramesView, qtbot: QtBot) -> None:
    fill(view, qtbot, TEXT)
    view.table.customContextMenuRequested.emit(QPoint(5, 5))
    assert not view.menu.isVisible()
    view.table.selectRow(0)
    view.table.customContextMenuRequested.emit(QPoint(5, 5))
    assert view.menu.isVisible()
    view.menu.actions()[0].trigger()
    view.menu.close()
    assert QApplication.clipboard().text() == view.detail.text.text()


def test_titles_explain_themselves(view: FramesView, qtbot: QtBot) -> None:
    fill(view, qtbot, TEXT)
    header = view.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(1) + 5, 5)
    help_event = QHelpEvent(QHelpEvent.Type.ToolTip, place, header.viewport().mapToGlobal(place))
    QApplication.sendEvent(header.viewport(), help_event)
    assert QToolTip.text() == TIPS[1]
    QToolTip.hideText()


def test_the_content_takes_the_room_that_is_left_but_never_too_little(view: FramesView, qtbot: QtBot) -> None:
    fill(view, qtbot, TEXT)
    header = view.table.horizontalHeader()
    assert header.sectionSize(3) == 150
    view.resize(1200, 400)
    qtbot.waitUntil(lambda: header.length() == view.table.viewport().width())
    assert header.sectionSize(3) > 150
