"""Tests of what earlier responses bring."""

import pytest

from desktop.explorer.variables.chaining import MOST
from desktop.explorer.variables.scope import Scope
from tests.desktop.explorer.replies import reply

CREATED = reply(
    201,
    b'{"id": 1736184243098437392, "x": 1.50, "name": "Nathan \\u0044yer", "ok": true, "no": null, "a b": "c",'
    b' "teams": [{"id": 7}, [8, 9]]}',
    (("Location", "/players/41"), ("X-Two", "1"), ("x-two", "2")),
)


def value(name: str) -> str | None:
    return Scope((), {"created": CREATED, "my list": CREATED}).get(name)


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
    zipped = reply(200, b"?", (("Content-Encoding", "gzip"),), decoded="é".encode())
    assert Scope((), {"one": zipped})[f"one.response.body{path}"] == "é"


def test_a_body_that_is_not_json_has_no_members() -> None:
    for body in (b"<a/>", b"[" * 100_000, b"\xff"):
        assert "one.response.body.$.id" not in Scope((), {"one": reply(200, body)})


def test_a_very_long_body_is_not_looked_into() -> None:
    assert "one.response.body.*" not in Scope((), {"one": reply(200, b"a" * (MOST + 1))})


XML = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e "secret">]>
<r xmlns:t="urn:t"><reply id="7">one <b>two</b></reply><reply>&e;</reply><t:x>3</t:x></r>"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("//reply[1]/@id", "7"),
        ("/r/reply[1]", "one two"),
        ("//reply[2]/text()", None),
        ("//none", None),
        ("//[", None),
        ("//t:x", None),
    ],
)
def test_nodes_of_an_xml_body(path: str, expected: str | None) -> None:
    known = Scope((), {"one": reply(200, XML, (("Content-Type", "application/xml"),))})
    assert known.get(f"one.response.body.{path}") == expected


def test_a_body_that_is_not_xml_has_no_nodes() -> None:
    assert "one.response.body.//a" not in Scope((), {"one": reply(200, b"{}")})
