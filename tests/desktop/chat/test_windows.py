"""The chat windows all together: made, named, placed, connected and closed."""

import asyncio
import itertools
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import shortcuts
from desktop.chat.commands import ChatMenu
from desktop.chat.identity import COLORS
from desktop.chat.keeping.recent import RecentUrls
from desktop.chat.session import State
from desktop.chat.surroundings import Surroundings
from desktop.chat.target import HeaderRow, Target
from desktop.chat.windows import ChatWindows
from servers.recorder import Recorder
from tests.conftest import Run, until
from tests.desktop.chat.fake_window import FakeWindow, fake, fake_windows
from tests.desktop.chat.peers import app_server


def screen() -> QRect:
    return QGuiApplication.primaryScreen().availableGeometry()


def press(window: object, keys: str) -> None:
    """Use a shortcut of a window; the platform of the tests does not give windows the focus for real keys."""
    mine = [one for one in fake(window).findChildren(QShortcut) if one.key() == QKeySequence(keys)]
    assert len(mine) == 1
    mine[0].activated.emit()


class TestNewWindows:
    def test_have_names_and_colours_of_their_own_and_connect(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with fake_windows(tmp_path, "ws://localhost:9") as windows:
                made = [fake(windows.new_window()) for _ in range(18)]
                assert [window.title_name for window in made[:2]] == ["Ann", "Ben"]
                assert made[16].title_name == "Ann 2"
                assert len({window.title_name for window in made}) == 18
                assert [window.color for window in made[: COLORS + 1]] == [*range(COLORS), 0]
                assert all(window.is_open and window.target().url == "ws://localhost:9" for window in made)
                assert list(map(fake, windows.open)) == made
                made[0].close()
                assert fake(windows.new_window()).title_name == "Ann"

        run(scenario())

    def test_go_where_they_are_told_to(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                assert windows.new_window(Target("ws://a")).target() == Target("ws://a", "Ann")
                assert windows.new_window(Target("ws://a", "Zoe")).target().name == "Zoe"

        run(scenario())

    def test_fifty_of_them_lie_apart_on_the_screen(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                made = [windows.new_window() for _ in range(50)]
                assert all(screen().contains(window.frameGeometry()) for window in made)
                assert all(first.pos() != second.pos() for first, second in itertools.pairwise(made))
                windows.cascade()
                assert all(screen().contains(window.frameGeometry()) for window in made)
                assert all(first.pos() != second.pos() for first, second in itertools.pairwise(made))
                windows.tile()
                assert all(screen().contains(window.frameGeometry()) for window in made)
                assert len({(window.x(), window.y()) for window in made}) == 50

        run(scenario())

    def test_a_pair_stands_side_by_side(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                left, right = windows.open_pair()
                assert left.isVisible()
                assert not left.frameGeometry().intersects(right.frameGeometry())
                assert left.x() < right.x()

        run(scenario())

    def test_their_keys_open_duplicate_tile_and_quit(self, run: Run, tmp_path: Path, qtbot: QtBot) -> None:
        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                first = windows.new_window(Target("ws://a"))
                press(first, shortcuts.NEW_CHAT_WINDOW)
                press(first, shortcuts.DUPLICATE_CHAT)
                assert [window.target().url for window in windows.open] == ["ws://a", "ws://localhost:8002", "ws://a"]
                press(first, shortcuts.TILE_CHATS)
                assert first.frameGeometry().topLeft() == screen().topLeft()
                with qtbot.waitSignal(windows.quit_requested):
                    press(windows.open[2], shortcuts.QUIT)

        run(scenario())


class TestDuplicates:
    def test_are_like_the_original_but_for_the_name(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                target = Target("wss://a", "Zoe", (HeaderRow("X", "1"),), password="secret", reconnect=True)
                original = windows.new_window(target)
                window = fake(original)
                window.extra = {"draft": "half a thou", "filter": {"kinds": ["own"]}}
                copy = fake(windows.duplicate(original))
                assert copy.target() == Target(
                    "wss://a", "Ann", (HeaderRow("X", "1"),), password="secret", reconnect=True
                )
                assert copy.extra == window.extra
                assert copy.color != window.color
                assert copy.is_open
                assert copy.pos() != window.pos()

        run(scenario())

    def test_of_one_that_is_not_connected_wait_as_well(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                window = windows.new_window()
                window.hang_up()
                assert not windows.duplicate(window).is_open

        run(scenario())


class TestArranging:
    def test_tiles_fill_the_screen_with_those_that_can_be_seen(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                made = [windows.new_window() for _ in range(6)]
                made[1].hide()
                made[2].showMinimized()
                made[3].showMaximized()
                before = made[1].geometry()
                windows.tile()
                seen = [made[0], *made[3:]]
                places = [window.frameGeometry() for window in seen]
                assert not any(one.intersects(other) for one, other in itertools.combinations(places, 2))
                assert sum(one.width() * one.height() for one in places) == screen().width() * screen().height()
                assert places[0].topLeft() == screen().topLeft()
                assert not made[3].isMaximized()
                assert made[1].geometry() == before
                assert made[2].isMinimized()

        run(scenario())

    def test_nothing_to_arrange_is_no_trouble(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                windows.tile()
                windows.cascade()

        run(scenario())


class TestAll:
    def test_are_connected_disconnected_and_closed(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                made = [fake(windows.new_window()) for _ in range(3)]
                made[0].hang_up()
                windows.connect_all()
                assert all(window.is_open for window in made)
                windows.disconnect_all()
                assert not any(window.is_open for window in made)
                windows.close_all()
                assert windows.open == []
                await until(lambda: all(window.has_left for window in made))

        run(scenario())

    def test_the_menu_offers_what_is_possible(self, run: Run, tmp_path: Path, qapp: QApplication) -> None:
        def possible(menu: ChatMenu) -> set[str]:
            return {action.text() for action in menu.actions if action.isEnabled()}

        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                menu = ChatMenu(windows, windows)
                new, pair, tile, cascade, connect, disconnect, close = menu.actions
                assert possible(menu) == {"New window", "Open two side by side"}
                new.trigger()
                assert possible(menu) == {action.text() for action in menu.actions} - {"Connect all"}
                disconnect.trigger()
                assert not disconnect.isEnabled()
                connect.trigger()
                assert not connect.isEnabled()
                tile.trigger()
                cascade.trigger()
                pair.trigger()
                assert len(windows.open) == 3
                close.trigger()
                assert possible(menu) == {"New window", "Open two side by side"}
                assert [action.shortcut().toString() for action in (new, tile)] == ["Ctrl+Shift+N", "Ctrl+Shift+T"]

        run(scenario())

    def test_what_does_not_want_to_leave_is_cut(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("desktop.chat.windows.CLOSE_LIMIT", 0.01)

        async def never(self: FakeWindow) -> None:
            await until(lambda: False)

        monkeypatch.setattr(FakeWindow, "leave", never)

        async def scenario() -> None:
            async with fake_windows(tmp_path) as windows:
                windows.new_window()

        run(scenario())


def test_urls_are_recent_once_they_were_connected_to(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with fake_windows(tmp_path) as windows:
            first = fake(windows.new_window(Target("ws://user:secret@a")))
            second = fake(windows.new_window(Target("ws://b")))
            assert windows.recent.urls == first.recent == second.recent == ("ws://b", "ws://a")
            assert fake(windows.new_window(Target("ws://b"))).recent == ("ws://b", "ws://a")
            first.changed.emit()
            second.changed.emit()
            assert windows.recent.urls == ("ws://b", "ws://a")
            first.hang_up()
            first.typed = Target("ws://never")
            first.changed.emit()
            assert windows.recent.urls == ("ws://b", "ws://a")
            await until(lambda: RecentUrls(tmp_path).urls == ("ws://b", "ws://a"))

    run(scenario())


def test_real_windows_talk_and_come_back_after_a_restart(run: Run, tmp_path: Path) -> None:
    errors: list[str] = []

    def report(error: BaseException, name: str) -> None:
        errors.append(f"{name}: {error!r}")

    def states(windows: ChatWindows) -> list[State | None]:
        return [window.session.state if window.session else None for window in windows.open]

    async def first(url: str) -> None:
        windows = ChatWindows(lambda: url, Surroundings(Recorder(), report, tmp_path))
        windows.open_pair()
        windows.new_window(Target(url, "Zoe", reconnect=True))
        await until(lambda: states(windows) == [State.OPEN] * 3)
        copy = windows.duplicate(windows.open[2])
        assert (copy.target().name, copy.target().reconnect) == ("Cleo", True)
        await until(lambda: states(windows) == [State.OPEN] * 4)
        windows.tile()
        windows.save_state()
        await windows.close()

    async def second(url: str) -> None:
        windows = ChatWindows(lambda: url, Surroundings(Recorder(), report, tmp_path))
        assert windows.recent.urls == (url,)
        windows.restore()
        await until(lambda: states(windows) == [None, None, State.OPEN, State.OPEN])
        assert [window.title_name for window in windows.open] == ["Ann", "Ben", "Zoe", "Cleo"]
        windows.open[0].close()
        windows.new_window().close()
        await windows.close()

    async def scenario() -> None:
        async with app_server() as server:
            assert server.address
            await first(server.address.url)
            await until(lambda: not server.hub.clients)
            await second(server.address.url)
            await until(lambda: not server.hub.clients)
        assert [task for task in asyncio.all_tasks() if "chat" in task.get_name()] == []

    run(scenario())
    assert not errors
