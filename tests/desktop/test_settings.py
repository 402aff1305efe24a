"""The settings file: typed, tolerant when it is read, whole or untouched when it is written."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.settings import FILE_NAME, SettingsFile
from servers.settings import HttpSettings, Mode

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
KNOWN = st.dictionaries(st.sampled_from(["host", "port", "root", "mode", "scheme", "other"]), JSON)


def test_defaults_where_there_is_no_file(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path)
    assert settings.workbench().http == HttpSettings()
    assert settings.workbench().ws.mode is Mode.BROADCAST_REPLY
    assert settings.appearance().scheme == "system"
    assert list(tmp_path.iterdir()) == []


def test_what_is_set_is_there_the_next_time(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "made" / "when needed")
    file.set("http", "port", 9001)
    file.set("http", "root", str(tmp_path))
    file.set("ws", "mode", "echo")
    again = SettingsFile(tmp_path / "made" / "when needed").workbench()
    assert (again.http.port, again.http.root, again.ws.mode) == (9001, tmp_path, Mode.ECHO)


def test_unknown_keys_are_kept(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text('{"http": {"colour": "blue"}, "later": {"x": 1}, "version": 3}')
    SettingsFile(tmp_path).set("http", "port", 9001)
    content = {"http": {"colour": "blue", "port": 9001}, "later": {"x": 1}, "version": 3}
    assert json.loads(path.read_text()) == content


@pytest.mark.parametrize("port", ["80", -1, 65536, 2**31, True, None, 1.5, [80]])
class TestBadPort:
    @pytest.fixture
    def expected_logs(self) -> list[str]:
        return ["WARNING portside.settings: "]

    def test_falls_back_to_the_default_and_says_so(self, tmp_path: Path, port: object) -> None:
        (tmp_path / FILE_NAME).write_text(json.dumps({"http": {"port": port}, "rest": {"port": 5050}}))
        settings = SettingsFile(tmp_path).workbench()
        assert (settings.http.port, settings.rest.port) == (8001, 5050)


class TestDamagedFile:
    @pytest.fixture
    def expected_logs(self) -> list[str]:
        return ["WARNING portside.settings: The settings in "]

    @pytest.mark.parametrize("content", ['{"http": {"port"', "[1, 2]", "[" * 100_000, "\0"])
    def test_is_kept_aside(self, tmp_path: Path, content: str) -> None:
        for number in (1, 2):
            (tmp_path / FILE_NAME).write_text(content)
            SettingsFile(tmp_path).set("http", "port", 9001)
            assert (tmp_path / f"settings.damaged-{number}.json").read_text() == content
            assert SettingsFile(tmp_path).workbench().http.port == 9001

    def test_what_cannot_be_read_stays_where_it_is(self, tmp_path: Path) -> None:
        (tmp_path / FILE_NAME).mkdir()
        assert SettingsFile(tmp_path).workbench().http.port == 8001
        assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


class TestAnything:
    @pytest.fixture(autouse=True)
    def no_unexpected_logs(self) -> None:
        """Warnings are what this is about."""

    @given(st.dictionaries(st.sampled_from(["http", "rest", "ws", "appearance", "x"]), KNOWN | JSON))
    def test_never_stops_the_program(self, tmp_path_factory: pytest.TempPathFactory, content: object) -> None:
        folder = tmp_path_factory.mktemp("config")
        (folder / FILE_NAME).write_text(json.dumps(content))
        settings = SettingsFile(folder)
        assert isinstance(settings.workbench().ws.mode, Mode)
        assert settings.appearance().scheme in ("system", "light", "dark")


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = SettingsFile(tmp_path)
    file.set("http", "port", 9001)
    before = file.path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        file.set("http", "port", 9002)
    assert file.path.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    SettingsFile(tmp_path).set("http", "password", "secret")
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600
