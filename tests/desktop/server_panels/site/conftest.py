"""The Site tab for its tests, and a folder to serve."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from servers.settings import HttpSettings
from tests.desktop.server_panels.site.stage import Stage


@pytest.fixture
def site(qtbot: QtBot, tmp_path: Path) -> Stage:
    stage = Stage(tmp_path / "recent.json", HttpSettings(port=0))
    qtbot.addWidget(stage.panel)
    return stage


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "a site"
    made.mkdir()
    return made
