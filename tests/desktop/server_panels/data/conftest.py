"""The Data tab for its tests."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.desktop.server_panels.data.stage import Stage


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Stage:
    """A panel and its server, which does not run yet."""
    stage = Stage(tmp_path / "data")
    qtbot.addWidget(stage.panel)
    return stage
