"""The samples are put where a new user finds them, and never over what is there."""

from pathlib import Path

from desktop import assets
from desktop.explorer.http_files.disk import read_file
from desktop.explorer.workspace.samples import FOLDER, NAMES, put_samples


def test_what_was_changed_stays(tmp_path: Path) -> None:
    folder = put_samples(tmp_path / "home", {"a.http": "GET /a\n", "b.http": "GET /b\n"})
    assert folder == tmp_path / "home" / FOLDER
    (folder / "a.http").write_text("mine")
    (folder / "b.http").unlink()
    put_samples(tmp_path / "home", {"a.http": "GET /a\n", "b.http": "GET /b\n"})
    assert (folder / "a.http").read_text() == "mine"
    assert (folder / "b.http").read_text() == "GET /b\n"


def test_every_sample_has_requests_with_names(tmp_path: Path) -> None:
    folder = put_samples(tmp_path, {name: assets.collection(name) for name in NAMES})
    for name in NAMES:
        requests = read_file(folder / name).requests
        assert requests
        assert all(one.name for one in requests)
