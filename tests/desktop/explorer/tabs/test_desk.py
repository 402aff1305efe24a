"""The desk: everything that is open comes back, and every place learns what was saved elsewhere."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.explorer.model.request import Request
from desktop.explorer.tabs.document import Document
from desktop.explorer.tabs.drafts import Drafts
from desktop.explorer.workspace.origin import Origin
from tests.conftest import Run
from tests.desktop.explorer.pages import until
from tests.desktop.explorer.tabs.stage import TWO, saved, stage, type_in


def test_the_same_request_in_two_tabs_and_a_window(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            first, second = one.open(), one.open(another=True)
            one.desk.show_origin(one.place(0))
            (third,) = one.desk.windows.requests
            type_in(first, "/first")
            type_in(second, "/second")
            await saved(first)
            for tab in (second, third):
                await tab.upkeep.ended()
            assert third.request().url == "http://h/1/first"
            assert second.request().url == "http://h/1/second"
            assert "Which one do you want to keep?" in second.notice.text()
            second.upkeep.keep_mine.click()
            await second.upkeep.ended()
            assert "http://h/1/second" in one.text()
            assert first.request().url == "http://h/1/second"
            assert not any(tab.is_modified for tab in one.desk.requests)

    run(scenario())


def test_a_request_without_a_name_is_known_again_in_the_other_tab(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            one.file.write_text("GET http://h/1\n###\nGET http://h/2\n")
            first, second = one.open(), one.open(another=True)
            type_in(first, "/x")
            await saved(first)
            assert second.request().url == "http://h/1/x"
            assert second.notice.text() == ""

    run(scenario())


def test_unsaved_places_are_told_and_taken_back(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            told: list[frozenset[tuple[Path, int]]] = []
            one.desk.unsaved.connect(told.append)
            tab = one.open(1)
            type_in(tab, "/x")
            await until(lambda: told[-1:] == [frozenset({(one.file, 1)})])
            tab.finished.emit()
            assert told[-1] == frozenset()

    run(scenario())


def test_requests_follow_into_other_places(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            first, second = one.open(0), one.open(1)
            a, b = one.place(0), one.place(1)
            type_in(second, "/typed")
            one.file.write_text(b.text + a.text)
            one.desk.moved(a, Origin(one.file, 1, a.text))
            one.desk.moved(b, Origin(one.file, 0, b.text))
            assert (first.origin, second.origin) == (one.place(1), one.place(0))
            moved = one.folder / "new"
            shutil.move(one.folder, tmp_path / "other")
            one.desk.renamed(one.folder, tmp_path / "other")
            assert second.origin is not None
            assert second.origin.path == tmp_path / "other" / "a.http"
            assert second.request().url == "http://h/2/typed"
            await saved(second)
            assert "http://h/2/typed" in (tmp_path / "other" / "a.http").read_text()
            assert not moved.exists()

    run(scenario())


def test_everything_comes_back_in_order(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def leave() -> None:
        async with stage(qtbot, tmp_path) as one:
            await one.desk.load()
            type_in(one.open(1), "/typed")
            one.desk.show_window(Document(Request("GET", "http://h/window")))
            one.tabs.open_run("Run", (), {})
            one.tabs.setCurrentIndex(1)
            one.desk.finish()

    async def come_back() -> None:
        async with stage(qtbot, tmp_path) as one:
            one.file.write_text(TWO.replace("body", "other"))
            await one.desk.load()
            urls = [tab.request().url for tab in one.tabs.requests]
            assert urls == ["http://localhost:5000/players", "http://h/2/typed", "http://h/window"]
            assert one.tabs.currentIndex() == 1
            tab = one.tabs.current_request()
            await tab.upkeep.ended()
            assert tab.is_modified
            assert "Which one do you want to keep?" in tab.notice.text()

    run(leave())
    run(come_back())


def test_what_is_typed_while_loading_is_not_lost(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "open")

    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            (tab,) = one.tabs.requests
            type_in(tab, "/typed")
            await until(lambda: "/typed" in one.kept())
            await one.desk.load()
            assert one.tabs.requests == [tab]
            assert len(drafts.load()[0]) == 1

    run(scenario())


def test_many_tabs_come_back_without_their_panes(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def leave() -> None:
        async with stage(qtbot, tmp_path) as one:
            await one.desk.load()
            for number in range(60):
                one.tabs.open_document(Document(Request("GET", f"http://h/{number}")), in_front=False)
            one.desk.finish()

    async def come_back() -> None:
        async with stage(qtbot, tmp_path) as one:
            await one.desk.load()
            assert len(one.tabs.requests) == 61
            assert sum(tab._pane is not None for tab in one.tabs.requests) == 1
            one.desk.finish()

    run(leave())
    run(come_back())


def test_a_full_disk_at_the_end_keeps_what_can_be_kept(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = Drafts.keep

    def full(drafts: Drafts, one: object) -> None:
        if "big" in repr(one):
            raise OSError(28, "No space left on device")
        keep(drafts, one)  # type: ignore[arg-type]  # whatever it is given

    monkeypatch.setattr(Drafts, "keep", full)

    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            await one.desk.load()
            one.tabs.open_document(Document(Request("GET", "http://h/big")))
            one.desk.show_window(Document(Request("GET", "http://h/small")))
            with pytest.raises(OSError, match="No space"):
                one.desk.finish()
            assert "http://h/small" in one.kept()
            assert one.desk.windows.open == []

    run(scenario())


def test_the_order_that_cannot_be_written_is_no_fault(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []

    def full(*arguments: object) -> None:
        tried.append(arguments)
        raise OSError(28, "No space left on device")

    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            await one.desk.load()
            monkeypatch.setattr(Drafts, "keep_order", full)
            one.tabs.new_request()
            await until(lambda: bool(tried))

    run(scenario())


def test_what_was_only_opened_comes_back_after_a_crash_too(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def crash() -> None:
        async with stage(qtbot, tmp_path) as one:
            await one.desk.load()
            one.open(1)
            one.tabs.open_document(Document(Request("GET", "http://h/pasted")))
            drafts = Drafts(tmp_path / "open")
            await until(lambda: len(drafts.load()[0]) == 3)

    async def come_back() -> None:
        async with stage(qtbot, tmp_path) as one:
            await one.desk.load()
            urls = [tab.request().url for tab in one.tabs.requests]
            assert urls == ["http://localhost:5000/players", "http://h/2", "http://h/pasted"]

    run(crash())
    run(come_back())
