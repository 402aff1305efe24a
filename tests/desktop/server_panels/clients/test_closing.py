"""Clients are closed under a code and a reason, and who has gone meanwhile is named."""

import pytest
from PySide6.QtTest import QTest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from tests.conftest import Run, until
from tests.desktop.server_panels.clients.stage import KEY, Stage, click, received


async def closed(client: ClientConnection) -> tuple[int, str]:
    """The close frame that a client gets."""
    with pytest.raises(ConnectionClosed):
        await received(client)
    frame = client.protocol.close_rcvd
    assert frame is not None
    return frame.code, frame.reason


def test_a_client_is_closed(stage: Stage, run: Run) -> None:
    closer = stage.panel.closer

    async def scenario() -> None:
        async with stage.two() as (ann, _):
            assert not stage.panel.filters.close_button.isEnabled()
            stage.choose("Ann")
            click(stage.panel.filters.close_button)
            assert closer.button.text() == "Close Ann"
            closer.code.setCurrentIndex(2)
            QTest.keyClicks(closer.reason, "too loud")
            QTest.keyClick(closer.reason, KEY.Key_Return)
            assert stage.said == "Closing Ann with 1008 (policy violation)."
            assert await closed(ann) == (1008, "too loud")
            await until(lambda: stage.names == ["Ben"])
            assert not closer.isVisible()

    run(scenario())


def test_several_are_closed_from_the_menu(stage: Stage, run: Run) -> None:
    closer = stage.panel.closer

    async def scenario() -> None:
        async with stage.two() as both:
            stage.choose("Ann", "Ben")
            stage.panel.table.close_wanted.emit()
            assert closer.code.hasFocus()
            assert closer.button.text() == "Close 2 clients"
            closer.code.setEditText("4001")
            click(closer.button)
            assert stage.said == "Closing 2 clients with 4001 (a code of your own)."
            assert [await closed(one) for one in both] == [(4001, ""), (4001, "")]
            await until(lambda: stage.names == [])

    run(scenario())


def test_what_may_not_be_sent_closes_nobody(stage: Stage, run: Run) -> None:
    closer = stage.panel.closer

    async def scenario() -> None:
        async with stage.two():
            stage.choose("Ann")
            click(stage.panel.filters.close_button)
            closer.code.setEditText("1006")
            click(closer.button)
            assert "1000, 1001, 1008, 1011" in closer.about.text()
            assert closer.isVisible()
            assert stage.said == ""
            assert len(stage.server.hub.clients) == 2

    run(scenario())


def test_a_client_that_has_gone_meanwhile_is_named(stage: Stage, run: Run) -> None:
    closer = stage.panel.closer

    async def scenario() -> None:
        async with stage.two() as (ann, _):
            stage.choose("Ann", "Ben")
            click(stage.panel.filters.close_button)
            stage.panel.hide()  # so that the table does not notice
            await ann.close()
            await until(lambda: len(stage.server.hub.clients) == 1)
            closer.button.click()
            assert stage.said == "Closing Ben with 1000 (normal closure). Ann had left already."
            await until(lambda: len(stage.server.hub.clients) == 0)
            closer.button.click()
            assert stage.said == "2 clients had left already."

    run(scenario())


def test_a_choice_that_has_gone_cannot_be_closed(stage: Stage, run: Run) -> None:
    closer = stage.panel.closer

    async def scenario() -> None:
        async with stage.running(), stage.client("Ann"):
            async with stage.client("Ben"):
                stage.choose("Ben")
                click(stage.panel.filters.close_button)
            await until(lambda: stage.names == ["Ann"])
            assert not closer.button.isEnabled()
            QTest.keyClick(closer.reason, KEY.Key_Return)
            assert stage.said == "Nobody was closed: choose clients in the table."

    run(scenario())


def test_a_name_on_the_button_is_no_mnemonic_and_not_long(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running(), stage.client("Research & Development"):
            stage.choose("Research & Development")
            assert stage.panel.closer.button.text() == "Close Research && Devel…"
            assert stage.panel.closer.button.accessibleName() == "Close Research & Development"

    run(scenario())
