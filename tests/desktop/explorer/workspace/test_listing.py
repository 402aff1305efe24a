"""The files of a collection are listed as its tree shows them."""

from pathlib import Path

from desktop.explorer.workspace.listing import files_below


def test_folders_come_first_and_what_is_hidden_is_left_out(tmp_path: Path) -> None:
    for name in ("b.http", "a10.http", "a9.rest", "sub/c.http", ".git/x.http", "node_modules/y.http", "_folder.http"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("GET http://h/\n")
    names = [one.relative_to(tmp_path).as_posix() for one in files_below(tmp_path)]
    assert names == ["sub/c.http", "a9.rest", "a10.http", "b.http"]
    assert files_below(tmp_path / "none") == []
