"""Tests of variables: those of a file, and what earlier responses brought."""

import gzip

import pytest

from desktop.explorer.chaining import Variables
from desktop.explorer.request import Request
from tests.desktop.explorer.replies import reply

CREATED = reply(
    201,
    b'{"id": 1736184243098437392, "x": 1.50, "name": "Nathan \\u0044yer", "ok": true, "no": null, "a b": "c",'
    b' "teams": [{"id": 7}, [8, 9]]}',
    (("Location", "/players/41"), ("X-Two", "1"), ("x-two", "2")),
)


def value(name: str) -> str | None:
    return Variables({}, {"created": CREATED, "my list": CREATED}).get(name)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("$.id", "1736184243098437392"),
        ("$.x", "1.50"),
        ("$.name", "Nathan Dyer"),
        ("$.ok", "true"),
        ("$.no", "null"),
        ("$['a b']", "c"),
        ('$["a b"]', "c"),
        ("$.teams[0].id", "7"),
        ("$.teams[1][1]", "9"),
        ("$.teams", None),
        ("$", None),
        ("$.teams[2]", None),
        ("$.teams.id", None),
        ("$.id.more", None),
        ("$.name[0]", None),
        ("$[0]", None),
        ("$.none", None),
        ("$.id[", None),
        ("$id", None),
        ("//id", None),
    ],
)
def test_members_of_a_json_body(path: str, expected: str | None) -> None:
    assert value(f"created.response.body.{path}") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("created.response.headers.location", "/players/41"),
        ("created.response.headers.X-Two", "1"),
        ("created.response.headers.None", None),
        ("my list.response.headers.Location", "/players/41"),
        ("other.response.headers.Location", None),
        ("created.response", None),
        ("created.request.headers.Location", None),
        ("%created.response.headers.Location", "%2Fplayers%2F41"),
    ],
)
def test_header_fields(name: str, expected: str | None) -> None:
    assert value(name) == expected


@pytest.mark.parametrize("path", ["", ".*"])
def test_the_whole_body_without_its_content_coding(path: str) -> None:
    zipped = reply(200, gzip.compress("é".encode()), (("Content-Encoding", "gzip"),))
    assert Variables({}, {"one": zipped})[f"one.response.body{path}"] == "é"


def test_a_body_that_is_not_json_has_no_members() -> None:
    for body in (b"<a/>", b"[" * 100_000, b"\xff"):
        assert "one.response.body.$.id" not in Variables({}, {"one": reply(200, body)})


def test_values_use_other_variables_and_later_responses() -> None:
    replies = {"created": reply()}
    known = Variables({"host": "http://h", "player": "{{host}}{{ created.response.headers.Location }}"}, replies)
    typed = Request("GET", "{{player}}?q={{%host}}", (), "{{nobody}}")
    before = typed.resolve(known)
    assert before.url == "http://h{{ created.response.headers.Location }}?q=http%3A%2F%2Fh"
    assert before.unresolved == ("created.response.headers.Location", "nobody")
    replies["created"] = CREATED
    assert typed.resolve(known).url == "http://h/players/41?q=http%3A%2F%2Fh"
    assert list(known) == ["host", "player"]
    assert len(known) == 2


def test_variables_that_lead_back_to_themselves_stay_as_written() -> None:
    known = Variables({"a": "1{{b}}", "b": "2{{a}}", "c": "{{c}}"}, {})
    assert known["a"] == "12{{a}}"
    assert known["b"] == "21{{b}}"
    assert known["c"] == "{{c}}"
