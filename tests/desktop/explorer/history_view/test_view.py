"""The list of the history by looking, typing and clicking."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.explorer.history.entry import Entry, NewEntry
from desktop.explorer.history.limits import Choice, Limits
from desktop.explorer.history.store import History, HistoryError
from desktop.explorer.history_view.choice_dialog import ChoiceDialog
from desktop.explorer.history_view.rows import Day
from desktop.explorer.history_view.view import PAGE, HistoryView
from desktop.tasks import TaskSet
from tests.conftest import Run, until
from tests.desktop.explorer.history.entries import entry

KEY = Qt.Key
DAY = 86_400 * 10**9


def days_ago(new: NewEntry, days: int) -> NewEntry:
    """The same, some days earlier."""
    exchange = new.reply.exchange
    exchange = exchange._replace(started_ns=exchange.started_ns - days * DAY)
    return replace(new, reply=replace(new.reply, exchange=exchange))


@asynccontextmanager
async def shown(qtbot: QtBot, tmp_path: Path, *entries: NewEntry) -> AsyncIterator[tuple[HistoryView, History]]:
    """A view on a history with these entries."""
    QApplication.setQuitOnLastWindowClosed(False)
    failures: list[str] = []
    tasks = TaskSet(lambda error, name: failures.append(f"{name}: {error!r}"))
    history = History(tmp_path / "history.sqlite")
    for one in entries:
        await history.add(one)
    view = HistoryView(history, tasks)
    qtbot.addWidget(view)
    view.resize(300, 400)
    view.show()
    view.activateWindow()
    await until(view.isActiveWindow)
    await until(lambda: len(view.list.rows.entries) == min(len(entries), PAGE) and idle(view))
    try:
        yield view, history
    finally:
        await tasks.close()
        await history.close()
        view.close()
    assert not failures


def idle(view: HistoryView) -> bool:
    """Whether nothing is wanted or on its way."""
    return not (view._wanted or len(view._tasks))


def paths(view: HistoryView) -> list[str]:
    """What the list has, from top to bottom."""
    return [one.url.removeprefix("http://h") for one in view.list.rows.entries]


def many(count: int) -> list[NewEntry]:
    """Requests to /0, /1, and so on."""
    return [entry(f"http://h/{number}") for number in range(count)]


def test_entries_stand_below_their_days(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    entries = (
        days_ago(entry("http://h/old"), 9),
        days_ago(entry("http://h/a", 404), 1),
        *many(2),
        entry("http://h/x", 0),
    )

    async def scenario() -> None:
        async with shown(qtbot, tmp_path, *entries) as (view, _):
            rows = view.list.rows
            titles = [row.title if isinstance(row, Day) else "" for row in rows.rows]
            old = rows.entries[-1].at.astimezone()
            assert titles == ["Today", "", "", "", "Yesterday", "", f"{old:%A}, {old.day} {old:%B %Y}", ""]
            today = f"{datetime.now().astimezone():%H:}"
            spoken = rows.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
            assert spoken.startswith(f"GET http://h/x, No response, {today}")
            assert spoken.endswith("Nobody answered.")
            assert ", 404 Not Found, " in rows.index(5).data(Qt.ItemDataRole.ToolTipRole)
            assert rows.index(0).flags() == Qt.ItemFlag.NoItemFlags
            for scheme in (theme.Scheme.DARK, theme.Scheme.LIGHT):
                theme.apply(QApplication.instance(), scheme)  # type: ignore[arg-type] # it is one
                view.list.setCurrentIndex(rows.index(1))
                assert not view.grab().isNull()

    run(scenario())


def test_searching_while_typing(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with shown(qtbot, tmp_path, *many(3), entry("http://h/players", 404)) as (view, _):
            view.search.setFocus()
            QTest.keyClicks(view.search, "players")
            await until(lambda: paths(view) == ["/players"])
            QTest.keyClick(view.search, KEY.Key_Escape)
            await until(lambda: paths(view) == ["/players", "/2", "/1", "/0"])
            QTest.keyClicks(view.search, "5xx")
            await until(lambda: view.stack.currentWidget() is view.hint)
            assert view.hint.text() == "Nothing matches “5xx”."
            view.search.setText("404")
            await until(lambda: paths(view) == ["/players"])
            QTest.keyClick(view.search, KEY.Key_Down)
            assert view.list.hasFocus()
            assert [one.url for one in view.list.chosen()] == ["http://h/players"]

    run(scenario())


def test_nothing_was_sent_yet(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with shown(qtbot, tmp_path) as (view, _):
            assert view.stack.currentWidget() is view.hint
            assert "Send one, and it appears" in view.hint.text()
            QTest.keyClick(view.search, KEY.Key_Down)
            assert not view.list.hasFocus()

    run(scenario())


def test_keys_open_copy_and_delete(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    opened: list[tuple[str, bool]] = []

    async def scenario() -> None:
        async with shown(qtbot, tmp_path, *many(4)) as (view, history):
            view.chosen.connect(take)
            view.list.setFocus()
            view.list.setCurrentIndex(view.list.rows.index(2))
            QTest.keyClick(view.list, KEY.Key_Return)
            await until(lambda: opened == [("http://h/2", False)])
            QTest.keyClick(view.list, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
            await until(lambda: opened[1:] == [("http://h/2", True)])
            QTest.keyClick(view.list, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
            QTest.keyClick(view.list, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
            assert QApplication.clipboard().text() == "http://h/2\nhttp://h/1"
            QTest.keyClick(view.list, KEY.Key_Delete)
            assert paths(view) == ["/3", "/0"]
            assert [one.url for one in view.list.chosen()] == ["http://h/0"]
            await until(lambda: idle(view))
            assert [one.url[-1] for one in await history.search()] == ["3", "0"]
            QTest.keyClick(view.list, KEY.Key_Delete)
            assert [one.url for one in view.list.chosen()] == ["http://h/3"]
            QTest.keyClick(view.list, KEY.Key_Delete)
            assert view.stack.currentWidget() is view.hint
            await until(lambda: idle(view))
            assert await history.search() == ()

    def take(found: Entry, another: bool) -> None:
        opened.append((found.request.url, another))

    run(scenario())


def test_the_menu(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with shown(qtbot, tmp_path, *many(1)) as (view, _):
            menu = view.list.menu()
            assert [one.isEnabled() for one in menu.actions() if not one.isSeparator()] == [False] * 4 + [True]
            view.list.setCurrentIndex(view.list.rows.index(1))
            assert all(one.isEnabled() for one in view.list.menu().actions())
            with qtbot.waitSignal(view.list.open_wanted) as blocker:
                view.list.menu().actions()[0].trigger()
            assert blocker.args == [1, False]

    run(scenario())


def test_clearing_asks_first(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with shown(qtbot, tmp_path, *many(2)) as (view, history):
            view.list.clear_wanted.emit()
            (box,) = view.findChildren(QMessageBox)
            box.reject()
            view.list.clear_wanted.emit()
            box = view.findChildren(QMessageBox)[-1]
            button = next(one for one in box.buttons() if one.text() == "&Delete all")
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            await until(lambda: not paths(view) and idle(view))
            assert await history.search() == ()

    run(scenario())


def test_more_appear_while_scrolling_and_new_ones_above(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with shown(qtbot, tmp_path, *many(PAGE + 50)) as (view, history):
            bar = view.list.verticalScrollBar()
            bar.setValue(bar.maximum())
            await until(lambda: len(paths(view)) == PAGE + 50)
            chosen = view.list.rows.index_of(30)
            view.list.setCurrentIndex(chosen)
            view.list.scrollTo(chosen, view.list.ScrollHint.PositionAtTop)
            before = view.list.visualRect(chosen).top()
            await history.add(entry("http://h/new"))
            view.refresh()
            await until(lambda: paths(view)[0] == "/new")
            assert len(paths(view)) == PAGE + 51
            assert [one.id for one in view.list.chosen()] == [30]
            assert view.list.visualRect(view.list.rows.index_of(30)).top() == before
            bar.setValue(0)
            await history.add(entry("http://h/newer"))
            view.refresh()
            await until(lambda: paths(view)[0] == "/newer")
            assert bar.value() == 0

    run(scenario())


def test_nothing_is_read_before_it_is_shown(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        tasks = TaskSet(lambda *_: None)
        history = History(tmp_path / "data" / "history.sqlite")
        view = HistoryView(history, tasks)
        qtbot.addWidget(view)
        view.refresh()
        assert not view._timer.isActive()
        assert not (tmp_path / "data").exists()
        view.show()
        await until(lambda: idle(view))
        await tasks.close()
        await history.close()

    run(scenario())


def test_failures_are_said_in_place(run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise HistoryError("It is broken.")

    async def scenario() -> None:
        async with shown(qtbot, tmp_path, *many(2)) as (view, history):
            await history.remove([2])
            view.list.setCurrentIndex(view.list.rows.index(1))
            QTest.keyClick(view.list, KEY.Key_Return)
            await until(lambda: view.message.text() != "")
            assert view.message.text() == "This request is not in the history any more."
            await until(lambda: paths(view) == ["/0"])
            view.refresh()
            assert view.message.isHidden()
            for name in ("remove", "clear", "choice", "choose", "search"):
                monkeypatch.setattr(history, name, fail)
            for act in (view._spawn_clear, view._ask_for_choice, view._typed):
                await until(lambda: idle(view))
                view.say("")
                act()
                await until(lambda: view.message.text() == "It is broken.")

    run(scenario())


def test_what_is_kept_can_be_chosen(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with shown(qtbot, tmp_path, *many(3)) as (view, history):
            limits: list[Limits] = []
            enabled: list[bool] = []
            view.limits_changed.connect(limits.append)
            view.enabled_changed.connect(enabled.append)
            QTest.mouseClick(view.settings_button, Qt.MouseButton.LeftButton)
            await until(lambda: bool(view.findChildren(ChoiceDialog)))
            (dialog,) = view.findChildren(ChoiceDialog)
            assert (dialog.days.value(), dialog.megabytes.value(), dialog.entries.value()) == (30, 500, 10_000)
            dialog.enabled.setChecked(False)
            dialog.days.setValue(7)
            dialog.entries.setValue(2)
            QTest.mouseClick(dialog.buttons.buttons()[0], Qt.MouseButton.LeftButton)
            await until(lambda: paths(view) == ["/2", "/1"])
            assert (limits, enabled) == ([Limits(7, 500_000_000, 2)], [False])
            assert await history.choice() == Choice(limits[0], enabled=False)

    run(scenario())
