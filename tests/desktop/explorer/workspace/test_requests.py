"""Requests are made, renamed, moved, copied and deleted, and all of it can be taken back to the byte."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.http_files.disk import read_file
from desktop.explorer.http_files.http_file import parse
from desktop.explorer.workspace import requests
from desktop.explorer.workspace.names import Refused
from desktop.explorer.workspace.scan import entries_of
from desktop.explorer.workspace.steps import Change, Place
from desktop.explorer.workspace.trash import Trash

TEXT = "@host = http://a\n\n### A\nGET {{host}}/a\n\n### B\nPOST {{host}}/b\n\n{}\n\n### C\nGET {{host}}/c"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path / "one.http", TEXT)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return written(tmp_path / "two.http", "GET http://x/\r\nX-A: b\r\n")


@pytest.fixture
def trash(tmp_path: Path) -> Trash:
    return Trash(tmp_path / "trash", lambda _: None)


def written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def place(path: Path, index: int) -> Place:
    entries = {entry.index: entry for entry in entries_of(read_file(path))}
    return Place(path, index, entries[index])


def titles(path: Path) -> list[str]:
    return [part.title for part in read_file(path).requests]


def run_there_and_back(change: Change, *paths: Path) -> Change:
    """Do a change, undo it, redo it; the files must be the same to the byte each time."""
    before = [path.read_bytes() for path in paths]
    back = change.run()
    after = [path.read_bytes() for path in paths]
    again = back.run()
    assert [path.read_bytes() for path in paths] == before
    back = again.run()
    assert [path.read_bytes() for path in paths] == after
    assert (back.before, back.after) == (change.after, change.before)
    return back


def test_a_new_request_stands_at_the_end_under_a_free_name(path: Path) -> None:
    run_there_and_back(requests.new(path), path)
    change = requests.new(path)
    change.run()
    assert titles(path) == ["A", "B", "C", "New request", "New request 2"]
    assert change.after == (Place(path, 5),)
    assert "GET {{host}}/c\n\n### New request\nGET http://localhost:5000/\n" in path.read_text()


def test_in_an_empty_file_too(tmp_path: Path) -> None:
    empty = written(tmp_path / "empty.http", "")
    change = requests.new(empty)
    change.run()
    assert titles(empty) == ["New request"]
    assert change.after == (Place(empty, 0),)


def test_a_rename_changes_one_line(path: Path, other: Path) -> None:
    change = requests.rename(place(path, 2), "  Make\tit ")
    run_there_and_back(change, path)
    assert path.read_text() == TEXT.replace("### B", "### Make it")
    assert [(old.text[:5], new.text[:11]) for old, new in change.moved] == [("### B", "### Make it")]
    run_there_and_back(requests.rename(place(other, 0), "X"), other)
    assert other.read_bytes() == b"### X\r\nGET http://x/\r\nX-A: b\r\n"


@pytest.mark.parametrize("title", ["", " ", "\t\n"])
def test_a_name_is_needed(path: Path, title: str) -> None:
    with pytest.raises(Refused, match="A name is needed"):
        requests.rename(place(path, 2), title)


@given(st.text(min_size=1, max_size=20))
def test_a_title_is_what_was_asked_for_or_refused(title: str) -> None:
    try:
        text = requests.entitled("### old\nGET http://a/\n", title)
    except Refused:
        return
    assert parse(text).parts[0].title == title
    assert text.endswith("\nGET http://a/\n")


def test_moving_to_another_file(path: Path, other: Path) -> None:
    change = requests.move([place(path, 1), place(path, 2)], other, 0)
    run_there_and_back(change, path, other)
    assert titles(path) == ["C"]
    assert titles(other) == ["A", "B", ""]
    assert other.read_bytes().startswith(b"### A\r\nGET {{host}}/a\r\n\r\n### B\r\n")
    assert b"\r\n\r\n###\r\nGET http://x/\r\nX-A: b\r\n" in other.read_bytes()
    for _, new in change.moved:
        assert read_file(new.path).parts[new.index].text == new.text


def test_moving_within_a_file_keeps_what_stands_at_its_top(path: Path) -> None:
    change = requests.move([place(path, 3)], path, 0)
    run_there_and_back(change, path)
    assert titles(path) == ["C", "A", "B"]
    assert path.read_text().startswith("@host = http://a\n\n### C\n")
    assert change.after == (Place(path, 1),)
    requests.move([place(path, 1)], path, 3).run()
    assert titles(path) == ["A", "C", "B"]


def test_moving_nowhere_changes_nothing(path: Path) -> None:
    assert requests.move([place(path, 1)], path, 1).steps == ()
    assert requests.move([place(path, 1)], path, 2).steps == ()


def test_variables_of_the_file_stay_when_its_first_request_goes(tmp_path: Path, other: Path, trash: Trash) -> None:
    path = written(tmp_path / "three.http", "\ufeff# about\n@host = http://a\nGET {{host}}\n\n### B\nGET {{host}}/b\n")
    change = requests.move([place(path, 0)], other)
    run_there_and_back(change, path, other)
    assert path.read_text() == "\ufeff# about\n@host = http://a\n### B\nGET {{host}}/b\n"
    assert other.read_bytes().endswith(b"\r\n\r\n###\r\nGET {{host}}\r\n\r\n")
    requests.delete([place(path, 1)], trash).run()
    assert path.read_text() == "\ufeff# about\n@host = http://a\n"


def test_copies_get_a_name_of_their_own(path: Path, other: Path) -> None:
    run_there_and_back(requests.duplicate([place(path, 1), place(path, 2)]), path)
    assert titles(path) == ["A", "B", "A 2", "B 2", "C"]
    run_there_and_back(requests.copy([place(path, 1)], other), other)
    assert titles(other) == ["", "A"]


def test_what_is_deleted_lies_in_the_trash(path: Path, trash: Trash) -> None:
    change = requests.delete([place(path, 1), place(path, 3)], trash)
    run_there_and_back(change, path)
    assert titles(path) == ["B"]
    assert (trash.folder / "A.http").read_text() == "### A\nGET {{host}}/a\n\n"
    assert change.what == "deletion of 2 requests"


def test_a_change_can_be_taken_back_though_other_requests_have_changed(path: Path, trash: Trash) -> None:
    back = requests.delete([place(path, 2)], trash).run()
    path.write_text(path.read_text().replace("/c", "/changed"))
    back.run()
    assert titles(path) == ["A", "B", "C"]
    assert path.read_text().endswith("/changed")


def test_what_has_changed_since_is_left_alone(path: Path) -> None:
    back = requests.rename(place(path, 2), "New name").run()
    path.write_text(path.read_text().replace("POST", "PUT"))
    before = path.read_bytes()
    with pytest.raises(Refused, match="has been changed meanwhile"):
        back.run()
    assert path.read_bytes() == before


def test_a_request_that_has_moved_since_it_was_listed_is_found(path: Path, trash: Trash) -> None:
    listed = place(path, 2)
    path.write_text(path.read_text().replace("### A", "### New\nGET http://new/\n\n### A"))
    requests.delete([listed], trash).run()
    assert titles(path) == ["New", "A", "C"]
    with pytest.raises(Refused, match="has been changed outside"):
        requests.delete([listed], trash)


def test_half_of_a_change_is_taken_back(path: Path, other: Path) -> None:
    change = requests.move([place(path, 1)], other)
    path.write_text(path.read_text().replace("/a", "/changed"))
    before = other.read_bytes()
    with pytest.raises(Refused):
        change.run()
    assert other.read_bytes() == before


def test_a_file_that_is_gone_is_told(path: Path) -> None:
    listed = place(path, 1)
    path.unlink()
    with pytest.raises(Refused, match=r"“one\.http”: It cannot be read: it is not there any more"):
        requests.rename(listed, "x")


LINES = st.lists(
    st.sampled_from(["###", "### A", "GET http://a/", "@v = 1", "# c", "", "X: y", "{}", "### B"]),
    max_size=14,
).map("\n".join)


@given(st.sampled_from(["", "\ufeff"]), LINES, LINES, st.data())
def test_no_move_loses_or_changes_a_request(
    tmp_path_factory: pytest.TempPathFactory, mark: str, first: str, second: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("move")
    one, two = written(folder / "one.http", mark + first), written(folder / "two.http", second)
    listed = [place(one, part.index) for part in entries_of(parse(mark + first))]
    if not listed:
        return
    chosen = data.draw(st.lists(st.sampled_from(listed), min_size=1, unique_by=lambda one: one.part))
    target = data.draw(st.sampled_from([one, two]))
    at = data.draw(st.none() | st.integers(0, 6))
    before = sorted(repr(part.request) for path in (one, two) for part in read_file(path).requests)
    variables = {**read_file(one).variables, **read_file(two).variables}
    change = requests.move(chosen, target, at)
    run_there_and_back(change, one, two)
    assert sorted(repr(part.request) for path in (one, two) for part in read_file(path).requests) == before
    assert {**read_file(one).variables, **read_file(two).variables} == variables
    assert len(change.after) == len(chosen)
    for _, new in change.moved:
        there = read_file(target).parts[new.index].text
        assert there.removeprefix("\ufeff").rstrip() == new.text.removeprefix("\ufeff").rstrip()
