"""Requests go into their files, and secrets into the private environment."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.explorer.model.auth import Bearer
from desktop.explorer.model.request import Header, Request
from desktop.explorer.tabs.document import Document, opened
from desktop.explorer.tabs.keeping import Kept, Outside, keep, keep_new, look_again
from desktop.explorer.workspace.origin import Origin
from tests.conftest import Run

TEXT = "### One\nGET http://h/\n"
SECRET = Request("GET", "http://h/", (), auth=Bearer("abc"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "c" / "a.http"
    path.parent.mkdir()
    path.write_text(TEXT)
    return path


def test_a_document_without_a_place_cannot_be_kept(run: Run, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no place"):
        run(keep(Document(Request())))
    document = Document(Request())
    assert run(look_again(document)) is document


def test_gone_is_not_failed(run: Run, file: Path) -> None:
    document = opened(Origin(file, 0, TEXT))
    file.unlink()
    file.parent.rmdir()
    assert run(look_again(document)) == Outside(None)
    assert run(keep(document)) == Outside(None)
    kept = run(keep(document, force=True))
    assert isinstance(kept, Kept)
    assert file.read_text() == TEXT


def test_another_version_comes_back_as_it_is(run: Run, file: Path) -> None:
    document = opened(Origin(file, 0, TEXT))
    file.write_text(TEXT.replace("h/", "h/x"))
    mine = replace(document, request=Request("PUT", "http://h/"))
    assert run(keep(mine)) == Outside(opened(Origin(file, 0, TEXT.replace("h/", "h/x"))))


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({}, "one_token"),
        ({"http-client.private.env.json": {"$shared": {"one_token": "abc"}}}, "one_token"),
        ({"http-client.private.env.json": {"$shared": {"one_token": "other"}}}, "one_token_2"),
        ({"http-client.private.env.json": {"dev": {"one_token": "other"}}}, "one_token_2"),
        ({"http-client.env.json": {"dev": {"one_token": "other"}}}, "one_token_2"),
        ({"../http-client.env.json": {"dev": {"one_token": "other"}}}, "one_token_2"),
    ],
)
def test_a_secret_gets_a_name_that_means_nothing_else_anywhere(
    run: Run, file: Path, files: dict[str, object], name: str
) -> None:
    for path, content in files.items():
        (file.parent / path).write_text(json.dumps(content))
    kept = run(keep(replace(opened(Origin(file, 0, TEXT)), request=SECRET)))
    assert isinstance(kept, Kept)
    assert kept.document.request.auth == Bearer(f"{{{{{name}}}}}")
    assert kept.typed == SECRET
    private = json.loads((file.parent / "http-client.private.env.json").read_text())
    assert private["$shared"][name] == "abc"
    assert "abc" not in file.read_text()


def test_a_variable_of_the_file_is_not_taken_for_a_secret(run: Run, file: Path) -> None:
    text = "@one_token = x\n### One\nGET http://h/\n"
    file.write_text(text)
    document = opened(Origin(file, 1, TEXT))
    kept = run(keep(replace(document, request=SECRET)))
    assert isinstance(kept, Kept)
    assert kept.document.request.auth == Bearer("{{one_token_2}}")


def test_a_new_request_goes_to_the_end(run: Run, file: Path) -> None:
    request = Request("GET", "http://new/", (Header("A", "b"),))
    kept = run(keep_new(Document(request, None, "New"), file))
    assert isinstance(kept, Kept)
    assert file.read_text() == TEXT + "### New\nGET http://new/\nA: b\n\n"
    assert kept.document.origin is not None
    assert kept.document.origin.index == 1
    assert kept.document.name == "New"


def test_a_new_file_is_not_left_behind_where_nothing_can_be_written(run: Run, file: Path) -> None:
    path = file.with_name("new.http")
    told = run(keep_new(Document(Request("GET", "http://h/\ud800"), None, "New"), path))
    assert isinstance(told, str)
    assert not path.exists()
    told = run(keep_new(Document(SECRET, None, "New"), file / "no folder" / "b.http"))
    assert told == "b.http could not be saved: a part of its path is not a folder. What is typed is still here."
