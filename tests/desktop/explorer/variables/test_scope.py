"""Tests of what stands for names: files, environments, values in values."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.model.request import Request
from desktop.explorer.variables.scope import LIMIT, Layer, Scope, scope_at
from desktop.widgets.variables import fill
from tests.desktop.explorer.replies import reply

PUBLIC, PRIVATE = "http-client.env.json", "http-client.private.env.json"


def scope(**values: str) -> Scope:
    return Scope((Layer("file", values),), {})


def test_values_use_other_variables_and_responses() -> None:
    replies = {"created": reply(201, b"", (("Location", "/players/41"),))}
    layer = Layer("file", {"host": "http://h", "player": "{{host}}{{ created.response.headers.Location }}"})
    typed = Request("GET", "{{player}}?q={{%host}}", (), "{{nobody}}")
    before = typed.resolve(Scope((layer,), {}))
    assert before.url == "http://h{{ created.response.headers.Location }}?q=http%3A%2F%2Fh"
    assert before.unresolved == ("created.response.headers.Location", "nobody")
    known = Scope((layer,), replies)
    assert typed.resolve(known).url == "http://h/players/41?q=http%3A%2F%2Fh"
    assert list(known) == ["host", "player"]
    assert len(known) == 2


def test_variables_that_lead_back_to_themselves_stay_as_written() -> None:
    known = scope(a="1{{b}}", b="2{{a}}", c="{{c}}")
    assert known["a"] == "12{{a}}"
    assert known["c"] == "{{c}}"


def test_what_would_grow_without_end_has_no_value() -> None:
    values = {f"v{number}": f"{{{{v{number - 1}}}}}" * 2 for number in range(1, 40)}
    known = scope(v0="x" * 100, **values)
    assert len(known["v10"]) == 102_400
    assert len(known["v39"]) <= LIMIT
    assert "{{" in known["v39"]


def test_a_very_long_chain_ends() -> None:
    values = {f"v{number}": f"{{{{v{number - 1}}}}}" for number in range(1, 5000)}
    assert "{{" in scope(v0="x", **values)["v4999"]


def test_a_value_that_uses_a_long_one_often_is_none() -> None:
    known = scope(a="x" * 900_000, b="{{a}}" * 100_000)
    assert "b" not in known
    assert len(known["a"]) == 900_000


def test_odd_names_and_half_characters_have_no_or_some_value() -> None:
    known = scope(a="\ud800")
    assert "%" * 5000 + "a" not in known
    assert known["%a"] == "%ED%A0%80"
    assert "$processEnv \ud800" not in known


def test_what_is_random_in_a_value_stays_the_same_in_one_scope() -> None:
    known = scope(id="{{$uuid}}")
    assert known["id"] == known["id"]
    assert known["$uuid"] != known["$uuid"]
    assert scope(id="{{$uuid}}")["id"] != known["id"]


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    write(
        root, PUBLIC, '{"$shared": {"a": "shared", "n": 1.50, "s": "s"}, "dev": {"a": "dev", "b": "dev", "c": "dev"}}'
    )
    write(root, PRIVATE, '{"dev": {"b": "private", "key": "k3y"}}')
    write(root / "sub", PUBLIC, '{"dev": {"c": "nearer"}, "prod": {"c": "prod"}}')
    write(root / "sub", "x.http", "@d = file\n@e = {{a}}!\nGET http://h/\n")
    write(root, ".env", "# no\nA = 1\nexport B='two words'\n")
    return root


def test_the_nearest_goes_first(collection: Path) -> None:
    known = scope_at(collection / "sub" / "x.http", collection, "dev", {})
    assert {name: known[name] for name in "abcdens"} == {
        "a": "dev", "b": "private", "c": "nearer", "d": "file", "e": "dev!", "n": "1.50", "s": "s",
    }  # fmt: skip
    assert known["$dotenv A"] == "1"
    assert known["$dotenv B"] == "two words"
    assert "$dotenv C" not in known
    assert scope_at(collection / "sub" / "x.http", collection, "", {})["a"] == "shared"
    assert scope_at(collection / "sub" / "x.http", collection, "dev", {}, {"a": "asked"})["a"] == "asked"
    assert "b" not in scope_at(collection / "sub" / "x.http", collection / "sub", "dev", {})


def test_what_is_private_is_known_as_such(collection: Path) -> None:
    known = scope_at(None, collection, "dev", {"login": reply()})
    secrets = {one.name: one.secret for one in known.known()}
    assert secrets["b"]
    assert secrets["key"]
    assert not secrets["a"]
    assert known.secrets() == {"private", "k3y"}
    assert {"login.response.body.$", "$uuid"} <= secrets.keys()


def test_a_changed_file_is_read_again(collection: Path) -> None:
    path = collection / "sub" / "x.http"
    assert scope_at(path, collection, "dev", {})["d"] == "file"
    path.write_text("@d = changed\nGET http://h/\n")
    assert scope_at(path, collection, "dev", {})["d"] == "changed"
    path.unlink()
    assert "d" not in scope_at(path, collection, "dev", {})


def test_looking_again_is_quick(collection: Path) -> None:
    path = collection / "sub" / "x.http"
    begin = time.perf_counter()
    for _ in range(200):
        scope_at(path, collection, "dev", {}).get("a")
    assert time.perf_counter() - begin < 5


def test_what_is_no_file_has_no_variables(tmp_path: Path) -> None:
    for name in ("x.http", ".env"):
        os.mkfifo(tmp_path / name)
    known = scope_at(tmp_path / "x.http", tmp_path, "dev", {})
    assert not list(known)
    assert "$dotenv A" not in known


@given(st.text(), st.dictionaries(st.text(), st.text()))
def test_any_text_can_be_filled(text: str, values: dict[str, str]) -> None:
    filled = fill(text, scope(**values))
    assert filled == text or "{{" in text
