"""A request in a tab: what is saved, what is typed meanwhile, and where its secrets go."""

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.explorer.model.auth import Basic
from desktop.explorer.model.request import Request
from desktop.explorer.request_view.pane import RequestPane
from desktop.explorer.tabs import keeping
from desktop.explorer.tabs.document import Document
from desktop.explorer.tabs.keeping import Kept, Outside
from tests.conftest import Run
from tests.desktop.explorer.pages import until
from tests.desktop.explorer.tabs.stage import TWO, dialog_of, full_disk, modified, saved, stage, type_in


def test_saving_leaves_every_other_byte_alone(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open(1)
            assert not modified(tab)
            type_in(tab, "?x=1")
            assert modified(tab)
            await saved(tab)
            assert one.text() == TWO.replace("http://h/2", "http://h/2?x=1")
            assert not modified(tab)
            assert tab.notice.text() == ""
            await saved(tab)
            assert tab.notice.text() == ""

    run(scenario())


def test_what_is_typed_while_saving_is_neither_lost_nor_saved(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.Event()
    keep = keeping._keep

    def slow(document: Document, force: bool) -> Kept | Outside | str:
        held.wait(10)
        return keep(document, force)

    monkeypatch.setattr(keeping, "_keep", slow)

    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            type_in(tab, "/first")
            tab.save()
            await asyncio.sleep(0)
            type_in(tab, "/second")
            held.set()
            await tab.upkeep.ended()
            assert "http://h/1/first\n" in one.text()
            assert tab.pane.request().url == "http://h/1/first/second"
            assert modified(tab)
            assert tab.notice.text() == ""

    run(scenario())


def test_saving_twice_at_once_is_no_conflict(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            type_in(tab, "/x")
            tab.save()
            tab.save()
            await tab.upkeep.ended()
            assert tab.notice.text() == ""
            assert one.text().count("http://h/1/x\n") == 1

    run(scenario())


def test_what_cannot_be_saved_is_said_and_stays(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open(1)
            tab.pane.show_request(replace(tab.request(), body="### not here"))
            await saved(tab)
            assert "would end the request" in tab.notice.text()
            assert one.text() == TWO
            assert modified(tab)

    run(scenario())


def test_a_full_disk_is_said_and_nothing_is_lost(
    run: Run, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            type_in(tab, "/x")
            monkeypatch.setattr(keeping, "save", full_disk)
            await saved(tab)
            assert tab.notice.text() == "a.http could not be saved: the disk is full. What is typed is still here."
            assert one.text() == TWO
            assert modified(tab)
            monkeypatch.undo()
            await saved(tab)
            assert tab.notice.text() == ""
            assert "http://h/1/x" in one.text()

    run(scenario())


def test_a_character_that_the_file_does_not_have_is_said(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            one.file.write_bytes("### Café\nGET http://h/é\n".encode("latin-1"))
            tab = one.open()
            assert tab.title == "Café"
            type_in(tab, "/ü")
            await saved(tab)
            assert one.file.read_bytes() == "### Café\nGET http://h/é/ü\n".encode("latin-1")
            type_in(tab, "/€")
            await saved(tab)
            assert "Latin-1, which has no “€”" in tab.notice.text()

    run(scenario())


def test_secrets_go_into_the_private_file(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            tab.pane.show_request(replace(tab.request(), auth=Basic("me", "hunter2")))
            await saved(tab)
            assert "hunter2" not in one.text()
            assert "Authorization: Basic me {{one_password}}" in one.text()
            private = one.folder / "http-client.private.env.json"
            assert "hunter2" in private.read_text()
            assert private.stat().st_mode & 0o077 == 0
            assert tab.request().auth == Basic("me", "{{one_password}}")
            assert "{{one_password}}" in tab.notice.text()
            assert not modified(tab)

    run(scenario())


def test_a_damaged_private_file_keeps_the_secret_out_of_the_collection(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            (one.folder / "http-client.private.env.json").write_text("{")
            tab = one.open()
            tab.pane.show_request(replace(tab.request(), auth=Basic("me", "hunter2")))
            await saved(tab)
            assert tab.notice.text().startswith("a.http could not be saved: http-client.private.env.json is not JSON")
            assert one.text() == TWO
            assert tab.request().auth == Basic("me", "hunter2")

    run(scenario())


def test_a_new_request_asks_for_its_place(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.tabs.new_request()
            assert not modified(tab)
            type_in(tab, "http://h/new")
            tab.save()
            tab.save()
            dialog = await dialog_of(tab)
            dialog.reject()
            assert not tab.document().origin
            tab.save()
            dialog = await dialog_of(tab)
            assert dialog.file.itemText(0) == "a.http"
            dialog.name.setText("Mine")
            dialog.file.setCurrentText("sub/b")
            dialog.accept()
            await tab.upkeep.ended()
            path = one.folder / "sub" / "b.http"
            assert path.read_text() == "###  Mine\nGET http://h/new\n\n".replace("  ", " ")
            assert tab.origin is not None
            assert tab.origin.path == path
            assert (tab.title, modified(tab)) == ("Mine", False)
            assert tab.pane.spot.name == "Mine"

    run(scenario())


def test_a_tab_that_goes_while_it_saves_still_saves(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            tab = one.open()
            type_in(tab, "/x")
            tab.save()
            one.tabs.leave_out(tab)
            await until(lambda: "http://h/1/x" in one.text())

    run(scenario())


def test_the_pane_is_made_when_it_is_looked_at(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(qtbot, tmp_path) as one:
            document = Document(Request("GET", "http://h/behind"))
            tab = one.tabs.open_document(document, in_front=False)
            assert tab.document() == document
            assert not tab.findChildren(RequestPane)
            one.desk.refresh_variables()
            assert not tab.findChildren(RequestPane)
            one.tabs.setCurrentWidget(tab)
            assert tab.findChildren(RequestPane)
            assert tab.document().request.url == "http://h/behind"

    run(scenario())
