"""Attacks on environment files: odd, damaged, huge, unreadable ones, links, and several writers at once."""

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.explorer.variables.environments import (
    PRIVATE,
    PUBLIC,
    SHARED,
    Variable,
    add_environment,
    chain,
    environments_at,
    faults_at,
    move,
    name_fault,
    put,
    read,
    remove_environment,
    rename,
    rename_environment,
    variables,
)

ODD = (
    '{"$shared":{"s":1},\r\n "dev" : {"a":"x", "a" :"y","n":1.50e2,"o":{"k":[]}, "z":null,'
    '"q":"\\u0000 5\\u0000"},"five":5}'
)
NAMES = st.text(max_size=5)


@given(st.binary(max_size=200) | st.text(max_size=50).map(str.encode) | st.just(b"\xef\xbb\xbf{}"))
def test_any_bytes_are_read_and_what_is_damaged_stays(data: bytes) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / PUBLIC).write_bytes(data)
        if faults_at(None, folder):
            with pytest.raises(ValueError, match=r"."):
                put(folder, "dev", "a", "b", private=False)
            assert (folder / PUBLIC).read_bytes() == data
        else:
            put(folder, "dev", "a", "b", private=False)
            assert read(folder / PUBLIC).environments["dev"]["a"] == "b"


@given(
    st.dictionaries(NAMES.filter(bool), st.dictionaries(NAMES, NAMES), max_size=3),
    NAMES,
    st.text(alphabet=st.characters(), max_size=5),
)
@settings(max_examples=40)
def test_put_and_read_are_inverse(content: dict[str, dict[str, str]], name: str, value: str) -> None:
    with TemporaryDirectory() as there:
        folder = Path(there)
        (folder / PUBLIC).write_text(json.dumps(content))
        for environment in [*content, "new"]:
            put(folder, environment, name, value, private=False)
            assert read(folder / PUBLIC).environments[environment] == {**content.get(environment, {}), name: value}
            put(folder, environment, name, None, private=False)
            assert name not in read(folder / PUBLIC).environments[environment]


def test_what_is_odd_stays_to_the_character(tmp_path: Path) -> None:
    (tmp_path / PUBLIC).write_bytes(ODD.encode())
    assert variables(tmp_path, "dev") == tuple(
        Variable(name, value, False) for name, value in (("a", "y"), ("n", "1.50e2"), ("q", "\0 5\0"))
    )
    put(tmp_path, "dev", "a", "w", private=False)
    put(tmp_path, "dev", "z", "new", private=False)
    changed = ODD.replace('"y"', '"w"').replace("null", '"new"').encode()
    assert (tmp_path / PUBLIC).read_bytes() == changed
    with pytest.raises(ValueError, match="“o” is no text"):
        put(tmp_path, "dev", "o", "gone", private=False)
    for name in ("five", "dev", SHARED, "", " "):
        with pytest.raises(ValueError, match=r"already|all environments|needs a name"):
            rename_environment(tmp_path, "dev", name)
        with pytest.raises(ValueError, match=r"already|all environments|needs a name"):
            add_environment(tmp_path, name)
    put(tmp_path, "nowhere", "a", None, private=False)
    put(tmp_path, "nowhere", "a", None, private=True)
    assert (tmp_path / PUBLIC).read_bytes() == changed
    assert not (tmp_path / PRIVATE).exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32-be"])
def test_a_file_keeps_its_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / PUBLIC).write_bytes('{"dév": {"a": "\\ud800"}}'.encode(encoding))
    put(tmp_path, "dév", "b", "é\ud800", private=False)
    assert (tmp_path / PUBLIC).read_bytes().decode(encoding) == '{"dév": {"a": "\\ud800", "b": "é\\ud800"}}'
    assert read(tmp_path / PUBLIC).environments["dév"] == {"a": "\ud800", "b": "é\ud800"}


def test_names_that_cannot_stand_in_braces() -> None:
    for name in ("", " ", "a ", " a", "{a", "a}", "a\nb", "$a", "%a"):
        assert name_fault(name), name
    for name in ("a", "a b", "日本", "a$", "a%", "x.y-z"):
        assert not name_fault(name), name


def test_variables_get_other_names_in_their_place(tmp_path: Path) -> None:
    (tmp_path / PUBLIC).write_text('{"dev": {"a": 1, "b": 2}}')
    rename(tmp_path, "dev", "a", "ä", private=False)
    assert (tmp_path / PUBLIC).read_text("utf-8") == '{"dev": {"ä": 1, "b": 2}}'
    for name in ("b", "", "{x}"):
        with pytest.raises(ValueError, match=r"."):
            rename(tmp_path, "dev", "ä", name, private=False)


