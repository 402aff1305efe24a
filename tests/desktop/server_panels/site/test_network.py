"""The step to the local network and back, from the Site tab."""

import pytest

from desktop.server_panels.settings.reach import LOCAL_NETWORK
from servers.server import ServerState
from servers.settings import HttpSettings
from tests.conftest import Run, until
from tests.desktop.server_panels.settings.stage import click
from tests.desktop.server_panels.site.stage import Stage


def test_a_stopped_server_is_opened_for_its_next_start(site: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            network = panel.network
            assert network.state.text().startswith("Only this computer can reach the server from its next start on")
            assert not network.warning.isVisible()
            click(network.change)
            assert site.server.settings.host == LOCAL_NETWORK
            assert site.server.state is ServerState.STOPPED
            assert network.state.text().startswith("Other computers can reach the server from its next start on")
            assert network.warning.text().startswith("Anybody on your network")
            assert not network.urls.isVisible()

    run(scenario())


def test_a_running_server_is_opened_and_closed_again(site: Stage, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "servers.server.outward_hosts", lambda bound: ("192.0.2.7", "2001:db8::1") if "0.0.0.0" in bound else ()
    )

    async def scenario() -> None:
        async with site.attached() as panel:
            network = panel.network
            await site.server.start()
            assert network.state.text() == "Only this computer can reach the server."
            click(network.change)
            await site.settled()
            assert network.state.text() == "Other computers can reach the server."
            assert network.urls.isVisible()
            assert network.urls.code.text() == f"http://192.0.2.7:{site.control.port}"
            click(network.change)
            await site.settled()
            assert network.state.text() == "Only this computer can reach the server."
            assert not network.urls.isVisible()
            assert network.urls.code.text() == ""
            assert [value for _, key, value in site.told if key == "host"] == [LOCAL_NETWORK, "localhost"]

    run(scenario())


def test_without_a_network_it_says_so(site: Stage, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servers.server.outward_hosts", lambda bound: ())
    site.server.settings = HttpSettings(host=LOCAL_NETWORK, port=0)

    async def scenario() -> None:
        async with site.attached() as panel:
            await site.server.start()
            assert panel.network.alone.text() == "This computer is in no network at the moment."

    run(scenario())


def test_what_the_step_to_the_network_brings_is_scrolled_into_sight(
    site: Stage, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servers.server.outward_hosts", lambda bound: ("192.0.2.7",) if "0.0.0.0" in bound else ())

    async def scenario() -> None:
        async with site.attached() as panel:
            panel.resize(800, 560)
            await until(panel.isActiveWindow)
            change = panel.network.change
            change.setFocus()
            panel.area.ensureWidgetVisible(change)
            click(change)
            await until(
                lambda: panel.network.warning.isVisible() and change.visibleRegion().boundingRect() == change.rect()
            )
            await site.server.start()
            code = panel.network.urls.code
            await until(lambda: code.isVisible() and code.visibleRegion().boundingRect() == code.rect())

    run(scenario())
