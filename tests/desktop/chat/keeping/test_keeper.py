"""Windows over a restart, and over a crash."""

import errno
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from desktop.chat.arranging import Rect
from desktop.chat.keeping.values import to_json
from desktop.chat.keeping.windows_file import FILE_NAME, KeptWindow, WindowsFile
from desktop.chat.target import Target
from tests.conftest import Run, until
from tests.desktop.chat.fake_window import FakeWindow, fake, fake_windows


def kept(folder: Path) -> list[KeptWindow]:
    return WindowsFile(folder).load()


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.chat.keeping.keeper.INTERVAL", 0.01)


class TestRestart:
    def test_windows_come_back_as_they_were(self, run: Run, tmp_path: Path) -> None:
        async def first() -> None:
            async with fake_windows(tmp_path) as windows:
                ann = fake(windows.new_window(Target("ws://a", "Ann", reconnect=True)))
                ben = fake(windows.new_window(Target("ws://b", "Ben")))
                fake(windows.new_window(Target("ws://c", "Cleo", reconnect=True))).hang_up()
                ann.extra = {"draft": "half", "history": [{"text": "before"}]}
                ann.setGeometry(QRect(30, 50, 500, 400))
                ben.showMaximized()
                windows.save_state()

        async def second() -> None:
            async with fake_windows(tmp_path) as windows:
                windows.restore()
                await until(lambda: len(windows.open) == 3)
                ann, ben, cleo = map(fake, windows.open)
                assert (ann.target(), ann.extra["draft"]) == (Target("ws://a", "Ann", reconnect=True), "half")
                assert ann.geometry() == QRect(30, 50, 500, 400)
                assert ben.isMaximized()
                assert [window.color for window in (ann, ben, cleo)] == [0, 1, 2]
                assert [window.is_open for window in (ann, ben, cleo)] == [True, False, False]
                ben.showNormal()
                assert ben.width() < QGuiApplication.primaryScreen().availableGeometry().width()

        run(first())
        run(second())

    def test_a_window_of_a_screen_that_has_gone_is_on_one_that_is_there(self, run: Run, tmp_path: Path) -> None:
        content = {"target": to_json(Target("ws://a"))}
        WindowsFile(tmp_path).save([KeptWindow(content, Rect(5000, -900, 4000, 3000)), KeptWindow(content)])

        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                windows.restore()
                await until(lambda: len(windows.open) == 2)
                area = QGuiApplication.primaryScreen().availableGeometry()
                assert all(area.contains(window.frameGeometry()) for window in windows.open)

        run(scenario())

    def test_what_has_not_come_back_yet_is_kept(self, run: Run, tmp_path: Path) -> None:
        WindowsFile(tmp_path).save([KeptWindow({"target": to_json(Target("ws://a", "Ann"))})])

        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                assert fake(windows.new_window()).title_name == "Ben"
                windows.save_state()
            assert [one.target.name for one in kept(tmp_path)] == ["Ben", "Ann"]

        run(scenario())

    def test_what_has_not_come_back_yet_is_connected_or_closed_with_all(self, run: Run, tmp_path: Path) -> None:
        names = ["Ann", "Ben", "Cleo"]
        file = [KeptWindow({"target": to_json(Target("ws://a", name))}) for name in names]

        async def scenario() -> None:
            WindowsFile(tmp_path).save(file)
            async with fake_windows(tmp_path) as windows:
                windows.restore()
                windows.connect_all()
                await until(lambda: [fake(one).is_open for one in windows.open] == [True] * 3)
            WindowsFile(tmp_path).save(file)
            async with fake_windows(tmp_path) as windows:
                windows.restore()
                came: list[int] = []
                windows.changed.connect(lambda: came.append(len(windows.open)))
                windows.changed.connect(windows.close_all)
                await until(lambda: bool(came) and not windows.open)
                windows.save_state()
                assert max(came) == 1
            assert kept(tmp_path) == []

        run(scenario())

    def test_closing_all_at_the_end_does_not_forget_them(self, run: Run, tmp_path: Path, often: None) -> None:
        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                windows.new_window()
                windows.save_state()
            assert len(kept(tmp_path)) == 1

        run(scenario())


class TestCrash:
    def test_what_was_typed_is_on_the_disk_soon(self, run: Run, tmp_path: Path, often: None) -> None:
        def draft() -> object:
            windows = kept(tmp_path)
            return windows[0].content.get("draft") if windows else None

        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                window = fake(windows.new_window())
                await until(lambda: draft() == "")
                window.extra = {"draft": "half a"}
                await until(lambda: draft() == "half a")
                window.close()
                await until(lambda: not kept(tmp_path))
                windows.new_window()
                await until(lambda: draft() == "")

        run(scenario())

    def test_nothing_is_written_while_nothing_changes(
        self, run: Run, tmp_path: Path, often: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        looks: list[FakeWindow] = []

        def look(self: FakeWindow) -> dict[str, object]:
            looks.append(self)
            return {"draft": "the same"}

        monkeypatch.setattr(FakeWindow, "kept", look)

        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                windows.new_window()
                await until(lambda: kept(tmp_path))
                (tmp_path / FILE_NAME).unlink()
                looks.clear()
                await until(lambda: len(looks) > 2)
                assert not (tmp_path / FILE_NAME).exists()

        run(scenario())


class TestFullDisk:
    SAID = (
        "The chat windows could not be kept for the next start: [Errno 28] No space left on device",
        "The recent URLs of the chat could not be kept: [Errno 28] No space left on device",
    )

    @pytest.fixture
    def expected_logs(self) -> list[str]:
        return [f"WARNING portside.chat: {what}" for what in self.SAID]

    @pytest.fixture(autouse=True)
    def full(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("os.fsync", fail)

    @pytest.mark.parametrize("how", ["while they are open", "at the end"])
    def test_is_said_in_the_log(
        self, run: Run, tmp_path: Path, often: None, how: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                windows.new_window()
                if how == "at the end":
                    windows.save_state()
                await until(lambda: all(what in caplog.text for what in self.SAID))

        run(scenario())