def test_variables_move_between_the_files(tmp_path: Path) -> None:
    (tmp_path / PUBLIC).write_text('{"dev": {"a": 1.0, "b": "2"}}')
    move(tmp_path, "dev", "a", private=True)
    assert variables(tmp_path, "dev") == (Variable("b", "2", False), Variable("a", "1.0", True))
    put(tmp_path, "dev", "a", "3", private=False)
    for private in (True, False):
        with pytest.raises(ValueError, match="already"):
            move(tmp_path, "dev", "a", private=private)
    put(tmp_path, "dev", "a", None, private=False)
    move(tmp_path, "dev", "a", private=False)
    move(tmp_path, "dev", "none", private=False)
    assert variables(tmp_path, "dev") == (Variable("b", "2", False), Variable("a", "1.0", False))


def test_one_damaged_file_keeps_both_as_they_are(tmp_path: Path) -> None:
    (tmp_path / PUBLIC).write_text('{"dev": {"a": "1"}}')
    (tmp_path / PRIVATE).write_text('{"dev"')
    with pytest.raises(ValueError, match="line 1"):
        rename_environment(tmp_path, "dev", "x")
    with pytest.raises(ValueError, match="line 1"):
        remove_environment(tmp_path, "dev")
    with pytest.raises(ValueError, match="line 1"):
        move(tmp_path, "dev", "a", private=True)
    assert (tmp_path / PUBLIC).read_text() == '{"dev": {"a": "1"}}'


def test_what_is_no_file_is_a_fault_that_goes_away(tmp_path: Path) -> None:
    path = tmp_path / PUBLIC
    path.mkdir()
    assert "not a file" in faults_at(None, tmp_path)[0]
    path.rmdir()
    os.mkfifo(path)
    assert "not a file" in faults_at(None, tmp_path)[0]
    path.unlink()
    path.symlink_to(path)
    assert "cannot be read" in faults_at(None, tmp_path)[0]
    with pytest.raises(OSError, match=r"."):
        put(tmp_path, "dev", "a", "b", private=False)
    path.unlink()
    path.write_text('{"dev": {"a": "' + "x" * 2_000_000 + '"}}')
    assert "longer" in faults_at(None, tmp_path)[0]
    path.unlink()
    assert not faults_at(None, tmp_path)
    path.write_text("")
    add_environment(tmp_path, "dev")
    assert environments_at(None, tmp_path) == ("dev",)


def test_a_link_stays_one_and_permissions_stay(tmp_path: Path) -> None:
    elsewhere, folder = tmp_path / "elsewhere.json", tmp_path / "folder"
    elsewhere.write_text("{}")
    elsewhere.chmod(0o640)
    folder.mkdir()
    (folder / PUBLIC).symlink_to(elsewhere)
    put(folder, "dev", "a", "b", private=False)
    assert (folder / PUBLIC).is_symlink()
    assert json.loads(elsewhere.read_text()) == {"dev": {"a": "b"}}
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o640


def test_folders_outside_of_the_opened_one_have_no_say(tmp_path: Path) -> None:
    root = tmp_path / "root"
    assert list(chain(root / "a" / "b" / "x.http", root)) == [root / "a" / "b", root / "a", root]
    assert list(chain(tmp_path / "other" / "x.http", root)) == [tmp_path / "other"]
    assert list(chain(tmp_path / "x.http", None)) == [tmp_path]
    assert list(chain(None, root)) == [root]
    assert not list(chain(None, None))


def test_an_environment_without_a_name_is_none(tmp_path: Path) -> None:
    (tmp_path / PUBLIC).write_text('{"": {"a": "b"}}')
    assert environments_at(None, tmp_path) == ()


def test_threads_lose_nothing_of_each_other(tmp_path: Path) -> None:
    def write(start: int) -> None:
        for number in range(start, start + 10):
            put(tmp_path, "dev", f"v{number}", str(number), private=number % 2 == 0)

    threads = [threading.Thread(target=write, args=(start,)) for start in (0, 10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.name for one in variables(tmp_path, "dev")} == {f"v{number}" for number in range(30)}


def test_processes_lose_nothing_of_each_other(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from desktop.explorer.variables.environments import put\n"
        "for n in range(15): put(Path(sys.argv[1]), 'dev', sys.argv[2] + str(n), 'x', private=False)"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name]) for name in "ab"]
    assert [one.wait(60) for one in writers] == [0, 0]
    assert len(variables(tmp_path, "dev")) == 30
    assert [one.name for one in tmp_path.iterdir()] == [PUBLIC]
