"""The Settings tab of the HTTP and of the WebSocket server for its tests."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from servers.settings import HttpSettings, WebSocketSettings
from tests.desktop.server_panels.settings.stage import Stage


@pytest.fixture
def http(qtbot: QtBot, tmp_path: Path) -> Stage:
    stage = Stage(HttpSettings(port=0), tmp_path / "data")
    qtbot.addWidget(stage.panel)
    return stage


@pytest.fixture
def ws(qtbot: QtBot, tmp_path: Path) -> Stage:
    stage = Stage(WebSocketSettings(port=0), tmp_path / "data")
    qtbot.addWidget(stage.panel)
    return stage
