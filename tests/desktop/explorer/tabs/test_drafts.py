"""Drafts survive on the disk."""

from pathlib import Path

from desktop.explorer.model.request import Request
from desktop.explorer.tabs.document import Document
from desktop.explorer.tabs.drafts import Drafts, Open, new_key

A, B = Open("a", Document(Request("GET", "http://a/"))), Open("b", Document(Request("PUT", "http://b/", (), "\ud83d")))


def test_what_was_open_comes_back_in_its_order(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    for one in (A, B):
        drafts.keep(one)
    drafts.keep_order(["b", "a"], 1)
    assert Drafts(tmp_path / "drafts").load() == ((B, A), 1)
    drafts.drop("b")
    drafts.drop("b")
    assert drafts.load() == ((A,), 0)


def test_nothing_was_open(tmp_path: Path) -> None:
    assert Drafts(tmp_path).load() == ((), 0)
    assert new_key() != new_key()


def test_a_draft_that_the_order_does_not_know_comes_back_too(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep_order(["gone", "a"], 7)
    drafts.keep(A)
    drafts.keep(B)
    assert drafts.load() == ((A, B), 1)


def test_damage_is_logged_and_left_where_it_is(tmp_path: Path, expected_logs: list[str]) -> None:
    expected_logs += ["WARNING portside.explorer: The order", "WARNING portside.explorer: The draft"]
    drafts = Drafts(tmp_path)
    drafts.keep(A)
    (tmp_path / "open.json").write_text("[")
    (tmp_path / "z.json").write_text('{"request": 5}')
    assert drafts.load() == ((A,), 0)
    assert (tmp_path / "z.json").exists()
