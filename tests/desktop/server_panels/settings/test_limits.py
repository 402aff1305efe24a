"""The limits of the WebSocket server: set while it runs, followed, remembered, and explained where they surprise."""

from dataclasses import replace

import aiohttp
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.server_panels.settings.reach import LOCAL_NETWORK
from desktop.server_panels.settings.websocket import LimitsSection
from servers.settings import Overflow, WebSocketSettings
from tests.conftest import Run, until
from tests.desktop.server_panels.settings.stage import Stage, click

KEY = Qt.Key
KIB, MIB = 1024, 1024**2
OTHERS = WebSocketSettings(
    port=0,
    compression=False,
    null_origin=True,
    max_message=3 * KIB,
    max_pending=1000,
    overflow=Overflow.DROP_OLDEST,
    max_clients=7,
    max_rate=9,
    ping_interval=0,
)


def shown(limits: LimitsSection) -> dict[str, object]:
    """What the fields say."""
    return {
        "compression": limits.compression.isChecked(),
        "null_origin": limits.null_origin.isChecked(),
        "overflow": limits.overflow.currentText(),
    } | {key: box.text() for key, box in limits.numbers.items()}


def test_the_settings_are_shown(ws: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with ws.attached():
            assert shown(ws.limits) == {
                "compression": True,
                "null_origin": False,
                "overflow": "Close it with 1013",
                "max_message": "1 MiB",
                "max_pending": "4 MiB",
                "max_clients": "4000",
                "max_rate": "no limit",
                "ping_interval": "20 s",
            }
            ws.server.settings = OTHERS
            ws.control.changed.emit()
            assert shown(ws.limits) == {
                "compression": False,
                "null_origin": True,
                "overflow": "Drop the oldest",
                "max_message": "3 KiB",
                "max_pending": "1000 bytes",
                "max_clients": "7",
                "max_rate": "9",
                "ping_interval": "never",
            }
            assert ws.server.settings == OTHERS

    run(scenario())


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("max_message", "64 KiB", 64 * KIB),
        ("max_pending", "2 MiB", 2 * MIB),
        ("max_clients", "12", 12),
        ("max_rate", "50", 50),
        ("ping_interval", "0", 0),
    ],
)
def test_numbers_count_once_they_are_typed(ws: Stage, run: Run, key: str, typed: str, value: int) -> None:
    async def scenario() -> None:
        async with ws.attached():
            await until(ws.panel.isActiveWindow)
            box = ws.limits.numbers[key]
            box.setFocus()
            box.selectAll()
            QTest.keyClicks(box, typed)
            ws.control.changed.emit()
            assert ws.server.settings == WebSocketSettings(port=0)
            QTest.keyClick(box, KEY.Key_Tab)
            assert getattr(ws.server.settings, key) == value
            assert ws.told == [("ws", key, value)]

    run(scenario())


def test_switches_are_told_for_json_and_set_as_they_are(ws: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with ws.attached():
            click(ws.limits.compression)
            click(ws.limits.null_origin)
            ws.limits.overflow.setFocus()
            QTest.keyClick(ws.limits.overflow, KEY.Key_End)
            assert ws.server.settings == replace(
                WebSocketSettings(port=0), compression=False, null_origin=True, overflow=Overflow.DROP_OLDEST
            )
            assert ws.told == [
                ("ws", "compression", False),
                ("ws", "null_origin", True),
                ("ws", "overflow", "drop-oldest"),
            ]

    run(scenario())


def test_a_lower_limit_of_connections_counts_at_once(ws: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with ws.running(), aiohttp.ClientSession() as session:
            ws.limits.max_clients.setValue(1)
            async with session.ws_connect(ws.control.url):
                with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                    await session.ws_connect(ws.control.url)
                assert refused.value.status == 503

    run(scenario())


def test_a_queue_below_the_largest_message_is_remarked_on_where_it_closes(ws: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with ws.attached():
            remark = ws.limits.queue_remark
            assert not remark.isVisible()
            ws.control.change(max_pending=64 * KIB)
            assert remark.isVisible()
            ws.control.change(overflow=Overflow.DROP_OLDEST)
            assert not remark.isVisible()

    run(scenario())


def test_pages_from_disk_are_warned_of_and_only_for_this_computer(ws: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with ws.running():
            limits = ws.limits
            assert not limits.null_warning.isVisible()
            click(limits.null_origin)
            assert limits.null_warning.text().startswith("A sandboxed frame of any web site")
            ws.control.change(host=LOCAL_NETWORK)
            assert limits.null_origin.isEnabled()
            await ws.restart()
            assert not limits.null_origin.isEnabled()
            assert "only while the server listens for this computer alone" in limits.null_warning.text()
            await ws.server.stop()
            ws.control.change(host="localhost")
            assert limits.null_origin.isEnabled()
            assert limits.null_origin.isChecked()

    run(scenario())
