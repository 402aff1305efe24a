"""Saved messages: kept by name for each server, in a file that is whole or kept aside."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.outgoing import Form, Outgoing
from desktop.chat.repeating.saved import FILE_NAME, NAME_LIMIT, NotSaved, SavedMessage, SavedMessages, server_of

URL = "ws://localhost:8002/room"
A, B, C = (Outgoing(letter) for letter in "abc")

names = st.text(min_size=1, max_size=NAME_LIMIT).filter(lambda name: name == name.strip() != "")
outgoings = st.builds(Outgoing, st.text(st.characters(codec=None)), st.sampled_from(Form), st.text(), st.booleans())


def all_of(saved: SavedMessages, url: str = URL) -> dict[str, Outgoing]:
    return {one.name: one.message for one in saved.of(url)}


def stored(folder: Path) -> Any:
    return json.loads((folder / FILE_NAME).read_bytes())


@given(st.dictionaries(names, outgoings, max_size=5), st.dictionaries(names, outgoings, max_size=3))
def test_what_is_saved_is_there_the_next_time(
    tmp_path_factory: pytest.TempPathFactory, here: dict[str, Outgoing], there: dict[str, Outgoing]
) -> None:
    folder = tmp_path_factory.mktemp("saved") / "made when needed"
    for url, messages in ((URL, here), ("wss://example.com", there)):
        for name, message in messages.items():
            SavedMessages(folder).save(url, name, message)
    again = SavedMessages(folder)
    assert list(all_of(again).items()) == list(here.items())
    assert all_of(again, "wss://example.com:443/") == there


actions = st.tuples(
    st.sampled_from(["save", "remove", "rename", "move"]),
    st.sampled_from("xyz"),
    st.sampled_from("xyz"),
    st.integers(0, 3),
)


@given(st.lists(actions, max_size=15))
def test_changes_as_a_list_of_pairs_has_them(tmp_path_factory: pytest.TempPathFactory, steps: list[Any]) -> None:
    saved = SavedMessages(tmp_path_factory.mktemp("saved"))
    model: list[str] = []
    for what, name, other, place in steps:
        change(saved, model, what, name, other, place)
        assert [one.name for one in saved.of(URL)] == model


def change(saved: SavedMessages, model: list[str], what: str, name: str, other: str, place: int) -> None:
    """Make a change, and make it in the model."""
    if what == "save":
        saved.save(URL, name, A)
        model += [name] if name not in model else []
    elif what == "remove":
        saved.remove(URL, name)
        model[:] = [one for one in model if one != name]
    elif name not in model or (what == "rename" and other != name and other in model):
        with pytest.raises(NotSaved, match=r"(no|a) message of the name"):
            saved.rename(URL, name, other) if what == "rename" else saved.move(URL, name, place)
    elif what == "rename":
        saved.rename(URL, name, other)
        model[model.index(name)] = other
    else:
        saved.move(URL, name, place)
        model.remove(name)
        model.insert(place, name)


def test_the_same_name_is_replaced_where_it_is(tmp_path: Path) -> None:
    saved = SavedMessages(tmp_path)
    for name, message in (("one", A), ("two", B), (" one ", C)):
        saved.save(URL, name, message)
    assert saved.of(URL) == (SavedMessage("one", C), SavedMessage("two", B))
    saved.save(URL, "zero", A, 0)
    assert [one.name for one in saved.of(URL)] == ["zero", "one", "two"]


def test_its_owner_alone_can_read_it(tmp_path: Path) -> None:
    SavedMessages(tmp_path).save(URL, "secret", A)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == [FILE_NAME]


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("ws://localhost", "ws://localhost:80/"),
        (" WS://User:secret@LOCALHOST:8002/a/B?token=1#x ", "ws://localhost:8002/a/B"),
        ("wss://[::1]/x", "wss://[::1]:443/x"),
        *((url, "") for url in ("", "http://localhost", "ws://", "ws://a:99999", "ws://[", "{{url}}")),
    ],
)
def test_the_server_of_a_url(url: str, server: str) -> None:
    assert server_of(url) == server


@given(st.text())
def test_no_url_is_too_strange(url: str) -> None:
    assert server_of(server_of(url)) == server_of(url)


def test_unknown_things_are_kept(tmp_path: Path) -> None:
    key = server_of(URL)
    later = {"name": "x", "text": "old", "raw": True, "colour": "blue"}
    content: Any = {"version": 3, "servers": {key: [1, later, {"no": "name"}], "other": ["y"]}}
    (tmp_path / FILE_NAME).write_text(json.dumps(content))
    saved = SavedMessages(tmp_path)
    assert all_of(saved) == {"x": Outgoing("old", raw=True)}
    saved.save(URL, "x", A)
    saved.save(URL, "y", B)
    saved.move(URL, "y", 0)
    content["servers"][key] = [
        1,
        {"name": "y", "text": "b"},
        {"name": "x", "text": "a", "colour": "blue"},
        {"no": "name"},
    ]
    assert stored(tmp_path) == content


class TestDamagedFile:
    @pytest.fixture
    def expected_logs(self) -> list[str]:
        return ["WARNING portside.chat: The saved messages in "]

    @pytest.mark.parametrize("content", ['{"servers": {', "[1]", "[" * 100_000, "\0"])
    def test_is_kept_aside(self, tmp_path: Path, content: str) -> None:
        for number in (1, 2):
            (tmp_path / FILE_NAME).write_text(content)
            saved = SavedMessages(tmp_path)
            assert saved.of(URL) == ()
            saved.save(URL, "new", A)
            assert (tmp_path / f"saved-messages.damaged-{number}.json").read_text() == content
            assert all_of(saved) == {"new": A}


@pytest.mark.parametrize(
    "servers", [None, [], {server_of(URL): {}}, {server_of(URL): [None, [], {"name": 1, "text": "x"}]}]
)
def test_bad_values_are_none(tmp_path: Path, servers: object) -> None:
    (tmp_path / FILE_NAME).write_text(json.dumps({"servers": servers}))
    saved = SavedMessages(tmp_path)
    assert saved.of(URL) == ()
    saved.save(URL, "new", A)
    assert all_of(saved) == {"new": A}


def test_what_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    saved = SavedMessages(tmp_path)
    works: list[Callable[[], object]] = [lambda: saved.of(URL), lambda: saved.save(URL, "x", A)]
    for work in works:
        with pytest.raises(NotSaved, match="cannot be read: Is a directory"):
            work()
    assert (tmp_path / FILE_NAME).is_dir()


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = SavedMessages(tmp_path)
    saved.save(URL, "one", A)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotSaved, match=r"^The saved messages could not be written: No space left on device\.$"):
        saved.save(URL, "two", B)
    assert all_of(saved) == {"one": A}


@pytest.mark.parametrize(("name", "fault"), [("  ", "needs a name"), ("x" * 101, "100 at most")])
def test_bad_names(tmp_path: Path, name: str, fault: str) -> None:
    saved = SavedMessages(tmp_path)
    saved.save(URL, "one", A)
    with pytest.raises(NotSaved, match=fault):
        saved.save(URL, name, A)
    with pytest.raises(NotSaved, match=fault):
        saved.rename(URL, "one", name)


def test_without_a_url_nothing_can_be_saved(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="type its URL first"):
        SavedMessages(tmp_path).save("localhost", "x", A)
    assert SavedMessages(tmp_path).of("localhost") == ()
