"""Drafts are written behind the back of who types, and never come back once dropped."""

import asyncio
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.explorer.model.request import Request
from desktop.explorer.tabs.document import Document
from desktop.explorer.tabs.drafts import Drafts, Open
from desktop.explorer.tabs.request_tab import RequestTab
from tests.conftest import Run
from tests.desktop.explorer.pages import until
from tests.desktop.explorer.tabs.stage import settle, stage, type_in


def test_only_its_owner_can_read_a_draft(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            type_in(one.tabs.current_request(), "/typed")
            await until(lambda: "/typed" in one.kept())
            assert all(path.stat().st_mode & 0o077 == 0 for path in one.drafts.glob("*.json"))

    run(scenario())


def test_a_big_draft_comes_back_whole(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    body = "x" * 5_000_000

    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.tabs.open_document(Document(Request("PUT", "http://h/", (), body)), in_front=False)
            one.desk._edited(tab)
            await until(lambda: any(one.document.request.body == body for one in Drafts(tmp_path / "open").load()[0]))

    run(scenario())


def test_a_disk_that_is_full_is_said_until_it_is_not(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.tabs.current_request()
            with monkeypatch.context() as patch:
                patch.setattr(Drafts, "keep", full)
                type_in(tab, "/a")
                await until(lambda: "could not be kept for the next start: the disk is full." in tab.notice.text())
            type_in(tab, "/b")
            await until(lambda: tab.notice.text() == "")
            assert "/a/b" in one.kept()

    run(scenario())


def test_a_draft_that_is_being_written_does_not_outlive_its_tab(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, held, keep = threading.Event(), threading.Event(), Drafts.keep

    def slow(drafts: Drafts, one: Open) -> None:
        started.set()
        held.wait(10)
        keep(drafts, one)

    monkeypatch.setattr(Drafts, "keep", slow)

    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.tabs.current_request()
            type_in(tab, "/typed")
            await until(started.is_set)
            monkeypatch.undo()
            tab.finished.emit()
            held.set()
            await until(lambda: one.desk._keeper._writer is None)
            assert "/typed" not in one.kept()

    run(scenario())


def test_a_draft_that_cannot_be_removed_is_logged(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_logs: list[str]
) -> None:
    expected_logs.append("WARNING portside.explorer: The draft of a closed request could not be removed")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Drafts, "drop", refuse)

    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            one.tabs.current_request().finished.emit()
            await until(lambda: one.desk._keeper._writer is None)
            await settle()

    run(scenario())


def test_nothing_is_written_over_by_a_thread_that_comes_late(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(Open("a", Document(Request("GET", "http://new/"))))
    drafts.end()
    drafts.keep(Open("a", Document(Request("GET", "http://old/"))))
    drafts.keep_order([], 0)
    drafts.drop("a")
    assert "http://new/" in (tmp_path / "a.json").read_text()


def test_what_comes_while_the_writer_ends_is_not_forgotten(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            keeper, tab = one.desk._keeper, one.tabs.current_request()
            await until(lambda: keeper._writer is None)
            write = keeper._keep

            async def write_and_drop_at_the_end(written: RequestTab) -> None:
                await write(written)
                asyncio.get_running_loop().call_soon(keeper.drop, written)

            monkeypatch.setattr(keeper, "_keep", write_and_drop_at_the_end)
            type_in(tab, "/typed")
            keeper.keep(tab)
            await until(lambda: keeper._writer is None and "/typed" not in one.kept())

    run(scenario())
