"""Tests of what counts as a file of a site, and when it counts as changed."""

import os
from pathlib import Path

import pytest

from servers.http.live import tree
from servers.http.live.tree import scan
from tests.servers.http.site import make_folder


def test_the_files_are_those_that_are_served(tmp_path: Path) -> None:
    root = make_folder(tmp_path)
    for name in ("a b.html", "é#%.css", "style.css~", "node_modules/x.js", ".well-known/x", "con.txt", "empty/"):
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.mkdir() if name.endswith("/") else path.write_text("x")
    (root / os.fsdecode(b"\xff.html")).write_text("x")
    os.mkfifo(root / "pipe.html")
    seen = scan(root)
    names = {"index.html", "sub/index.html", "sub/page.html", "a%20b.html", "%C3%A9%23%25.css", ".well-known/x"}
    assert set(seen.files) == {f"/{name}" for name in names}
    assert seen.folders == {str(root / name) for name in ("", "sub", ".well-known", "empty")}
    assert seen.is_whole


def test_links_are_followed_inside_alone(tmp_path: Path) -> None:
    root = make_folder(tmp_path)
    (tmp_path / "real").symlink_to(root)
    (root / ".store" / "deep").mkdir(parents=True)
    (root / ".store" / "file.html").write_text("x")
    (root / ".store" / "deep" / "file.html").write_text("x")
    for name, target in {
        "one.html": ".store/file.html",
        "deep": ".store/deep",
        "up": ".",
        "sub/up": "..",
        "out": "../secret.txt",
        "far": "/",
        "itself": "itself",
        "nowhere": "missing",
    }.items():
        (root / name).symlink_to(target)
    seen = scan(tmp_path / "real")
    assert set(seen.files) == {"/index.html", "/sub/index.html", "/sub/page.html", "/one.html", "/deep/file.html"}
    assert seen.folders == {str(root / name) for name in ("", "sub", ".store", ".store/deep")}


def test_changes_are_told_apart(tmp_path: Path) -> None:
    root = make_folder(tmp_path)
    first = scan(root)
    assert scan(root).digest == first.digest
    (root / "index.html").write_text("x")
    (root / "new.html").write_text("x")
    (root / "sub" / "page.html").unlink()
    second = scan(root)
    assert second.digest != first.digest
    assert second.changed_since(first) == {"/index.html", "/new.html", "/sub/page.html"}
    os.replace(root / "new.html", root / "index.html")
    assert scan(root).changed_since(second) == {"/index.html", "/new.html"}


def test_another_folder_is_another_tree(tmp_path: Path) -> None:
    root = make_folder(tmp_path)
    first = scan(root)
    root.rename(tmp_path / "away")
    none = scan(root)
    assert (none.files, none.folders) == ({}, frozenset())
    assert none.changed_since(first) is None
    (root).mkdir()
    again = scan(root)
    assert again.changed_since(none) is None
    assert len({first.digest, none.digest, again.digest}) == 3


def test_there_is_an_end_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MOST_FILES", 10)
    for number in range(30):
        (tmp_path / f"{number}.html").write_text("x")
    seen = scan(tmp_path)
    assert not seen.is_whole
    assert len(seen.files) == 10


def test_it_ends_when_it_is_to_stop(tmp_path: Path) -> None:
    assert scan(make_folder(tmp_path), stopping=lambda: True).files == {}


def test_a_folder_that_may_not_be_read_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_folder(tmp_path)
    real_scandir = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("sub"):
            raise PermissionError(path)
        return real_scandir(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert set(scan(root).files) == {"/index.html"}
