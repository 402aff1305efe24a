"""Tests of what keeps the private environment file from git."""

from pathlib import Path

import pytest

from desktop.explorer.variables.environments import PRIVATE
from desktop.explorer.variables.git_ignore import ignore, is_exposed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder two levels below the root of a work tree."""
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "api" / "shop"
    folder.mkdir(parents=True)
    return folder


def test_outside_of_a_work_tree_nothing_is_said(tmp_path: Path) -> None:
    assert not is_exposed(tmp_path)


@pytest.mark.parametrize(
    "pattern",
    [PRIVATE, "*.private.env.json", "*.json", f"/api/shop/{PRIVATE}", "api/", "api/shop", "**/shop", f"**/{PRIVATE}",
     "# a remark\n\n*.private.*  ", f"!{PRIVATE}\n{PRIVATE}", f"\r\n{PRIVATE}\r\n"],
)  # fmt: skip
def test_patterns_that_have_the_file(folder: Path, pattern: str) -> None:
    assert is_exposed(folder)
    (folder.parent.parent / ".gitignore").write_bytes(pattern.encode())
    assert not is_exposed(folder)


@pytest.mark.parametrize(
    "pattern", [f"# {PRIVATE}", f"/{PRIVATE}", "*.http", f"{PRIVATE}/", "shop/x", f"{PRIVATE}\n!{PRIVATE}", "[", "/"]
)
def test_patterns_that_do_not(folder: Path, pattern: str) -> None:
    (folder.parent.parent / ".gitignore").write_text(pattern)
    assert is_exposed(folder)


def test_the_nearest_has_the_last_word(folder: Path) -> None:
    (folder.parent.parent / ".gitignore").write_text("*.json")
    (folder / ".gitignore").write_text(f"!{PRIVATE}")
    assert is_exposed(folder)


def test_one_line_more(folder: Path) -> None:
    (folder / ".gitignore").write_bytes(b"a\r\nb\xff")
    ignore(folder)
    assert (folder / ".gitignore").read_bytes() == b"a\r\nb\xff\n" + PRIVATE.encode() + b"\n"
    assert not is_exposed(folder)


def test_what_cannot_be_read_has_no_patterns(folder: Path) -> None:
    (folder / ".gitignore").mkdir()
    assert is_exposed(folder)
    with pytest.raises(OSError, match="not a file"):
        ignore(folder)
