"""The mode and its switch, whether the server runs or not."""

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.server_panels.clients.mode_row import MODES, ModeRow
from desktop.server_panels.clients.panel import ClientsPanel
from desktop.server_panels.control import ServerControl
from desktop.tasks import TaskSet
from servers.settings import Mode, WebSocketSettings
from tests.conftest import Run
from tests.desktop.server_panels.clients.stage import KEY, Stage, click, received


def settings(control: ServerControl) -> WebSocketSettings:
    assert isinstance(control.settings, WebSocketSettings)
    return control.settings


def choose(row: ModeRow, mode: Mode) -> None:
    """With the keyboard, as anybody could."""
    row.mode.setFocus()
    QTest.keyClick(row.mode, KEY.Key_Home)
    for _ in range(list(MODES).index(mode)):
        QTest.keyClick(row.mode, KEY.Key_Down)


def test_the_mode_is_chosen_while_the_server_is_stopped(stage: Stage, run: Run) -> None:
    row = stage.panel.mode_row
    chosen: list[tuple[str, str, object]] = []
    stage.control.setting_chosen.connect(lambda *values: chosen.append(values))

    async def scenario() -> None:
        async with stage.attached():
            for mode in MODES:
                choose(row, mode)
                assert settings(stage.control).mode is mode
                assert row.mode.currentText() == MODES[mode].title
            assert chosen[-1] == ("ws", "mode", "broadcast-reply")
            await stage.server.start()
            choose(row, Mode.ECHO)
            async with stage.client("Ann") as ann:
                await ann.send("hello")
                assert await received(ann) == "ECHO! hello"
                choose(row, Mode.VERBATIM)
                await ann.send("hello")
                assert await received(ann) == "hello"

    run(scenario())


def test_the_switch_decides_about_the_sender(stage: Stage, run: Run) -> None:
    row = stage.panel.mode_row

    async def scenario() -> None:
        async with stage.running(), stage.client("Ann") as ann:
            assert row.to_sender.isChecked()
            click(row.to_sender)
            assert settings(stage.control).to_sender is False
            assert "all other clients" in row.about.text()
            await ann.send("hello")
            assert await received(ann) == "SPECIAL! hello"
            click(row.to_sender)
            assert settings(stage.control).to_sender is True
            assert "all clients" in row.about.text()

    run(scenario())


def test_the_switch_says_when_it_does_not_count(stage: Stage, run: Run) -> None:
    row = stage.panel.mode_row

    async def scenario() -> None:
        async with stage.attached():
            for mode in (Mode.ECHO, Mode.VERBATIM):
                choose(row, mode)
                assert not row.to_sender.isEnabled()
                assert "broadcast modes only" in row.to_sender.toolTip()
                assert "no broadcast" in row.about.text()
            choose(row, Mode.BROADCAST)
            assert row.to_sender.isEnabled()
            assert "broadcast modes only" not in row.to_sender.toolTip()

    run(scenario())


def test_a_change_from_elsewhere_is_shown_and_not_repeated(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.attached():
            stage.control.change(mode=Mode.VERBATIM, to_sender=False)
            assert stage.panel.mode_row.mode.currentText() == "Verbatim echo"
            assert not stage.panel.mode_row.to_sender.isChecked()
            assert settings(stage.control).to_sender is False

    run(scenario())


def test_it_stands_settings_of_no_server_yet(controls: tuple[ServerControl, ...], qtbot: QtBot) -> None:
    def fail(error: BaseException, where: str) -> None:
        raise AssertionError(where) from error

    panel = ClientsPanel(controls[2], TaskSet(fail))
    qtbot.addWidget(panel)
    assert panel.mode_row.mode.currentText() == "Broadcast + special reply"


def test_the_page_is_asked_for(stage: Stage, run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with stage.attached():
            with qtbot.waitSignal(stage.panel.page_wanted):
                click(stage.panel.mode_row.page)
            assert "browser" in stage.panel.mode_row.page.toolTip()

    run(scenario())
