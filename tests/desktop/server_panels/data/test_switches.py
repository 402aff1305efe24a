"""The switches: what they set in the server, what they tell to be remembered, and what they show."""

from dataclasses import replace

from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from servers.settings import Cors
from tests.conftest import Run, until
from tests.desktop.server_panels.data.stage import KEY, Stage, click


def test_they_work_while_the_server_is_stopped(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        told: list[tuple[str, object]] = []
        stage.panel.settings_changed.connect(lambda key, value: told.append((key, value)))
        switches = stage.panel.switches
        assert not switches.isEnabled()
        async with stage.attached():
            click(switches.read_only)
            switches.latency.setValue(200)
            assert switches.latency_to.value() == 200
            switches.latency_to.setValue(500)
            switches.latency_to.setValue(100)
            assert switches.latency_to.value() == 200
            assert (stage.server.settings.read_only, stage.server.settings.latency) == (True, 200)
            assert told == [("read_only", True), ("latency", 200), ("latency_to", 500), ("latency_to", 0)]

    run(scenario())


def test_what_was_remembered_is_shown(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        stage.server.settings = replace(
            stage.server.settings, read_only=True, latency=5, latency_to=9, cors=Cors.ANY, port=0
        )
        async with stage.running():
            switches = stage.panel.switches
            assert switches.read_only.isChecked()
            assert (switches.latency.value(), switches.latency_to.value()) == (5, 9)
            assert switches.cors.currentText() == "Any origin"
            assert switches.warning.isVisible()
            assert stage.pane.why_locked.isVisible()

    run(scenario())


def test_cors_for_everybody_comes_with_a_warning(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        told: list[tuple[str, object]] = []
        stage.panel.settings_changed.connect(lambda key, value: told.append((key, value)))
        async with stage.attached():
            switches = stage.panel.switches
            switches.cors.setFocus()
            assert not switches.warning.isVisible()
            QTest.keyClick(switches.cors, KEY.Key_End)
            assert stage.server.settings == replace(stage.server.settings, cors=Cors.ANY)
            assert switches.warning.isVisible()
            QTest.keyClick(switches.cors, KEY.Key_Up)
            assert stage.server.settings == replace(stage.server.settings, cors=Cors.LOCAL)
            assert not switches.warning.isVisible()
            assert told == [("cors", "any"), ("cors", "local")]

    run(scenario())


def test_failures_are_counted_down_where_everybody_sees_it(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with stage.running(), stage.client() as client:
            switches = stage.panel.switches
            switches.failures.setValue(2)
            assert switches.to_go.text() == "2 to go"
            assert (await client.get("/players/1")).status == 500
            await until(lambda: switches.to_go.text() == "1 to go" and switches.failures.value() == 1)
            assert (await client.get("/players/1")).status == 500
            await until(lambda: switches.to_go.text() == "" and switches.failures.value() == 0)
            assert (await client.get("/players/1")).status == 200

    run(scenario())


def test_a_token_is_made_shown_and_copied(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        told: list[object] = []
        stage.panel.settings_changed.connect(told.append)
        async with stage.running(), stage.client() as client:
            switches = stage.panel.switches
            assert not switches.token.isVisible()
            click(switches.require_token)
            click(switches.copy)
            token = QGuiApplication.clipboard().text()
            assert token == switches.token.text() == stage.server.settings.token
            assert len(token) >= 32
            assert (await client.get("/players")).status == 401
            assert (await client.get("/players", headers={"Authorization": f"Bearer {token}"})).status == 200
            click(switches.require_token)
            assert (await client.get("/players")).status == 200
            click(switches.require_token)
            assert stage.server.settings.token not in ("", token)
            assert told == []

    run(scenario())


def test_latency_0_switches_it_off(stage: Stage, run: Run) -> None:
    async def scenario() -> None:
        told: list[tuple[str, object]] = []
        async with stage.attached():
            switches = stage.panel.switches
            switches.latency.setValue(200)
            switches.latency_to.setValue(500)
            stage.panel.settings_changed.connect(lambda key, value: told.append((key, value)))
            switches.latency.setValue(0)
            assert (stage.server.settings.latency, stage.server.settings.latency_to) == (0, 0)
            assert switches.latency_to.value() == 0
            assert sorted(told) == [("latency", 0), ("latency_to", 0)]

    run(scenario())
