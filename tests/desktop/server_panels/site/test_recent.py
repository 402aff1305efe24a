"""The folders that were served: kept newest first, offered, said to be gone, forgotten."""

import errno
import json
import os
from pathlib import Path

import pytest
from PySide6.QtGui import QAction

from desktop.server_panels.site.recent import MOST, RecentFolders
from desktop.server_panels.site.recent_menu import RecentMenu
from servers.settings import HttpSettings
from tests.conftest import Run, until
from tests.desktop.server_panels.site.stage import Stage


def kept(file: Path) -> list[str]:
    folders: list[str] = json.loads(file.read_bytes())["folders"]
    return folders


def opened(menu: RecentMenu) -> list[QAction]:
    menu.popup(menu.pos())
    return [action for action in menu.actions() if isinstance(action.data(), Path)]


class TestFile:
    def test_the_newest_comes_first_and_each_once(self, tmp_path: Path) -> None:
        recent = RecentFolders(tmp_path / "recent.json")
        for name in ("a", "b", "a"):
            recent.note(Path(name))
        recent.save()
        assert RecentFolders(tmp_path / "recent.json").folders == (Path("a"), Path("b"))
        assert os.name == "nt" or (tmp_path / "recent.json").stat().st_mode & 0o777 == 0o600

    def test_there_are_not_too_many(self, tmp_path: Path) -> None:
        recent = RecentFolders(tmp_path / "recent.json")
        for number in range(MOST + 5):
            recent.note(Path(str(number)))
        assert recent.folders[0] == Path(str(MOST + 4))
        assert len(recent.folders) == MOST

    @pytest.mark.parametrize("content", ['{"folders": 5}', '{"folders": [1, null, ""]}', "{}"])
    def test_what_is_no_folder_is_left_out(self, tmp_path: Path, content: str) -> None:
        (tmp_path / "recent.json").write_text(content)
        assert RecentFolders(tmp_path / "recent.json").folders == ()

    def test_a_damaged_file_is_kept_aside(self, tmp_path: Path, expected_logs: list[str]) -> None:
        expected_logs.append("WARNING portside.site: The recent folders of the HTTP server in")
        (tmp_path / "recent.json").write_text("{")
        assert RecentFolders(tmp_path / "recent.json").folders == ()
        assert (tmp_path / "recent.damaged-1.json").read_text() == "{"


def test_what_is_chosen_is_kept_and_offered(site: Stage, folder: Path, tmp_path: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder)
            await site.serve(tmp_path)
            assert kept(site.recent) == [str(tmp_path), str(folder)]
            first, second = opened(panel.menu)
            assert first.data() == tmp_path
            second.trigger()
            await site.settled()
            assert site.root() == folder
            assert kept(site.recent) == [str(folder), str(tmp_path)]

    run(scenario())


def test_the_folder_of_the_settings_is_kept_when_another_is_chosen(site: Stage, folder: Path, run: Run) -> None:
    site.server.settings = HttpSettings(port=0, root=folder)

    async def scenario() -> None:
        async with site.attached():
            await site.serve(None)
            assert kept(site.recent) == [str(folder)]

    run(scenario())


def test_those_that_are_gone_are_said_to_be_gone_and_can_be_removed(
    site: Stage, folder: Path, tmp_path: Path, run: Run
) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder)
            await site.serve(tmp_path)
            os.rmdir(folder)
            there, gone = opened(panel.menu)
            await until(lambda: not gone.isEnabled())
            assert gone.text().endswith(" (is gone)")
            assert there.isEnabled()
            panel.menu.forget_gone.trigger()
            await site.settled()
            assert kept(site.recent) == [str(tmp_path)]
            assert [action.data() for action in opened(panel.menu)] == [tmp_path]
            assert not panel.menu.forget_gone.isEnabled()
            await site.settled()

    run(scenario())


def test_the_list_is_cleared(site: Stage, folder: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder)
            opened(panel.menu)
            panel.menu.forget_all.trigger()
            await site.settled()
            assert kept(site.recent) == []
            assert not panel.served.recent.isEnabled()

    run(scenario())


def test_names_are_shown_as_they_are(site: Stage, folder: Path, run: Run) -> None:
    odd = folder / "R&D"
    odd.mkdir()

    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(odd)
            (action,) = opened(panel.menu)
            assert action.text().endswith("R&&D")
            assert "R&amp;D" in action.toolTip()

    run(scenario())


def test_a_full_disk_is_said_in_place_and_the_folder_is_served(
    site: Stage, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)

    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder)
            assert site.root() == folder
            said = f"The recent folders could not be saved: {os.strerror(errno.ENOSPC)}."
            assert panel.served.message.text() == said

    run(scenario())
