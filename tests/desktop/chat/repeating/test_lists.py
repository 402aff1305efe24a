"""Lists of messages as they are typed and as they stand in files."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.outgoing import Form, Outgoing
from desktop.chat.repeating import lists
from desktop.chat.repeating.lists import MOST, read_list, typed_list

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def expected(values: list[object], **layout: int) -> list[Outgoing]:
    """What these are as messages."""
    return [
        Outgoing(value) if isinstance(value, str) else Outgoing(json.dumps(value, **layout), Form.JSON)  # type: ignore[arg-type] # of dumps
        for value in values
    ]


def file(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_typed_lines() -> None:
    assert typed_list("one\n\n  two  \n \nthree\u2028x\n") == (
        Outgoing("one"),
        Outgoing("  two  "),
        Outgoing("three\u2028x"),
    )
    assert typed_list("\n") == ()


@given(st.lists(JSON, min_size=1, max_size=6))
def test_json_arrays_and_lines(tmp_path_factory: pytest.TempPathFactory, values: list[object]) -> None:
    folder = tmp_path_factory.mktemp("lists")
    assert list(read_list(file(folder, "a.json", json.dumps(values)))) == expected(values)
    lines = "\n".join(json.dumps(value) for value in values)
    assert list(read_list(file(folder, "a.jsonl", lines))) == expected(values)
    assert list(read_list(file(folder, "a.ndjson", lines.replace("\n", "\r\n\r\n")))) == expected(values)


def test_json_is_sent_as_it_is_written(tmp_path: Path) -> None:
    number = "9" * 5000 + ".10"
    path = file(tmp_path, "a.json", f'\ufeff [ {{ "a":1.10 }} ,\n{number}\t, "line\\n" ]\n')
    assert read_list(path) == (Outgoing('{ "a":1.10 }', Form.JSON), Outgoing(number, Form.JSON), Outgoing("line\n"))


def test_a_file_of_plain_text(tmp_path: Path) -> None:
    assert read_list(file(tmp_path, "a.txt", "eins\r\n\r\nzwei {{x}}\n[")) == tuple(
        Outgoing(text) for text in ("eins", "zwei {{x}}", "[")
    )


def test_json_lines_may_be_called_json(tmp_path: Path) -> None:
    assert read_list(file(tmp_path, "a.json", '{"a": 1}\n{"a": 2}')) == (
        Outgoing('{"a": 1}', Form.JSON),
        Outgoing('{"a": 2}', Form.JSON),
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.json", "[1,\n2", "“a.json” cannot be used: line 2 lacks a comma or the end of the array."),
        ("a.json", "[1 2]", "“a.json” cannot be used: line 1 lacks a comma or the end of the array."),
        ("a.json", "[1,]", "“a.json” cannot be used: line 1 has a comma before the end of the array."),
        ("a.json", "[1] 2", "“a.json” cannot be used: line 1 ends the array, but more follows."),
        ("a.json", "[1,\n\nx]", "“a.json” cannot be used: line 3 is not JSON (Expecting value)."),
        ("a.json", "[" * 200_000, "“a.json” cannot be used: line 1 has JSON that is nested too deep."),
        ("a.json", "[]", "“a.json” has no messages in it."),
        ("a.jsonl", "1\n2 3", "“a.jsonl” cannot be used: line 2 is not one JSON value, as each line of JSON Lines is."),
        ("a.jsonl", "1\n{", "“a.jsonl” cannot be used: line 2 is not one JSON value, as each line of JSON Lines is."),
        ("a.txt", b"ok\n\xff", "“a.txt” cannot be used: it is not UTF-8 text (byte 3)."),
        ("a.txt", " \n", "“a.txt” has no messages in it."),
        ("a.txt", "x\n" * (MOST + 1), "“a.txt” cannot be used: a list may have 10,000 messages, and there are more."),
        (
            "a.json",
            f"[{'1,' * MOST}1]",
            "“a.json” cannot be used: a list may have 10,000 messages, and there are more.",
        ),
        ("a\u202e.txt", "", "“a\\u202e.txt” has no messages in it."),
    ],
)
def test_faults_are_sentences(tmp_path: Path, name: str, content: str | bytes, sentence: str) -> None:
    path = file(tmp_path, name, content)
    with pytest.raises(ValueError, match=r"\.$") as caught:
        read_list(path)
    assert str(caught.value) == sentence


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no such file"):
        read_list(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(ValueError, match="it is not a file"):
            read_list(path)


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "LARGEST", 1024 * 1024)
    assert len(read_list(file(tmp_path, "a.txt", "x" * 1024 * 1024))) == 1
    with pytest.raises(ValueError, match="it has more than the 1 MiB that a list may have"):
        read_list(file(tmp_path, "a.txt", "x" * (1024 * 1024 + 1)))
