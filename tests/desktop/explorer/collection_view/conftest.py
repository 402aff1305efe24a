"""The stage of the tests of the collections."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.desktop.explorer.collection_view.stage import Stage


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Stage:
    """A folder with three files, not opened yet."""
    return Stage(qtbot, tmp_path)
