"""Which folders are open is not forgotten when the program dies."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.explorer.workspace.opened import load
from tests.conftest import Run
from tests.desktop.explorer.pages import page_shown, until


def test_the_opened_folders_survive_a_crash(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    data = tmp_path / "explorer"

    async def crash() -> None:
        async with page_shown(qtbot, tmp_path) as page:
            page.collections.open_folder(tmp_path / "shop")
            await until(lambda: load(data).folders == page.collections.folders())
            page.collections.close_folders(page.collections.folders()[:1])
            await until(lambda: load(data).folders == page.collections.folders())

    run(crash())
    assert load(data).folders == (tmp_path / "shop",)


def test_folders_that_cannot_be_remembered_are_told(run: Run, qtbot: QtBot, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot, tmp_path) as page:
            await until(lambda: (tmp_path / "explorer" / "collections.json").exists())
            (tmp_path / "explorer" / "collections.json").unlink()
            (tmp_path / "explorer" / "collections.json").mkdir()
            page.collections.open_folder(tmp_path)
            await until(lambda: "cannot be saved" in page.collections.message.text())

    run(scenario())
