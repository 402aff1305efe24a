"""The cookie jar is saved after it has changed, and a full disk is said."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from desktop.explorer.request_view.cookie_dialog import CookieDialog
from desktop.explorer.sending.cookies import Cookie, CookieJar
from desktop.explorer.tabs.cookie_keeper import CookieKeeper
from desktop.tasks import TaskSet
from tests.conftest import Run
from tests.desktop.explorer.pages import until


def fail(error: BaseException, where: str) -> None:
    raise AssertionError(where) from error


def test_a_change_is_saved_and_shown(run: Run, owner: QWidget, tmp_path: Path) -> None:
    async def scenario() -> None:
        jar, tasks = CookieJar(tmp_path / "jar.json"), TaskSet(fail)
        keeper = CookieKeeper(jar, tasks, owner)
        keeper.sent()
        assert len(tasks) == 0
        keeper.show()
        jar.put(Cookie("a", "b", "h", "/"))
        keeper.sent()
        keeper.save()
        await until(lambda: not jar.changed and len(tasks) == 0)
        assert [one.name for one in CookieJar(tmp_path / "jar.json").cookies()] == ["a"]
        await tasks.close()

    run(scenario())


def test_a_full_disk_is_said_where_the_cookies_are(
    run: Run, owner: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(CookieDialog, "say_fault", lambda _, sentence: told.append(sentence))

    async def full(_: CookieJar) -> None:
        await asyncio.sleep(0)
        raise OSError(28, "No space left on device")

    async def scenario() -> None:
        jar, tasks = CookieJar(tmp_path / "jar.json"), TaskSet(fail)
        keeper = CookieKeeper(jar, tasks, owner)
        jar.put(Cookie("a", "b", "h", "/"))
        with monkeypatch.context() as patch:
            patch.setattr(CookieJar, "save", full)
            keeper.sent()
            await until(lambda: len(tasks) == 0)
        assert told == ["The cookies could not be saved: the disk is full."]
        keeper.sent()
        await until(lambda: not jar.changed and len(tasks) == 0)
        await tasks.close()

    run(scenario())
