"""Tests of opening a data file: which kinds, what comes out of them, and a sentence for whatever is wrong."""

import hashlib
import os
from pathlib import Path

import pytest

from servers.rest.files import data_files
from servers.rest.files.data_files import DataFileError, NewDocument, read_data_file, write_json
from servers.rest.strict_json import Json, Number, write_document


def _file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _refused(path: Path) -> DataFileError:
    with pytest.raises(DataFileError) as caught:
        read_data_file(path)
    assert str(path.parent) not in str(caught.value)
    return caught.value


def test_a_json_file_gives_its_collections_and_keeps_the_rest(tmp_path: Path) -> None:
    data = '\ufeff{"posts": [{"id": 1, "title": "é"}], "tags": [], "profile": {"name": "x"}}'.encode()
    found = read_data_file(_file(tmp_path, "db.json", data))
    assert (found.name, found.digest) == ("db.json", hashlib.sha256(b"db.json\n" + data).hexdigest())
    assert [definition.name for definition, _ in found.collections] == ["posts", "tags"]
    assert [documents for _, documents in found.collections] == [(NewDocument(Number("1"), {"title": "é"}),), ()]
    assert found.collections[0][0].properties == {"title": {"examples": ["é"]}}
    assert found.rest == {"profile": {"name": "x"}}
    assert found.notice.startswith("Not served, because no array: profile.")


def test_what_is_saved_opens_as_the_same(tmp_path: Path) -> None:
    first = read_data_file(_file(tmp_path, "a.json", b'{"a": [{"id": "x", "n": 1.10}], "b": [], "c": {"d": [null]}}'))
    written = write_json(((one.name, map(_text, documents)) for one, documents in first.collections), first.rest)
    second = read_data_file(_file(tmp_path, "b.json", written))
    assert (second.collections, second.rest) == (first.collections, first.rest)


def _text(document: NewDocument) -> str:
    members: dict[str, Json] = {"id": document.id, **document.members}
    return write_document(members)


def test_many_other_members_make_a_short_notice(tmp_path: Path) -> None:
    members = ", ".join(f'"m{number}": {number}' for number in range(5000))
    found = read_data_file(_file(tmp_path, "db.json", f'{{"a": [], {members}}}'.encode()))
    assert "m9 and 4,990 more." in found.notice


@pytest.mark.parametrize("name", ["some rows.csv", "some rows.TSV"])
def test_a_csv_file_is_one_collection(tmp_path: Path, name: str) -> None:
    found = read_data_file(_file(tmp_path, name, "\ufeffid;name;age\r\n1;Zoë;\r\n".encode()))
    ((definition, documents),) = found.collections
    assert definition.name == "some-rows"
    assert list(definition.properties.items()) == [("name", {"examples": ["Zoë"]}), ("age", {})]
    assert documents == (NewDocument(Number("1"), {"name": "Zoë"}),)
    assert (found.rest, found.notice) == ({}, "")


def test_an_unknown_ending_is_json_if_it_begins_like_that(tmp_path: Path) -> None:
    found = read_data_file(_file(tmp_path, "data", b'\xef\xbb\xbf\n {"a": [{}]}'))
    assert found.collections[0][1] == (NewDocument(None, {}),)
    assert "can be opened" in str(_refused(_file(tmp_path, "data.xlsx", b"PK")))


def test_text_is_decoded_in_parts_as_in_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_files, "_PART", 3)
    found = read_data_file(_file(tmp_path, "x.csv", "\ufeffa,b\n€,😀\n".encode()))
    assert found.collections[0][1] == (NewDocument(None, {"a": "€", "b": "😀"}),)


@pytest.mark.parametrize(
    ("name", "data", "line", "words"),
    [
        ("x.json", b'{"a": [{"id": 1},\n{"id": 1}]}', 2, "x.json, line 2: a[1]: The id “1” is taken"),
        ("x.json", b'{"a": [\n{"b": 01}]}', None, "x.json: Malformed JSON in line 2, column"),
        ("x.json", b'{"a": [\n{"b": NaN}]}', None, "x.json: NaN is not a JSON number, in line 2, column 7."),
        ("x.json", b'{"a": [\n\n"\xe9"]}', 3, "x.json, line 3: The text is not UTF-8"),
        ("x.json", b'{"a": "\n\xc3', 2, "not UTF-8"),
        ("x.json", b"", None, "object of arrays"),
        ("x.csv", b"a,b\n1,2\n\xff,2", 3, "x.csv, line 3: The text is not UTF-8"),
        ("x.csv", "a,b\n1,2\n".encode("utf-16"), 1, "not UTF-8"),
        ("x.csv", b"a,b\n1", 2, "x.csv, line 2: This row has 1 cells"),
        ("x.csv", b"", None, "x.csv: There is nothing in it"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_line(
    tmp_path: Path, name: str, data: bytes, line: int | None, words: str
) -> None:
    error = _refused(_file(tmp_path, name, data))
    assert words in str(error)
    assert error.line == line


def test_what_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert str(_refused(tmp_path / "gone.json")) == "gone.json: It cannot be read: No such file or directory."
    folder = tmp_path / "folder.json"
    folder.mkdir()
    assert "It is a folder" in str(_refused(folder))
    assert "It cannot be read" in str(_refused(tmp_path / ("x" * 300 + ".json")))
    path = _file(tmp_path, "closed.json", b"{}")

    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert str(_refused(path)) == "closed.json: It cannot be read: Permission denied."


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.json"
    os.mkfifo(path)
    assert "not a regular file" in str(_refused(path))


def test_too_large_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_files, "MAX_SIZE", 1_000_000)
    assert "larger than 1 MB" in str(_refused(_file(tmp_path, "x.json", b" " * 1_000_001)))


def test_a_name_with_control_characters_is_shown_escaped(tmp_path: Path) -> None:
    assert str(_refused(_file(tmp_path, "a\u202e\n.json", b"[]"))).startswith("a\\u202e\\n.json: ")
    assert read_data_file(_file(tmp_path, "a\udcff.csv", b"x\n1\n")).name == "a\\udcff.csv"
