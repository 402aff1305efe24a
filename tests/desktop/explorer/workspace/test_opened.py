"""The list of opened folders comes back after a restart."""

from pathlib import Path

import pytest

from desktop.explorer.workspace.opened import FILE_NAME, Opened, load, save


def test_it_comes_back(tmp_path: Path) -> None:
    opened = Opened((tmp_path / "a", tmp_path / "b"), {"selected": ["x"]})
    assert load(tmp_path / "data") == Opened()
    save(tmp_path / "data", opened)
    assert load(tmp_path / "data") == opened


@pytest.mark.parametrize(
    "content", ["", "[]", '{"folders": 1}', '{"folders": [1]}', '{"folders": [], "view": 1}', "\xff"]
)
def test_a_damaged_file_opens_nothing(tmp_path: Path, content: str, expected_logs: list[str]) -> None:
    expected_logs.append("WARNING portside.collections: The opened collections in ")
    (tmp_path / FILE_NAME).write_text(content)
    assert load(tmp_path) == Opened()
