"""What is served: chosen in a dialog, dropped, taken back, shown in the file manager; and what to know about it."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from desktop import assets
from desktop.server_panels.settings.reach import LOCAL_NETWORK
from tests.conftest import Run, until
from tests.desktop.server_panels.settings.stage import click
from tests.desktop.server_panels.site.stage import Stage, files


def test_the_bundled_sites_are_served_at_first(site: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            assert panel.served.folder.text().startswith("The bundled sites")
            assert not panel.served.bundled.isEnabled()
            assert not panel.served.recent.isEnabled()
            assert not panel.served.warning.isVisible()
            assert not site.recent.exists()

    run(scenario())


def test_a_folder_is_chosen_in_a_dialog_and_left_again(site: Stage, folder: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            click(panel.served.choose)
            dialog = panel.served.findChild(QFileDialog)
            assert dialog is not None
            assert dialog.fileMode() is QFileDialog.FileMode.Directory
            dialog.fileSelected.emit(str(folder))
            dialog.close()
            await site.settled()
            assert site.root() == folder
            assert panel.served.folder.text() == str(folder)
            assert str(folder) in panel.served.folder.toolTip()
            assert site.told == [("http", "root", str(folder))]
            click(panel.served.bundled)
            await site.settled()
            assert site.root() is None
            assert site.told[1:] == [("http", "root", None)]
            assert panel.served.recent.isEnabled()

    run(scenario())


def test_a_folder_is_dropped_and_stays_where_it_is(site: Stage, folder: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            event = await site.drop([folder])
            assert event.isAccepted()
            assert event.dropAction() is event.dropAction().CopyAction
            assert site.root() == folder
            assert not panel.served.message.isVisible()

    run(scenario())


def test_a_drag_is_seen_until_it_leaves(site: Stage, folder: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            assert site.drag(files([folder])).isAccepted()
            assert panel.sign.isVisible()
            assert panel.sign.geometry() == panel.rect()
            panel.resize(700, 900)
            assert panel.sign.size() == panel.size()
            assert not panel.grab().isNull()
            site.leave()
            assert not panel.sign.isVisible()
            assert not any(field.acceptDrops() for field in panel.findChildren(QLineEdit))

    run(scenario())


@pytest.mark.parametrize("url", ["", "http://example.com/folder"])
def test_what_is_no_file_cannot_be_dropped(site: Stage, run: Run, url: str) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            data = QMimeData()
            data.setUrls([QUrl(url)] if url else [])
            data.setText("words")
            assert not site.drag(data).isAccepted()
            assert not panel.sign.isVisible()

    run(scenario())


def test_nothing_can_be_dropped_before_there_is_a_server(site: Stage, folder: Path) -> None:
    assert not site.drag(files([folder])).isAccepted()


def test_a_dropped_file_is_refused_and_its_folder_offered(site: Stage, folder: Path, run: Run) -> None:
    page = folder / "page.html"
    page.write_text("")

    async def scenario() -> None:
        async with site.attached() as panel:
            await site.drop([page])
            assert site.root() is None
            assert panel.served.message.text() == "“page.html” is a file; only folders can be served."
            click(panel.served.parent_instead)
            await site.settled()
            assert site.root() == folder
            assert not panel.served.message.isVisible()

    run(scenario())


def test_one_folder_at_a_time(site: Stage, folder: Path, tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            await site.drop([folder, tmp_path])
            assert panel.served.message.text() == "Drop one folder at a time."
            assert site.root() is None

    run(scenario())


def test_what_a_source_that_has_ended_does_not_give_is_missed(site: Stage, folder: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            await site.drop([folder], arriving=QMimeData())
            assert panel.served.message.text() == "What was dropped did not arrive. Drop it again."
            assert not panel.sign.isVisible()
            assert site.root() is None

    run(scenario())


def test_what_comes_of_a_drop_is_scrolled_into_sight(site: Stage, folder: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            panel.resize(800, 560)
            QApplication.sendPostedEvents()
            scrolled = panel.area.verticalScrollBar()
            scrolled.setValue(scrolled.maximum())
            assert scrolled.value() > 0
            await site.drop([folder])
            assert scrolled.value() == 0

    run(scenario())


def test_a_folder_that_vanishes_is_said_to_be_gone_and_seen_when_it_is_back(
    site: Stage, folder: Path, run: Run
) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            panel.timer.setInterval(5)
            await site.serve(folder)
            os.rmdir(folder)
            await until(panel.served.warning.isVisible)
            assert panel.served.warning.text().startswith("This folder is not there any more.")
            assert not panel.served.open.isEnabled()
            os.mkdir(folder)
            await until(panel.served.open.isEnabled)
            assert not panel.served.warning.isVisible()

    run(scenario())


def test_the_home_folder_comes_with_a_warning_of_who_can_read_it(
    site: Stage, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: folder)
    what = "everything in your home folder that is not hidden."

    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder)
            assert panel.served.warning.text() == f"Any program on this computer can read {what}"
            site.control.change(host=LOCAL_NETWORK)
            assert panel.served.warning.text() == f"Anybody on your network can read {what}"
            site.control.change(user="anna")
            assert panel.served.warning.text() == f"Whoever knows the password can read {what}"

    run(scenario())


def test_the_file_manager_shows_the_folder(
    site: Stage, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QUrl] = []

    def take(url: QUrl) -> bool:
        asked.append(url)
        return len(asked) < 2

    monkeypatch.setattr(QDesktopServices, "openUrl", take)

    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder)
            click(panel.served.open)
            assert asked == [QUrl.fromLocalFile(str(folder))]
            assert not panel.served.message.isVisible()
            site.control.change(root=None)
            click(panel.served.open)
            assert Path(asked[1].toLocalFile()) == assets.site("")
            assert panel.served.message.text() == "This computer has no program that shows folders."

    run(scenario())


def test_a_folder_that_was_chosen_elsewhere_is_followed(site: Stage, folder: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            site.control.change(root=folder)
            await site.settled()
            assert panel.served.folder.text() == str(folder)
            assert panel.own.isVisible()

    run(scenario())


def test_a_name_that_would_fool_a_reader_is_shown_escaped(site: Stage, folder: Path, run: Run) -> None:
    odd = folder / "a\u202eb<b>"
    odd.mkdir()

    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(odd)
            assert panel.served.folder.text().endswith("a\\u202eb<b>")
            assert panel.served.folder.toolTip().endswith("a\\u202eb&lt;b&gt;</p>")

    run(scenario())
