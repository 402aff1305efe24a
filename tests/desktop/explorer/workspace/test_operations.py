"""Files and folders are made, renamed, moved, copied and deleted, and all of it can be taken back."""

import shutil
from pathlib import Path

import pytest

from desktop.explorer.workspace import operations
from desktop.explorer.workspace.names import Refused
from desktop.explorer.workspace.steps import Change, Place
from desktop.explorer.workspace.trash import Trash

GET = "GET http://localhost/\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    (root / "a" / "deep").mkdir(parents=True)
    (root / "b").mkdir()
    (root / "a" / "one.http").write_text(GET)
    (root / "b" / "two.rest").write_text(GET)
    return root


@pytest.fixture(params=["own", "system"])
def trash(tmp_path: Path, request: pytest.FixtureRequest) -> Trash:
    """A folder of ours as the trash, or what a desktop has (Trash specification of freedesktop.org)."""
    files, info = tmp_path / "Trash" / "files", tmp_path / "Trash" / "info"

    def system(path: Path) -> Path:
        files.mkdir(parents=True, exist_ok=True)
        info.mkdir(exist_ok=True)
        (info / f"{path.name}.trashinfo").write_text("[Trash Info]")
        shutil.move(path, files / path.name)
        return files / path.name

    return Trash(tmp_path / "trash", system if request.param == "system" else lambda _: None)


def listed(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*")}


def run_there_and_back(change: Change, root: Path) -> None:
    before = listed(root)
    back = change.run()
    after = listed(root)
    again = back.run()
    assert listed(root) == before
    assert again.renamed == change.renamed
    again.run()
    assert listed(root) == after


def test_new_files_and_folders_get_a_free_name(root: Path, trash: Trash) -> None:
    run_there_and_back(operations.new_file(root, trash), root)
    change = operations.new_file(root, trash, text=GET)
    change.run()
    assert (root / "requests 2.http").read_text() == GET
    assert change.after == (Place(root / "requests 2.http"),)
    run_there_and_back(operations.new_folder(root, trash), root)
    operations.new_folder(root, trash, "c").run()
    assert {"requests.http", "New folder", "c"} <= listed(root)


def test_what_someone_wrote_into_a_new_file_is_not_lost_by_undo(root: Path, trash: Trash) -> None:
    back = operations.new_file(root, trash, "x").run()
    (root / "x.http").write_text(GET)
    back.run().run()
    assert (root / "x.http").read_text() == GET


def test_renames(root: Path) -> None:
    change = operations.rename(root / "b" / "two.rest", "three")
    run_there_and_back(change, root)
    assert change.renamed == ((root / "b" / "two.rest", root / "b" / "three.rest"),)
    run_there_and_back(operations.rename(root / "a", "A.2"), root)
    assert "A.2/one.http" in listed(root)
    assert operations.rename(root / "b", "b").steps == ()


@pytest.mark.parametrize("name", ["b", "x/y", "", "NUL", "..", "x" * 300])
def test_names_that_cannot_be_are_refused(root: Path, name: str) -> None:
    with pytest.raises(Refused):
        operations.rename(root / "a", name)


def test_moves(root: Path) -> None:
    one, deep = root / "a" / "one.http", root / "a" / "deep"
    run_there_and_back(operations.move([one, deep, root / "a"], root / "b"), root)
    assert "b/a/one.http" in listed(root)
    assert operations.move([root / "b" / "a"], root / "b").steps == ()


def test_nothing_is_moved_or_copied_into_itself_or_over_another(root: Path, trash: Trash) -> None:
    (root / "b" / "one.http").write_text("")
    with pytest.raises(Refused, match="into itself"):
        operations.move([root / "a"], root / "a" / "deep")
    with pytest.raises(Refused, match="into itself"):
        operations.copy([root / "a"], root / "a", trash)
    with pytest.raises(Refused, match=r"“one\.http” is in “b” already"):
        operations.move([root / "a" / "one.http"], root / "b")


def test_copies(root: Path, trash: Trash) -> None:
    run_there_and_back(operations.copy([root / "a", root / "b" / "two.rest"], root / "b", trash), root)
    assert {"b/a/one.http", "b/a/deep", "b/two 2.rest"} <= listed(root)
    run_there_and_back(operations.duplicate(root / "a", trash), root)
    assert "a 2/one.http" in listed(root)


def test_what_is_deleted_comes_back_whole(root: Path, trash: Trash, tmp_path: Path) -> None:
    change = operations.delete([root / "a", root / "a" / "one.http", root / "b" / "two.rest"], trash)
    run_there_and_back(change, root)
    assert listed(root) == {"b"}
    assert change.what == "deletion of 2 files and folders"
    assert not list((tmp_path / "Trash" / "info").glob("*")) or trash.take is not None


def test_a_place_taken_meanwhile_is_not_written_over(root: Path, trash: Trash) -> None:
    back = operations.delete([root / "b" / "two.rest"], trash).run()
    (root / "b" / "two.rest").write_text("new")
    with pytest.raises(Refused, match="is there already"):
        back.run()
    assert (root / "b" / "two.rest").read_text() == "new"


def test_an_emptied_trash_is_told(root: Path, trash: Trash, tmp_path: Path) -> None:
    back = operations.delete([root / "b" / "two.rest"], trash).run()
    shutil.rmtree(tmp_path / ("trash" if trash.folder.exists() else "Trash"))
    with pytest.raises(Refused, match="is not in the trash any more"):
        back.run()


def test_several_are_moved_all_or_none(root: Path) -> None:
    change = operations.move([root / "a" / "one.http", root / "a" / "deep"], root / "b")
    (root / "a" / "deep").rmdir()
    with pytest.raises(Refused, match="“deep” is not there any more"):
        change.run()
    assert (root / "a" / "one.http").exists()


def test_what_the_system_refuses_is_a_sentence(root: Path, trash: Trash, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(root / "c"))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(
        Refused, match=r"The creation of “c” failed: it is not allowed \(c\)\. Nothing has been changed\."
    ):
        operations.new_folder(root, trash, "c").run()


def test_it_says_which_paths_it_touches(root: Path) -> None:
    change = operations.move([root / "a"], root / "b")
    assert change.touches(root / "a" / "one.http")
    assert change.touches(root / "b" / "a" / "one.http")
    assert not change.touches(root / "b" / "two.rest")
