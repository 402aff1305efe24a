"""Tests of environment files: reading, changing one value, nothing else."""

import json
import stat
from pathlib import Path

import pytest

from desktop.explorer.variables.environments import (
    PRIVATE,
    PUBLIC,
    add_environment,
    environments_at,
    faults_at,
    put,
    read,
    remove_environment,
    rename_environment,
)

TEXT = """{
    "dev": {
        "host": "http://h",
        "port": 1.50e2,
        "big": 1736184243098437392,
        "on": true,
        "Security": {"Auth": {"x": null}}
    },
    "prod": {}
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / PUBLIC).write_text(TEXT)
    return tmp_path


def test_values_are_text_as_written(folder: Path) -> None:
    assert read(folder / PUBLIC).environments["dev"] == {
        "host": "http://h",
        "port": "1.50e2",
        "big": "1736184243098437392",
        "on": "true",
    }
    assert environments_at(None, folder) == ("dev", "prod")
    assert read(folder / PRIVATE).environments == {}


def test_a_change_leaves_the_rest_as_it_was(folder: Path) -> None:
    put(folder, "dev", "host", "http://é", private=False)
    changed = (folder / PUBLIC).read_text("utf-8").replace("http://é", "http://h")
    assert "".join(changed.split()) == "".join(TEXT.split())
    put(folder, "dev", "port", "1.50e2", private=False)
    assert "1.50e2," in (folder / PUBLIC).read_text("utf-8")
    put(folder, "dev", "port", None, private=False)
    put(folder, "dev", "none", None, private=False)
    assert "port" not in json.loads((folder / PUBLIC).read_text("utf-8"))["dev"]


def test_what_is_private_is_for_its_owner_alone(folder: Path) -> None:
    put(folder, "dev", "key", "k3y", private=True)
    put(folder, "dev", "other", "x", private=True)
    assert stat.S_IMODE((folder / PRIVATE).stat().st_mode) == 0o600
    assert read(folder / PRIVATE).environments == {"dev": {"key": "k3y", "other": "x"}}
    assert (folder / PUBLIC).read_text() == TEXT


def test_environments_come_and_go(folder: Path) -> None:
    put(folder, "dev", "key", "k3y", private=True)
    add_environment(folder, "stage")
    assert environments_at(None, folder) == ("dev", "prod", "stage")
    rename_environment(folder, "dev", "local")
    assert environments_at(None, folder) == ("local", "prod", "stage")
    assert read(folder / PRIVATE).environments == {"local": {"key": "k3y"}}
    with pytest.raises(ValueError, match="already"):
        rename_environment(folder, "prod", "stage")
    remove_environment(folder, "local")
    assert environments_at(None, folder) == ("prod", "stage")


@pytest.mark.parametrize(
    ("text", "fault"), [('{"a": {},\n "b" }', "line 2"), ("[]", "not a JSON object"), ("[" * 100_000, "not JSON")]
)
def test_a_damaged_file_is_told_and_never_overwritten(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / PUBLIC).write_text(text)
    (said,) = faults_at(None, tmp_path)
    assert fault in said
    with pytest.raises(ValueError, match=r"."):
        put(tmp_path, "dev", "a", "b", private=False)
    assert (tmp_path / PUBLIC).read_text() == text


def test_an_environment_that_is_no_object_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / PUBLIC).write_text('{"dev": 5, "prod": {"a": "b"}}')
    assert environments_at(None, tmp_path) == ("prod",)
    with pytest.raises(ValueError, match="not an object"):
        put(tmp_path, "dev", "a", "b", private=False)
