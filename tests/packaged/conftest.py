"""The executable that `make package` has built, and an environment in which nothing else can help it."""

import os
from pathlib import Path

import pytest

_EXECUTABLE = Path(__file__).resolve().parent.parent.parent / "dist" / "portside" / "portside"


@pytest.fixture
def executable() -> Path:
    """Its path; a missing executable is a failure, not a reason to skip."""
    assert _EXECUTABLE.exists(), "run `make package` first"
    return _EXECUTABLE


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A home of its own, and no trace of the virtual environment."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return kept | {"HOME": str(tmp_path)}
