"""What is known about a folder before and while it is served."""

import os
from pathlib import Path

import pytest

from desktop.server_panels.site.folder import MOST_PAGES, is_no_folder, look_at


def written(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text("")


def test_the_pages_are_those_that_the_server_would_answer_with(folder: Path, tmp_path: Path) -> None:
    written(folder, "index.html", "b.HTML", "A.htm", "c.xhtml", "d.txt", ".hidden.html", "con.html")
    (folder / "folder.html").mkdir()
    written(tmp_path, "outside.html")
    (folder / "link.html").symlink_to(tmp_path / "outside.html")
    look = look_at(folder)
    assert look.has_index
    assert look.pages == ("A.htm", "b.HTML", "c.xhtml")
    assert not look.fault
    assert not look.exposed


def test_there_are_not_too_many_pages(folder: Path) -> None:
    written(folder, *(f"{number:03}.html" for number in range(MOST_PAGES + 5)))
    look = look_at(folder)
    assert not look.has_index
    assert look.pages == tuple(f"{number:03}.html" for number in range(MOST_PAGES))


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (PermissionError(13, "Permission denied"), "Portside may not read this folder."),
        (OSError(5, "Input/output error"), "This folder cannot be read: [Errno 5] Input/output error."),
    ],
)
def test_one_that_cannot_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, fault: str) -> None:
    def refuse(_: Path) -> None:
        raise error

    monkeypatch.setattr(os, "scandir", refuse)
    assert look_at(folder).fault.startswith(fault)


def test_one_that_may_not_be_entered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert look_at(folder).fault.startswith("Portside may not read this folder.")


def test_what_is_not_there_or_is_no_folder(folder: Path) -> None:
    written(folder, "file")
    assert look_at(folder / "gone").fault.startswith("This folder is not there any more.")
    assert look_at(folder / "file").fault.startswith("This is a file now")
    assert look_at(Path("a\0b")).fault.startswith("This folder cannot be read: ")


def test_the_root_and_the_home_and_what_they_are_in_expose_more_than_a_site(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder / "people" / "me"
    home.mkdir(parents=True)
    monkeypatch.setattr(Path, "home", lambda: home)
    assert "the file system’s root" in look_at(Path(folder.anchor)).exposed
    assert look_at(home).exposed == look_at(home.parent).exposed == "everything in your home folder that is not hidden"
    (home / "site").mkdir()
    assert not look_at(home / "site").exposed


def test_a_computer_that_knows_no_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", refuse)
    assert not look_at(folder).exposed


def test_only_a_file_is_no_folder(folder: Path) -> None:
    written(folder, "file")
    assert is_no_folder(folder / "file")
    assert not is_no_folder(folder)
    assert not is_no_folder(folder / "gone")
