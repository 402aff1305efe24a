"""Tests of how views become responses: entity tags of a document's states, header fields, what is kept."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servers.rest import responses
from servers.rest.definition import Definition
from servers.rest.formats import FORMATS, JSON, TEXT
from servers.rest.responses import LARGEST_KEPT, Memory, Written, item_tags, whole_tags, write
from servers.rest.storage.rows import Row
from tests.servers.rest.representations.examples import ENTRY, item, listing

BONY = item({"name": "Bony"})
ROWS = Definition("rows", {})


def test_an_item_has_the_tag_of_its_state_and_its_format() -> None:
    tags = [write(BONY, one, "").tag for one in FORMATS.values()]
    assert tags == item_tags(BONY.row)
    assert len(set(tags)) == len(FORMATS)
    assert write(BONY, JSON, "format=json").tag == tags[0]
    part = write(replace(BONY, fields=("name",)), JSON, "_fields=name").tag
    assert part not in tags
    assert whole_tags([part, "*"]) == [tags[0], "*"]


rows = st.builds(
    Row,
    doc=st.just(1),
    key=st.just("7"),
    numeric=st.just(1),
    version=st.integers(1, 3),
    updated=st.integers(0, 2),
    text=st.sampled_from(['{\n  "a": 1\n}', '{\n  "a": 2\n}']),
)


@settings(max_examples=50)
@given(rows, rows)
def test_tags_of_two_states_are_never_alike(one: Row, other: Row) -> None:
    assert (one == other) == bool(set(item_tags(one)) & set(item_tags(other)))


def test_every_body_ends_with_one_line_break() -> None:
    for one in FORMATS.values():
        for view in (BONY, listing(BONY), listing(), ENTRY):
            body = write(view, one, "").body
            assert body.endswith(b"\n")
            assert not body.endswith(b"\n\n")


def test_links_are_in_the_header_where_the_body_has_none() -> None:
    assert "Link" not in write(BONY, JSON, "").headers
    assert 'rel="self"' in write(item({}, definition=ROWS), JSON, "").headers["Link"]
    page = write(listing(BONY), JSON, "").headers
    assert (page["X-Total-Count"], 'rel="next"' in page["Link"]) == ("40", True)
    assert "X-Total-Count" not in write(ENTRY, JSON, "").headers
    assert all(write(one, TEXT, "").headers["Link"].isascii() for one in (listing(BONY), item({}, definition=ROWS)))


def test_pages_bring_their_security_policy() -> None:
    for name, one in FORMATS.items():
        assert ("Content-Security-Policy" in write(BONY, one, "").headers) == ("html" in name)


def test_what_is_kept_is_small_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()
    keys = [(1, "json", f"/players/{number}", "") for number in range(10)]
    large = Written(b"x" * (LARGEST_KEPT + 1), '"t"', {})
    assert memory.keep(keys[0], large) is large
    assert memory.get(keys[0]) is None
    small = Written(b"x" * LARGEST_KEPT, '"t"', {})
    monkeypatch.setattr(responses, "MOST_KEPT", 3)
    for key in keys:
        assert memory.keep(key, small) is memory.get(key) is small
        assert sum(memory.get(one) is not None for one in keys) <= 3
    memory.keep((2, *keys[0][1:]), small)
    assert not any(memory.get(one) for one in keys)
