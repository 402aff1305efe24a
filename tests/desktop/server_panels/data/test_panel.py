"""The Data tab as a whole: without a server, while one runs, and after it has gone."""

import re

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from desktop import theme
from servers.server import ServerState
from tests.conftest import Run, until
from tests.desktop.server_panels.data.stage import Stage, click


def test_without_a_server_it_says_what_to_do(stage: Stage) -> None:
    stage.panel.show()
    assert stage.panel.empty.isVisible()
    assert "Press Start" in stage.panel.empty.text()
    assert not stage.panel.start.isEnabled()
    assert not stage.panel.files.open_button.isEnabled()


def test_its_button_starts_the_server(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.attached():
            click(stage.panel.start)
            await until(lambda: stage.documents.rowCount() == 5)
            assert stage.panel.browser.isVisible()

    run(scenario())


def test_a_stop_ends_in_the_empty_state_and_a_start_shows_the_data_again(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            service = stage.service
            await stage.server.stop()
            assert stage.panel.empty.isVisible()
            assert stage.panel.files.served.text() == "Nothing is served"
            assert service.on_change == []
            await stage.server.start()
            await until(lambda: stage.documents.rowCount() == 52)
            assert stage.documents.collection == "players"

    run(scenario())


def test_a_stop_while_documents_are_read_leaves_nothing_behind(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            for _ in range(3):
                stage.pane.loader.reload()
                await stage.server.stop()
                await stage.server.start()
            await until(lambda: stage.documents.rowCount() == 52)

    run(scenario())


def test_a_failure_of_the_server_is_said(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.attached():
            stage.server.state = ServerState.FAILED
            stage.server.error = OSError(13, "The data directory cannot be made")
            stage.control.changed.emit()
            assert "The data directory cannot be made" in stage.panel.empty.text()
            assert stage.panel.start.isEnabled()

    run(scenario())


def test_it_fits_a_narrow_window(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            click(stage.panel.switches.require_token)
            stage.panel.switches.failures.setValue(9999)
            click(stage.pane.add)
            stage.panel.files.message.say("x" * 300)
            await stage.type(0, "number", "x" * 300)
            assert stage.panel.minimumSizeHint().width() <= 500

    run(scenario())


def brightness(icon: QIcon) -> int:
    """The lightness of what an icon draws."""
    image = icon.pixmap(24, 24).toImage()
    colors = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(color.lightness() for color in colors if color.alpha() > 200)


def test_colours_follow_the_look(stage: Stage, run: Run, qapp: QApplication) -> None:
    def lock() -> QIcon:
        return stage.panel.browser.tabs.tabIcon(0)

    async def scenario() -> None:
        async with stage.running():
            icons = (stage.pane.add.icon, stage.panel.files.save_button.icon, stage.panel.switches.copy.icon, lock)
            theme.apply(qapp, theme.Scheme.DARK)
            await until(lambda: all(brightness(icon()) > 128 for icon in icons))
            theme.apply(qapp, theme.Scheme.LIGHT)
            await until(lambda: all(brightness(icon()) < 128 for icon in icons))

    run(scenario())


def test_every_mnemonic_is_there_once(stage: Stage, run: Run) -> None:
    """Also beside those of the tabs, of the menu bar, and of ports and modes."""

    async def scenario() -> None:
        async with stage.running():
            click(stage.pane.add)
            texts = [one.text() for one in stage.panel.findChildren(QAbstractButton)]
            texts += [one.text() for one in stage.panel.findChildren(QLabel) if one.buddy() is not None]
            own = [key for text in texts for key in re.findall("&(.)", text.upper().replace("&&", ""))]
            assert len(own) >= 12
            assert sorted({*own, *"TDFSVPM"}) == sorted([*own, *"TDFSVPM"])

    run(scenario())
