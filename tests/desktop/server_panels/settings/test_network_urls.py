"""The URLs for other computers, and the QR code of the first."""

import pytest
from PySide6.QtWidgets import QWidget

from desktop.server_panels.settings.network_urls import NetworkUrls
from desktop.server_panels.settings.section import CopyLine


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_first_can_be_scanned(owner: QWidget, scheme: str) -> None:
    urls = (f"{scheme}://192.0.2.7:8001", f"{scheme}://[2001:db8::1]:8001")
    shown = NetworkUrls(owner, owner)
    shown.show_urls(urls)
    assert tuple(line.text() for line in shown.findChildren(CopyLine)) == urls
    assert shown.code.text() == urls[0]
    shown.show_urls(urls[1:])
    assert shown.code.text() == urls[1]
    shown.show_urls(())
    assert shown.code.text() == ""
    assert not shown.findChildren(CopyLine)


@pytest.mark.parametrize("scheme", ["ws", "wss"])
def test_a_camera_could_do_nothing_with_these(owner: QWidget, scheme: str) -> None:
    shown = NetworkUrls(owner, owner)
    shown.show_urls((f"{scheme}://192.0.2.7:8002",))
    assert shown.code.isHidden()
    assert len(shown.findChildren(CopyLine)) == 1
