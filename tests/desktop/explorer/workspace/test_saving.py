"""Saving one request: every other byte stays, and nothing of others is lost unasked."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.http_files.disk import bytes_of, read_file
from desktop.explorer.http_files.faults import CannotWrite
from desktop.explorer.workspace.files import write_file
from desktop.explorer.workspace.origin import Origin, find
from desktop.explorer.workspace.saving import ChangedOutside, current, save

FIRST, SECOND, THIRD = "### A\nGET http://a/\n\n", "### B\r\nGET http://b/ \xa0\r\n\r\n\r\n", "### C\nGET http://c/"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "requests.http"
    path.write_bytes(b"\xef\xbb\xbf@v = 1\n\n" + (FIRST + SECOND + THIRD).encode())
    return path


def origin(path: Path, index: int) -> Origin:
    return Origin(path, index, read_file(path).parts[index].text)


def test_only_its_part_is_replaced(path: Path) -> None:
    before = path.read_bytes()
    saved = save(origin(path, 2), "### B\nPUT http://b/\n\n")
    assert path.read_bytes() == before.replace(SECOND.encode(), b"### B\nPUT http://b/\n\n")
    assert saved == origin(path, 2)


def test_a_file_in_latin_1_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "old.http"
    path.write_bytes(b"### caf\xe9\nGET http://a/\n\n### B\nGET http://b/\n")
    save(origin(path, 1), "### B\nPUT http://b/\n")
    assert path.read_bytes() == b"### caf\xe9\nGET http://a/\n\n### B\nPUT http://b/\n"
    with pytest.raises(CannotWrite, match="Latin-1"):
        save(origin(path, 1), "### B\nPUT http://b/\nX: €\n")


def test_saving_what_is_there_writes_nothing(path: Path) -> None:
    before = path.stat()
    save(origin(path, 1), FIRST)
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_part_that_has_moved_is_found(path: Path) -> None:
    second = origin(path, 2)
    path.write_bytes(path.read_bytes().replace(FIRST.encode(), b"### New\nGET http://new/\n\n" + FIRST.encode()))
    assert save(second, "### B\nPUT http://b/\n\n").index == 3
    assert b"GET http://new/" in path.read_bytes()


def test_a_part_that_others_have_changed_is_told(path: Path) -> None:
    second, theirs = origin(path, 2), "### B\nGET http://theirs/\n\n"
    path.write_bytes(path.read_bytes().replace(SECOND.encode(), theirs.encode()))
    before = path.read_bytes()
    with pytest.raises(ChangedOutside) as raised:
        save(second, "### B\nGET http://ours/\n\n")
    assert raised.value.theirs == theirs
    assert path.read_bytes() == before
    save(second, "### B\nGET http://ours/\n\n", force=True)
    assert path.read_bytes() == before.replace(theirs.encode(), b"### B\nGET http://ours/\n\n")


def test_a_part_that_is_gone_can_be_put_back(path: Path) -> None:
    second = origin(path, 2)
    path.write_bytes(path.read_bytes().replace(SECOND.encode(), b""))
    with pytest.raises(ChangedOutside) as raised:
        save(second, "### B\nGET http://ours/\n")
    assert raised.value.theirs == ""
    saved = save(second, "### B\nGET http://ours/\n", force=True)
    assert path.read_bytes().endswith(THIRD.encode() + b"\n### B\nGET http://ours/\n")
    assert current(saved) == saved
    assert current(second) == saved  # by its name


def test_a_file_that_is_gone_comes_back_only_by_force(path: Path) -> None:
    second = origin(path, 2)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        save(second, "### B\nGET http://ours/\n")
    assert save(second, "### B\nGET http://ours/\n", force=True).index == 0


def test_parts_do_not_run_into_one_another(path: Path) -> None:
    save(origin(path, 1), "GET http://a/2")
    assert [part.request.url for part in read_file(path).requests if part.request] == [
        "http://a/2",
        "http://b/",
        "http://c/",
    ]


def test_links_and_permissions_stay(path: Path) -> None:
    link = path.with_name("link.http")
    link.symlink_to(path.name)
    path.chmod(0o600)
    save(origin(link, 1), "### A\nPUT http://a/\n\n")
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"PUT http://a/" in path.read_bytes()
    assert sorted(os.listdir(path.parent)) == ["link.http", "requests.http"]


def test_a_full_disk_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(origin(path, 1), "### A\nPUT http://a/\n\n")
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


def test_a_file_that_may_not_be_written_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError):
        save(origin(path, 1), "### A\nPUT http://a/\n\n")


def test_two_alike_are_told_apart_by_their_place(tmp_path: Path) -> None:
    path = tmp_path / "twins.http"
    path.write_text("###\nGET http://a/\n###\nGET http://a/\n")
    assert find(read_file(path), origin(path, 1)) == 1
    assert find(read_file(path), Origin(path, 7, "###\nGET http://a/\n")) == 1
    assert find(read_file(path), Origin(path, 0, "###\nGET http://other/\n")) is None


@given(st.binary(max_size=200))
def test_any_bytes_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "a.http"
    path.write_bytes(content)
    write_file(path, bytes_of(read_file(path)))
    assert path.read_bytes() == content


def test_the_byte_order_mark_stays_once(tmp_path: Path) -> None:
    path = tmp_path / "a.http"
    path.write_bytes("\ufeffGET http://a/\n".encode())
    origin = Origin(path, 0, read_file(path).parts[0].text)
    saved = save(origin, origin.text.replace("/a/", "/b/"))
    assert path.read_bytes() == "\ufeffGET http://b/\n".encode()
    assert save(saved, saved.text.replace("/b/", "/c/")).index == 0
    assert path.read_bytes() == "\ufeffGET http://c/\n".encode()
