"""What the settings file gets of a setting."""

from pathlib import Path

import pytest

from desktop.server_panels.control import for_json
from servers.settings import Caching


@pytest.mark.parametrize(
    ("value", "stored"),
    [(None, None), (Path("a") / "b", str(Path("a") / "b")), (Caching.HOUR, "hour"), (True, True), (5, 5), ("x", "x")],
)
def test_values_for_json(value: object, stored: object) -> None:
    assert for_json(value) == stored
