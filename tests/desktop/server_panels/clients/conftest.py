"""The Clients tab for its tests."""

import pytest
from pytestqt.qtbot import QtBot

from tests.desktop.server_panels.clients.stage import Stage


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    """A panel and its server, which does not run yet."""
    stage = Stage()
    qtbot.addWidget(stage.panel)
    return stage
