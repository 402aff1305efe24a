"""Documents: what is open, and how it is kept."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.explorer.model.request import Header, Request
from desktop.explorer.tabs.document import Document, from_json, opened, short, to_json
from desktop.explorer.workspace.origin import Origin

ORIGIN = Origin(Path("/c/a.http"), 2, "### One\nGET http://h/x\n")


def test_an_opened_part_is_as_its_file_has_it() -> None:
    document = opened(ORIGIN)
    assert document.request.url == "http://h/x"
    assert document.request == document.saved
    assert document.name == "One"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://h:1/a/b?c", "/a/b?c"),
        ("h/a", "/a"),
        ("http://h", "h"),
        ("", "New request"),
        ("{{host}}/players", "/players"),
    ],
)
def test_a_request_without_a_file_is_called_by_its_path(url: str, name: str) -> None:
    assert Document(Request("GET", url)).name == name
    assert short(Request("GET", "")) == ""


def test_a_title_goes_before_everything_else() -> None:
    assert Document(Request("GET", "http://h/x"), None, "Mine").name == "Mine"


def test_documents_come_back_from_json() -> None:
    request = Request("PUT", "http://h/", (Header("A", "b", False),), "\ud800{")
    for document in (Document(request, ORIGIN, "t"), Document(request), opened(ORIGIN)):
        assert from_json(json.loads(json.dumps(to_json(document)))) == document


@pytest.mark.parametrize(
    "stored", [{}, {"request": {}, "origin": {}, "title": ""}, {"request": 1, "origin": None, "title": ""}]
)
def test_other_shapes_are_refused(stored: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not a"):
        from_json(stored)


def test_a_tab_is_called_as_in_the_tree_whatever_others_call_the_request_by() -> None:
    origin = Origin(Path("a.http"), 0, "### Create a player\n# @name created\nPOST http://h/\n")
    assert opened(origin).name == "Create a player"
