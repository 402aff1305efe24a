"""Tabs: what opens where, and what is asked before one closes."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.explorer.http_files.http_file import parse
from desktop.explorer.model.request import Request
from desktop.explorer.runs.run import Step
from desktop.explorer.session import Spot
from desktop.explorer.tabs import keeping
from desktop.explorer.tabs.document import Document
from desktop.explorer.tabs.tab_bar import TabBar
from desktop.explorer.workspace.saving import save as really_save
from tests.conftest import Run
from tests.desktop.explorer.pages import KEY, until
from tests.desktop.explorer.servers import RawServer
from tests.desktop.explorer.tabs.stage import TWO, Stage, dialog_of, full_disk, settle, stage, type_in

CONTROL = Qt.KeyboardModifier.ControlModifier


def steps_of(url: str) -> list[Step]:
    return [Step(part, Spot(name=part.name)) for part in parse(f"### One\nGET {url}\n").parts]


def bar_of(one: Stage) -> TabBar:
    bar = one.tabs.findChild(TabBar)
    assert bar is not None
    return bar


def test_a_request_has_one_tab_unless_another_is_wanted(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab, other = one.open(0), one.open(1)
            assert one.open(0) is tab
            assert one.tabs.currentWidget() is tab
            third = one.open(1, another=True)
            assert third is not other
            assert third.origin == other.origin

    run(scenario())


def test_a_number_that_another_request_has_now_is_not_mistaken(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open(1)
            one.file.write_text(TWO.replace("### Two", "### Three\nGET http://h/3\n### Two"))
            assert one.open(1) is not tab

    run(scenario())


@pytest.mark.parametrize("title", ["a & b", "a\u202eb", "<b>bold</b>", "x" * 300])
def test_titles_are_shown_as_they_are_written(run: Run, qtbot: QtBot, tmp_path: Path, title: str) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            one.tabs.open_document(Document(Request("GET", "http://h/"), None, title))
            number = one.tabs.currentIndex()
            shown = one.tabs.tabText(number).replace("&&", "\0").replace("&", "").replace("\0", "&")
            start = title.split("\u202e", maxsplit=1)[0][:20]
            assert shown.removeprefix("• ").startswith(start)
            assert len(shown) <= 30
            assert "\u202e" not in shown + one.tabs.tabToolTip(number)
            assert "<b>" not in one.tabs.tabToolTip(number)

    run(scenario())


def test_unsaved_changes_are_marked_and_asked_for(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            assert one.tabs.tabText(1) == "One"
            type_in(tab, "/x")
            await until(lambda: one.tabs.tabText(1) == "• One")
            assert "changes not saved" in one.tabs.tabToolTip(1)
            one.tabs.close_tab(1)
            question = one.question()
            assert question.text() == "“One” has changes that are not saved."
            QTest.keyClick(question, KEY.Key_Escape)
            assert tab in one.tabs.requests

    run(scenario())


def test_discard_closes_and_leaves_the_file_alone(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            type_in(tab, "/x")
            one.tabs.close_tab(1)
            one.question().discard.click()
            assert tab not in one.tabs.requests
            assert one.text() == TWO

    run(scenario())


def test_save_closes_when_it_has_gone_well(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            type_in(tab, "/x")
            one.tabs.close_tab(1)
            one.question().save.click()
            await until(lambda: tab not in one.tabs.requests)
            assert "http://h/1/x" in one.text()

    run(scenario())


def test_a_save_that_fails_keeps_the_tab_also_later(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            type_in(tab, "/x")
            monkeypatch.setattr(keeping, "save", full_disk)
            one.tabs.close_tab(1)
            one.question().save.click()
            await tab.upkeep.ended()
            assert "the disk is full" in tab.notice.text()
            monkeypatch.undo()
            tab.save()
            await tab.upkeep.ended()
            assert tab in one.tabs.requests
            assert not tab.is_modified

    run(scenario())


def test_what_is_typed_while_a_closing_tab_is_saved_keeps_it_open(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = threading.Event()

    def save_later(*arguments: Any, **options: Any) -> Any:
        typed.wait()
        return really_save(*arguments, **options)

    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            type_in(tab, "/x")
            monkeypatch.setattr(keeping, "save", save_later)
            tab.save_and_finish()
            await settle()
            type_in(tab, "/y")
            typed.set()
            await tab.upkeep.ended()
            assert tab in one.tabs.requests
            assert tab.is_modified

    run(scenario())


def test_a_new_request_is_saved_on_closing_where_its_user_says(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.tabs.new_request()
            type_in(tab, "http://h/new")
            tab.save_and_finish()
            (await dialog_of(tab)).reject()
            tab.save()
            (await dialog_of(tab)).accept()
            await tab.upkeep.ended()
            assert tab in one.tabs.requests
            assert (one.folder / "requests.http").exists()

    run(scenario())


def test_the_last_tab_gives_way_to_an_empty_one(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            (first,) = one.tabs.requests
            one.tabs.close_tab(0)
            (tab,) = one.tabs.requests
            assert tab is not first
            assert (tab.request().url, tab.is_modified) == ("", False)

    run(scenario())


def test_a_tab_closes_while_its_request_is_on_its_way(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one, RawServer(b"", hold=True).running() as server:
            tab = one.open()
            tab.pane.show_request(Request("GET", server.url))
            tab.pane.send()
            await server.got_request.wait()
            gone: list[bool] = []
            tab.blockSignals(False)
            tab.pane.destroyed.connect(lambda: gone.append(True))
            tab.finished.emit()
            await until(lambda: bool(gone))

    run(scenario())


def test_others_that_are_saved_close_and_no_run_is_broken_off(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one, RawServer(b"", hold=True).running() as server:
            one.open(0)
            changed = one.open(1)
            type_in(changed, "/x")
            working = one.tabs.open_run("Run", steps_of(server.url), {})
            kept = one.tabs.new_request()
            bar_of(one).close_others_wanted.emit(one.tabs.indexOf(kept))
            assert one.tabs.requests == [changed, kept]
            assert one.tabs.runs == [working]

    run(scenario())


def test_the_context_menu_is_about_the_tab_in_front_when_keys_open_it(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            one.open(0)
            one.open(1)
            one.tabs.setCurrentIndex(0)
            bar = bar_of(one)
            middle = bar.rect().center()
            event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, bar.mapToGlobal(middle))
            QApplication.sendEvent(bar, event)
            bar.menu.close()
            bar.duplicate.trigger()
            assert one.tabs.current_request().request() == one.tabs.requests[0].request()
            place = bar.tabRect(1).center()
            QApplication.sendEvent(
                bar, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, bar.mapToGlobal(place))
            )
            bar.menu.close()
            bar.duplicate.trigger()
            assert one.tabs.current_request().title == "One"

    run(scenario())


def test_a_middle_click_closes(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open(0)
            bar = bar_of(one)
            QTest.mouseClick(bar, Qt.MouseButton.MiddleButton, pos=bar.tabRect(1).center())
            assert tab not in one.tabs.requests
            QTest.mouseClick(bar, Qt.MouseButton.MiddleButton, pos=QPoint(bar.width() - 1, 1))
            assert one.tabs.count() == 1

    run(scenario())


def keys(owner: QWidget) -> Callable[[Qt.Key], None]:
    return lambda key: QTest.keyClick(owner, key, CONTROL)


def test_saving_a_run_says_that_it_is_none_and_opens_nothing(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one, RawServer().running() as server:
            one.tabs.add_shortcuts(one.tabs)
            working = one.tabs.open_run("Run", steps_of(server.url), {})
            await until(lambda: not working.running)
            one.tabs.activateWindow()
            await until(one.tabs.isActiveWindow)
            working.pane.line.url.setFocus()
            keys(working.pane.line.url)(KEY.Key_S)
            assert one.tabs.currentWidget() is working
            assert working.pane.fault.text().startswith("A run is not saved.")
            assert one.tabs.current_pane() is working.pane

    run(scenario())


def test_a_command_that_is_pasted_into_a_run_gets_a_tab(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one, RawServer().running() as server:
            working = one.tabs.open_run("Run", steps_of(server.url), {})
            with qtbot.waitSignal(one.tabs.curl_pasted) as caught:
                working.pane.line.pasted.emit("curl http://h/")
            assert caught.args is not None
            assert caught.args[0] is one.tabs.currentWidget()
            await until(lambda: not working.running)

    run(scenario())


def test_a_new_request_waits_for_its_url(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            one.tabs.activateWindow()
            await until(one.tabs.isActiveWindow)
            QTest.mouseClick(one.tabs.new_button, Qt.MouseButton.LeftButton)
            assert one.tabs.current_request().pane.line.url.hasFocus()

    run(scenario())


def test_the_keys_work_where_nothing_has_the_focus(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            one.tabs.add_shortcuts(one.tabs)
            one.tabs.activateWindow()
            await until(one.tabs.isActiveWindow)
            one.tabs.current_request().pane.line.url.setFocus()
            one.tabs.current_request().pane.line.url.clearFocus()
            keys(one.tabs)(KEY.Key_T)
            assert one.tabs.count() == 2

    run(scenario())
