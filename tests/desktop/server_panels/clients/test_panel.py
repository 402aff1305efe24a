"""The Clients tab as a whole: without a server, while one runs with and without clients, hidden, and in both looks."""

import re

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.server_panels.clients.filter_row import MANY
from servers.server import ServerState
from tests.conftest import Run, until
from tests.desktop.server_panels.clients.fakes import fake
from tests.desktop.server_panels.clients.stage import Stage, click


def test_without_a_server_it_says_what_to_do(stage: Stage) -> None:
    stage.panel.show()
    assert stage.panel.stopped.isVisible()
    assert "Press Start" in stage.panel.stopped.text.text()
    assert not stage.panel.start.isEnabled()
    assert not stage.panel.send_bar.isVisible()


def test_its_button_starts_the_server(stage: Stage, run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with stage.attached():
            click(stage.panel.start)
            await until(stage.panel.nobody.isVisible)
            assert stage.control.url in stage.panel.nobody.text.text()
            with qtbot.waitSignal(stage.control.try_requested):
                click(stage.panel.try_button)

    run(scenario())


def test_clients_come_and_go(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            async with stage.client("Ann"), stage.client("Ben", "/rooms/blue", chat=True):
                assert stage.panel.listing.isVisible()
                assert stage.panel.filters.count.text() == "2 clients"
            await until(stage.panel.nobody.isVisible)

    run(scenario())


def test_a_stop_ends_in_the_empty_state_and_keeps_what_is_written(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running(), stage.client("Ann"):
            stage.write("a draft")
            stage.panel.message.say("Sent to Ann.")
            await stage.server.stop()
            assert stage.panel.stopped.isVisible()
            assert not stage.panel.message.isVisible()
            assert stage.names == []
            await stage.server.start()
            assert stage.panel.send_bar.composer.box.text() == "a draft"
            assert stage.panel.nobody.isVisible()

    run(scenario())


def test_a_failure_of_the_server_is_said(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.attached():
            stage.server.state = ServerState.FAILED
            stage.server.error = OSError(13, "The address cannot be had")
            stage.control.changed.emit()
            assert "The address cannot be had" in stage.panel.stopped.text.text()
            assert stage.panel.start.isEnabled()

    run(scenario())


def test_hidden_it_does_nothing(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            looks = [stage.panel.looks]
            stage.panel.hide()
            looks.append(stage.panel.looks)
            stage.control.changed.emit()
            looks.append(stage.panel.looks)
            stage.panel.show()
            looks.append(stage.panel.looks)
            await stage.server.stop()
            assert [*looks, stage.panel.looks] == [True, False, False, True, False]

    run(scenario())


def test_many_can_be_filtered(stage: Stage, run: Run) -> None:
    filters = stage.panel.filters

    async def scenario() -> None:
        async with stage.running():
            clients = stage.server.hub.clients
            clients.update({one: fake(one, room="/rooms/blue" if one % 2 else "/") for one in range(1, MANY)})
            stage.control.changed.emit()
            assert not filters.text.isVisible()
            clients[MANY] = fake(MANY, "Zoe")
            stage.control.changed.emit()
            filters.text.setText("ZO")
            assert (stage.names, filters.count.text()) == (["Zoe"], "1 of 10 clients")
            filters.text.clear()
            filters.rooms.setCurrentIndex(filters.rooms.findText("/rooms/blue"))
            filters.rooms.activated.emit(2)
            assert filters.count.text() == "5 of 10 clients"
            clients.clear()

    run(scenario())


def test_it_fits_a_narrow_window(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            stage.server.hub.clients.update({one: fake(one, "n" * 40, f"/rooms/{one}{'x' * 36}") for one in range(20)})
            stage.control.changed.emit()
            stage.panel.table.selectRow(0)
            click(stage.panel.filters.close_button)
            stage.panel.message.say("x " * 200)
            assert stage.panel.minimumSizeHint().width() <= 500
            stage.server.hub.clients.clear()

    run(scenario())


def test_every_mnemonic_is_there_once(stage: Stage) -> None:
    """Also beside those of the tabs, of the menu bar, and of ports."""
    texts = [one.text() for one in stage.panel.findChildren(QAbstractButton)]
    texts += [one.text() for one in stage.panel.findChildren(QLabel) if one.buddy() is not None]
    own = [key for text in texts for key in re.findall("&(.)", text.upper().replace("&&", ""))]
    assert len(own) >= 8
    assert sorted({*own, *"ECGSFVP"}) == sorted([*own, *"ECGSFVP"])


def test_everything_has_a_name(stage: Stage) -> None:
    named = {one.buddy() for one in stage.panel.findChildren(QLabel)}
    for one in stage.panel.findChildren(QWidget):
        if one.metaObject().className() in {"QLineEdit", "QComboBox", "QTableView", "QPlainTextEdit"}:
            assert one in named or one.accessibleName(), one


def brightness(icon: QIcon) -> int:
    """The lightness of what an icon draws."""
    image = icon.pixmap(24, 24).toImage()
    colors = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(color.lightness() for color in colors if color.alpha() > 200)


def test_colours_follow_the_look(stage: Stage, run: Run, qapp: QApplication) -> None:
    panel = stage.panel

    def shades() -> list[int]:
        images = [button.icon().pixmap(24, 24).toImage() for button in (panel.mode_row.page, panel.send_bar.file)]
        return [
            max(one.pixelColor(x, 12).value() for x in range(24) if one.pixelColor(x, 12).alpha() > 200)
            for one in images
        ]

    async def scenario() -> None:
        async with stage.running():
            theme.apply(qapp, theme.Scheme.DARK)
            await until(lambda: all(shade > 128 for shade in shades()))
            theme.apply(qapp, theme.Scheme.LIGHT)
            await until(lambda: all(shade < 128 for shade in shades()))

    run(scenario())


def test_two_thousand_clients_are_shown(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running():
            stage.server.hub.clients.update({one: fake(one) for one in range(2000)})
            stage.control.changed.emit()
            model: QAbstractItemModel = stage.panel.table.clients
            assert model.rowCount() == 2000
            assert stage.panel.filters.count.text() == "2,000 clients"
            stage.server.hub.clients.clear()

    run(scenario())
