"""Tests of auth that is inherited."""

from pathlib import Path

import pytest

from desktop.explorer.http_files.folder_auth import FOLDER_FILE, folder_text, inherited
from desktop.explorer.http_files.http_file import parse
from desktop.explorer.model.auth import Auth, Basic, Bearer, Inherit, NoAuth


def test_the_nearest_that_says_something_counts(tmp_path: Path) -> None:
    root, below = tmp_path / "root", tmp_path / "root" / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / FOLDER_FILE).write_text("# @auth bearer outside")
    assert inherited(below, root, None) == NoAuth()
    (root / FOLDER_FILE).write_text("# @auth bearer root")
    assert inherited(below, root, None) == Bearer("root")
    (root / "a" / FOLDER_FILE).write_text("// @auth none\n")
    assert inherited(below, root, parse("GET http://h")) == NoAuth()
    (below / FOLDER_FILE).write_text("# @auth inherit\n")
    assert inherited(below, root, None) == NoAuth()
    assert inherited(below, root, parse("# @auth basic a b\n\n###\nGET http://h")) == Basic("a", "b")
    assert inherited(below, root, parse("### not for all\n# @auth basic a b\nGET http://h")) == NoAuth()


def test_a_folder_outside_the_root_speaks_for_itself_only(tmp_path: Path) -> None:
    (tmp_path / FOLDER_FILE).write_text("# @auth bearer above")
    assert inherited(tmp_path / "a", tmp_path / "b", None) == NoAuth()
    assert inherited(tmp_path, tmp_path / "b", None) == Bearer("above")


@pytest.mark.parametrize(
    ("auth", "old", "new"),
    [
        (Bearer("{{t}}"), "", "# @auth bearer {{t}}\n"),
        (Inherit(), "", ""),
        (NoAuth(), "# why\n// @auth bearer x\n", "# why\n// @auth none\n"),
        (NoAuth(), "\ufeff@a = b\r\n", "\ufeff# @auth none\r\n@a = b\r\n"),
        (Inherit(), "@a = b\n# @auth none\n", "@a = b\n"),
        (NoAuth(), "GET http://h\n", "# @auth none\n\n###\nGET http://h\n"),
        (NoAuth(), "### about\n\n### a\nGET http://h", "### about\n# @auth none\n\n### a\nGET http://h"),
    ],
)
def test_the_text_of_a_folder(auth: Auth, old: str, new: str) -> None:
    assert folder_text(auth, old) == new
    assert parse(new).auth == auth
