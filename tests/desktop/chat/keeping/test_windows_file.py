"""The file of the windows: what is kept comes back, damage stops nothing and destroys nothing."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.arranging import Rect
from desktop.chat.keeping.values import to_json
from desktop.chat.keeping.windows_file import FILE_NAME, KeptWindow, WindowsFile
from desktop.chat.target import Target
from tests.desktop.chat.keeping.test_values import JSON

TARGET = Target("wss://a", "Ann", token="secret", reconnect=True)
WINDOWS = [
    KeptWindow(
        {"target": to_json(TARGET), "draft": "half\ud800", "later": [1]}, Rect(-1200, 20, 600, 640), 3, True, True
    ),
    KeptWindow(),
]


def test_windows_come_back_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "made when needed"
    file = WindowsFile(folder)
    assert file.load() == []
    file.save(WINDOWS)
    assert WindowsFile(folder).load() == WINDOWS
    assert WindowsFile(folder).load()[0].target == TARGET
    assert WindowsFile(folder).load()[1].target == Target("")
    assert file.path.stat().st_mode & 0o777 == 0o600


def test_what_a_later_version_keeps_stays(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"groups": [1], "windows": []}')
    file = WindowsFile(tmp_path)
    file.load()
    file.save(WINDOWS)
    assert json.loads(file.path.read_bytes())["groups"] == [1]


def test_nothing_is_written_after_the_end(tmp_path: Path) -> None:
    file = WindowsFile(tmp_path)
    file.end()
    file.save(WINDOWS)
    assert not file.path.exists()


MEMBERS = st.dictionaries(
    st.sampled_from(["place", "color", "maximized", "open", "content", "other"]),
    JSON | st.lists(st.integers(), min_size=4, max_size=4),
)


@given(st.lists(MEMBERS | JSON, max_size=3) | JSON)
def test_bad_values_have_their_defaults(tmp_path_factory: pytest.TempPathFactory, stored: object) -> None:
    folder = tmp_path_factory.mktemp("chat")
    (folder / FILE_NAME).write_text(json.dumps({"windows": stored}))
    for window in WindowsFile(folder).load():
        assert isinstance(window.target, Target)
        assert window.color >= 0
        assert window.place is None or (window.place.width > 0 and window.place.height > 0)
        assert isinstance(window.is_open, bool)


class TestDamagedFile:
    @pytest.fixture
    def expected_logs(self) -> list[str]:
        return ["WARNING portside.chat: The chat windows in "]

    @pytest.mark.parametrize("content", ['{"windows": [', "[]", "[" * 100_000])
    def test_is_kept_aside(self, tmp_path: Path, content: str) -> None:
        (tmp_path / FILE_NAME).write_text(content)
        file = WindowsFile(tmp_path)
        assert file.load() == []
        file.save(WINDOWS)
        assert (tmp_path / "windows.damaged-1.json").read_text() == content
        assert WindowsFile(tmp_path).load() == WINDOWS
