"""What a scan lists, in which order, what it leaves out, and that it reads only what has changed."""

import os
from pathlib import Path

from desktop.explorer.workspace import scan
from desktop.explorer.workspace.scan import Entry, File, Folder, Scanner

ORDERS = "@host = x\n\n### List\nGET {{host}}/orders\n\n###\n# @name make\nPOST {{host}}/orders\n\n{}\n"


def write(path: Path, text: str = "GET http://localhost/\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def names(folder: Folder) -> list[str]:
    return [child.path.name for child in folder.children]


def child(folder: Folder, name: str) -> Folder | File:
    return next(one for one in folder.children if one.path.name == name)


def test_requests_are_listed_with_their_place(tmp_path: Path) -> None:
    path = write(tmp_path / "orders.http", ORDERS)
    root = Scanner().scan(tmp_path).root
    assert root.children == (
        File(
            path,
            (Entry("List", "GET", "{{host}}/orders", 1, 3), Entry("make", "POST", "{{host}}/orders", 2, 6)),
        ),
    )


def test_folders_come_first_and_numbers_count(tmp_path: Path) -> None:
    for name in ("b.http", "File 10.http", "file 9.rest", "z/a.http", "A/a.http"):
        write(tmp_path / name)
    assert names(Scanner().scan(tmp_path).root) == ["A", "z", "b.http", "file 9.rest", "File 10.http"]


def test_what_is_not_a_collection_is_left_out(tmp_path: Path) -> None:
    for name in (
        ".git/a.http",
        "node_modules/x/a.http",
        "__pycache__/a.http",
        ".venv/a.http",
        "src/main.py",
        ".a.http",
    ):
        write(tmp_path / name)
    write(tmp_path / "http-client.env.json", "{}")
    (tmp_path / "empty").mkdir()
    found = Scanner().scan(tmp_path)
    assert names(found.root) == ["empty"]
    assert found.folders == {tmp_path, tmp_path / "src", tmp_path / "empty"}


def test_the_file_of_a_folder_says_whether_it_signs(tmp_path: Path) -> None:
    write(tmp_path / "a" / "_folder.http", "# @auth bearer {{token}}\n")
    write(tmp_path / "b" / "_folder.http", "# nothing\n")
    root = Scanner().scan(tmp_path).root
    assert [(one.path.name, isinstance(one, Folder) and one.has_auth) for one in root.children] == [
        ("a", True),
        ("b", False),
    ]
    assert all(isinstance(one, Folder) and not one.children for one in root.children)


def test_links_in_a_circle_end_and_nothing_is_listed_twice(tmp_path: Path) -> None:
    root, other = tmp_path / "root", tmp_path / "other"
    write(root / "a" / "a.http")
    write(other / "o.http")
    (root / "a" / "up").symlink_to(root)
    (root / "again").symlink_to(root / "a")
    (root / "linked").symlink_to(other)
    (root / "all").symlink_to("/")
    (root / "self").symlink_to(root / "self")
    (other / "back").symlink_to(other)
    tree = Scanner().scan(root).root
    assert names(tree) == ["a", "linked"]
    linked = child(tree, "linked")
    assert isinstance(linked, Folder)
    assert names(linked) == ["o.http"]


def test_a_folder_deeper_than_anyone_needs_ends(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(100):
        deep /= "d"
    deep.mkdir(parents=True)
    assert "too many folders" in Scanner().scan(tmp_path).root.fault


def test_too_large_and_unreadable_files_have_a_sentence(tmp_path: Path) -> None:
    write(tmp_path / "large.http", "GET http://localhost/\n" + " " * scan.MOST_BYTES)
    (tmp_path / "gone.http").symlink_to(tmp_path / "nowhere")
    gone, large = Scanner().scan(tmp_path).root.children
    assert isinstance(large, File)
    assert large.fault == "It is too large to be listed: 5 MB."
    assert isinstance(gone, File)
    assert gone.fault == "It cannot be read: it is not there any more."


def test_a_missing_root_has_a_sentence(tmp_path: Path) -> None:
    found = Scanner().scan(tmp_path / "gone")
    assert found.root.fault == "It cannot be read: it is not there any more."
    assert not found.folders


def test_only_what_has_changed_is_read_again(tmp_path: Path) -> None:
    for number in range(20):
        write(tmp_path / f"{number}.http")
    scanner = Scanner()
    first = scanner.scan(tmp_path)
    assert len(first.changed) == scanner.parsed == 20
    again = scanner.scan(tmp_path)
    assert (scanner.parsed, again.changed) == (20, frozenset())
    assert all(one is other for one, other in zip(first.root.children, again.root.children, strict=True))
    changed = write(tmp_path / "3.http", "POST http://localhost/\n")
    (tmp_path / "4.http").unlink()
    third = scanner.scan(tmp_path)
    assert scanner.parsed == 21
    assert third.changed == {changed, tmp_path / "4.http"}


def test_a_file_replaced_by_one_of_the_same_time_and_size_is_read(tmp_path: Path) -> None:
    path, other = write(tmp_path / "a.http"), write(tmp_path / "b.new", "PUT http://localhost/\n")
    times = path.stat()
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    scanner = Scanner()
    scanner.scan(tmp_path)
    other.replace(path)
    assert scanner.scan(tmp_path).changed == {path}


def test_own_writes_are_no_changes_from_outside(tmp_path: Path) -> None:
    path, gone = write(tmp_path / "a.http"), write(tmp_path / "gone.http")
    scanner = Scanner()
    scanner.scan(tmp_path)
    write(path, "PUT http://localhost/other\n")
    gone.unlink()
    scanner.own(path)
    scanner.own(gone)
    found = scanner.scan(tmp_path)
    assert not found.changed
    assert found.root.children == (File(path, (Entry("", "PUT", "http://localhost/other", 0, 1),)),)
    write(path, "DELETE http://localhost/longer\n")
    assert scanner.scan(tmp_path).changed == {path}
