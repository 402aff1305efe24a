"""Who can connect and over what: chosen, shown, and brought about by a restart."""

import aiohttp
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.server_panels.settings.reach import LOCAL_NETWORK
from desktop.server_panels.settings.section import CopyLine
from servers.server import ServerState
from servers.settings import HttpSettings
from servers.tls import client_context
from tests.conftest import Run, until
from tests.desktop.server_panels.settings.stage import Stage, click, taken_port


def test_this_computer_alone_is_what_is_chosen_at_first(http: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with http.attached():
            listening = http.panel.listening
            assert listening.this_computer.isChecked()
            assert not listening.given.isVisible()
            assert not listening.warning.isVisible()
            assert not listening.network.isVisible()
            assert listening.bound.label.text() == "Nothing: the server does not run"
            assert not listening.bound.copy.isVisible()
            await http.server.start()
            assert listening.bound.text() == f"127.0.0.1:{http.control.port}\n[::1]:{http.control.port}"
            assert not listening.message.isVisible()

    run(scenario())


def test_the_local_network_comes_with_a_warning_and_counts_from_the_next_start(http: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with http.running():
            listening = http.panel.listening
            click(listening.local_network)
            assert http.server.settings.host == LOCAL_NETWORK
            assert listening.warning.text().startswith("Anybody on your network")
            assert "for this computer alone" in listening.message.text()
            assert listening.bound.text().startswith("127.0.0.1:")
            await http.restart()
            assert listening.bound.text() == f"0.0.0.0:{http.control.port}"
            assert not listening.message.isVisible()
            assert listening.this_computer.isVisible()
            click(listening.this_computer)
            assert not listening.warning.isVisible()
            assert "where other computers reach it" in listening.message.text()
            await http.restart()
            assert listening.bound.text().startswith("127.0.0.1:")
            assert [value for _, key, value in http.told if key == "host"] == [LOCAL_NETWORK, "localhost"]

    run(scenario())


def test_the_urls_for_other_computers_can_be_copied(http: Stage, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = ["192.0.2.7", "192.0.2.8"]
    monkeypatch.setattr("servers.server.outward_hosts", lambda bound: tuple(hosts))

    async def scenario() -> None:
        async with http.running():
            network = http.panel.listening.network
            lines = network.findChildren(CopyLine)
            port = http.control.port
            assert [line.text() for line in lines] == [f"http://192.0.2.7:{port}", f"http://192.0.2.8:{port}"]
            assert network.isVisible()
            assert network.code.text() == lines[0].text()
            await until(lines[1].copy.isVisible)
            click(lines[1].copy)
            assert QGuiApplication.clipboard().text() == f"http://192.0.2.8:{port}"
            await until(http.panel.isActiveWindow)
            listening = http.panel.listening
            listening.bound.copy.setFocus()
            for line in lines:
                QTest.keyClick(http.panel.focusWidget(), Qt.Key.Key_Tab)
                assert line.copy.hasFocus()
            hosts.pop(0)
            http.control.changed.emit()
            assert [line.text() for line in network.findChildren(CopyLine)] == [f"http://192.0.2.8:{port}"]
            await http.server.stop()
            assert not network.isVisible()

    run(scenario())


def test_tls_is_switched_on_by_a_restart(http: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with http.running():
            listening, authority = http.panel.listening, http.panel.authority
            assert listening.tls.text() == "Encrypt with TLS: https://"
            click(listening.tls)
            assert listening.message.text().startswith(f"The server still runs as http://localhost:{http.control.port}")
            await http.restart()
            assert http.control.url.startswith("https://localhost:")
            assert not listening.message.isVisible()
            await until(authority.export.isEnabled)
            context = client_context(http.certificate)
            async with aiohttp.ClientSession() as client, client.get(http.control.url, ssl=context) as response:
                assert response.status == 200
            assert http.told == [("http", "tls", True)]

    run(scenario())


def test_the_choice_can_be_taken_back_without_a_restart(ws: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with ws.running():
            listening = ws.panel.listening
            assert listening.tls.text() == "Encrypt with TLS: wss://"
            click(listening.tls)
            assert listening.restart.isVisible()
            click(listening.tls)
            assert not listening.restart.isVisible()

    run(scenario())


def test_a_host_of_the_settings_file_is_shown_as_it_is_and_can_be_gone_back_to(http: Stage, run: Run) -> None:
    async def scenario() -> None:
        http.server.settings = HttpSettings(host="127.0.0.1", port=0)
        async with http.attached():
            listening = http.panel.listening
            assert listening.given.isChecked()
            assert listening.given.text() == "Only 127.0.0.1, as given"
            assert not listening.warning.isVisible()
            click(listening.this_computer)
            assert http.server.settings.host == "localhost"
            click(listening.given)
            assert http.server.settings.host == "127.0.0.1"

    run(scenario())


def test_another_host_is_warned_of_by_its_name(http: Stage, run: Run) -> None:
    async def scenario() -> None:
        http.server.settings = HttpSettings(host="a\u202eb", port=0)
        async with http.attached():
            assert http.panel.listening.given.text() == "Only a\\u202eb, as given"
            assert http.panel.listening.warning.text().startswith("Anybody who can reach a\\u202eb can use")

    run(scenario())


def test_what_is_chosen_elsewhere_is_followed(http: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with http.attached():
            http.control.change(host=LOCAL_NETWORK, tls=True)
            assert http.panel.listening.local_network.isChecked()
            assert http.panel.listening.tls.isChecked()
            assert len(http.told) == 2

    run(scenario())


def test_why_a_restart_failed_is_said_in_place(http: Stage, run: Run) -> None:
    async def scenario() -> None:
        with taken_port() as holder:
            async with http.running():
                listening = http.panel.listening
                http.control.change(port=holder.getsockname()[1], tls=True)
                await http.restart()
                assert http.server.state is ServerState.FAILED
                assert listening.message.text().startswith(f"Port {holder.getsockname()[1]} is already in use")
                assert not listening.restart.isVisible()
                assert listening.bound.label.text() == "Nothing: the server does not run"
                assert listening.this_computer.hasFocus()

    run(scenario())


def test_the_keyboard_chooses(http: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with http.attached():
            listening = http.panel.listening
            await until(http.panel.isActiveWindow)
            http.panel.setFocus()
            assert listening.this_computer.hasFocus()
            QTest.keyClick(listening.this_computer, Qt.Key.Key_Down)
            assert http.server.settings.host == LOCAL_NETWORK
            QTest.keyClick(listening.local_network, Qt.Key.Key_Tab)
            assert listening.tls.hasFocus()
            QTest.keyClick(listening.tls, Qt.Key.Key_Space)
            assert http.server.settings.tls

    run(scenario())
