"""Adding a request to the end of a file."""

from pathlib import Path

import pytest

from desktop.explorer.http_files.faults import CannotWrite
from desktop.explorer.workspace.adding import add
from desktop.explorer.workspace.origin import Origin

NEW = "### New\nGET http://h/\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{NEW}\n"),
        ("### A\nGET /a", f"### A\nGET /a\n{NEW}\n"),
        ("GET /a\r\n", "GET /a\r\n### New\r\nGET http://h/\r\n\r\n"),
        ("\ufeffGET /a\n", f"\ufeffGET /a\n{NEW}\n"),
    ],
)
def test_what_is_there_stays_to_the_byte(tmp_path: Path, before: str, after: str) -> None:
    path = tmp_path / "a.http"
    path.write_bytes(before.encode())
    origin = add(path, NEW)
    assert path.read_bytes().decode() == after
    assert after.endswith(origin.text)
    assert (origin.path, origin.index) == (path, 1 if before else 0)


def test_the_file_and_its_folder_are_made(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "a.http"
    assert add(path, NEW) == Origin(path, 0, f"{NEW}\n")
    assert add(path, NEW).index == 1


def test_nothing_is_left_behind_where_it_fails(tmp_path: Path) -> None:
    path = tmp_path / "a.http"
    with pytest.raises(CannotWrite):
        add(path, "### \ud800\nGET http://h/\n")
    assert not path.exists()
    path.write_bytes(b"### \xe9\nGET /\n")
    with pytest.raises(CannotWrite):
        add(path, "### €\nGET http://h/\n")
    assert path.read_bytes() == b"### \xe9\nGET /\n"
