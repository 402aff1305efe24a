"""Tests of request bodies: JSON, XML and forms, and attacks on their readers (SECURITY.md S4, S14, S15)."""

import codecs
from urllib.parse import quote, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from servers.guard import Refusal
from servers.rest.bodies.documents import ACCEPT_POST, FORM, read_document, read_form
from servers.rest.definition import Definition
from servers.rest.problems import Problem
from servers.rest.strict_json import Json, Number, write
from tests.servers.rest.representations.examples import PLAYERS, documents

JSON = "application/json"
XML = "application/xml"


def refusal(data: bytes, content_type: str, definition: Definition = PLAYERS) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_document(data, content_type, definition)
    assert caught.value.detail.endswith(".")
    return caught.value


def document_or_status(data: bytes, content_type: str) -> dict[str, Json] | int:
    try:
        return read_document(data, content_type, PLAYERS)
    except Refusal as found:
        return found.status


def fault(data: bytes, content_type: str) -> tuple[str, str]:
    """The only fault of a body that is refused with 400: its pointer and its text."""
    found = refusal(data, content_type)
    assert isinstance(found, Problem)
    assert found.status == 400
    (only,) = found.faults
    return only.pointer, only.detail


# Media types


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "text/plain; charset=application/json",
        "application/xmlx",
        "image/png",
        "multipart/form-data; boundary=x",
        "application/problem+xml",
        "application/json; charset=latin-1",
        "application/xml; charset=iso-8859-1",
        f"{FORM}; charset=iso-8859-1",
        "application/json, application/json",
        "json",
        "*/*",
        "\u202eevil\x1b",
    ],
)
def test_another_media_type_is_refused_and_those_that_are_taken_are_named(content_type: str) -> None:
    found = refusal(b'{"name": "Michu"}', content_type)
    assert found.status == 415
    assert found.headers == {"Accept-Post": ACCEPT_POST}
    assert "\x1b" not in found.detail
    assert "\u202e" not in found.detail


@pytest.mark.parametrize(
    ("content_type", "data"),
    [
        (JSON, b'{"name": "Michu"}'),
        ("application/json; charset=utf-8", b'{"name": "Michu"}'),
        ("application/vnd.api+json", b'{"name": "Michu"}'),
        (XML, b"<player><name>Michu</name></player>"),
        ("TEXT/XML; charset=UTF-8", b"<player><name>Michu</name></player>"),
        ("application/vnd.player+xml", b"<player><name>Michu</name></player>"),
        (FORM, b"name=Michu"),
        (f"{FORM};charset=utf-8", b"name=Michu"),
    ],
)
def test_a_document_comes_in_every_media_type_that_is_named(content_type: str, data: bytes) -> None:
    assert read_document(data, content_type, PLAYERS) == {"name": "Michu"}


@pytest.mark.parametrize("content_type", [JSON, XML])
def test_an_empty_body_is_no_document(content_type: str) -> None:
    assert refusal(b"", content_type).status == 400


_XML_PARTS = [
    "<player>",
    "</player>",
    "<a ",
    "</a>",
    "type='number'>",
    "type='json'>",
    "<item/>",
    "<member name='",
    "'>",
]
_XML_PARTS += [
    "<!DOCTYPE[",
    "<!ENTITY ",
    "]>",
    "&b;",
    "&#0;",
    "<?xml encoding='",
    "utf-16'?>",
    "<![CDATA[",
    "]]>",
    "xmlns='",
]
_OTHER_PARTS = [
    "1e9",
    "true",
    "\0",
    '{"',
    '":',
    "}",
    "[",
    "]",
    "%",
    "%ff",
    "%00",
    "&",
    "=",
    "+",
    "name",
    "tags",
    "\ufeff",
]
_parts = st.lists(st.sampled_from([*_XML_PARTS, *_OTHER_PARTS]), max_size=12).map("".join)
_type = st.sampled_from([JSON, XML, "text/xml; charset=utf-16", FORM, "application/a+json", "application/a+xml"])


@given(st.binary(max_size=300) | _parts.map(str.encode), _type)
@example(b"<\x00", "text/xml")
@example(codecs.BOM_UTF16_LE + b"<", XML)
@example(codecs.BOM_UTF32_LE, XML)
@example(b"<a>&undefined;</a>", XML)
def test_any_bytes_are_a_document_or_refused(data: bytes, content_type: str) -> None:
    found = document_or_status(data, content_type)
    assert found == 400 or (isinstance(found, dict) and read_document(write(found).encode(), JSON, PLAYERS) == found)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), st.binary(max_size=20))
def test_any_content_type_is_known_or_refused(content_type: str, data: bytes) -> None:
    found = document_or_status(data, content_type)
    assert found in {400, 415} if isinstance(found, int) else isinstance(found, dict)


# JSON


@settings(max_examples=40)
@given(documents)
def test_json_comes_as_it_is(document: dict[str, Json]) -> None:
    assert read_document(write(document).encode(), JSON, PLAYERS) == document


def test_json_that_is_no_object_is_refused() -> None:
    assert fault(b"[1]", JSON) == ("", "It must be a JSON object.")


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"a": NaN}',
        b'{"a": 1, "a": 2}',
        b'{"a": ' + b"1" * 1001 + b"}",
        b'{"a": "\\ud800"}',
        b"\xff",
        b"\xef\xbb\xbf{}",
    ],
    ids=lambda data: repr(data[:20]),
)
def test_hostile_json_is_refused(data: bytes) -> None:
    assert refusal(data, JSON).status == 400


# Forms


def test_a_form_has_members_control_fields_and_texts() -> None:
    data = b"_method=PUT&_match=%22a%22&name=Zo%C3%AB+B.&goals=12&shirt=&captain=true&tags=%5B%22a%22%5D&other=1"
    form = read_form(data, PLAYERS)
    assert form.members == {"name": "Zo\u00eb B.", "goals": Number("12"), "captain": True, "tags": ["a"], "other": "1"}
    assert form.control == {"_method": "PUT", "_match": '"a"'}
    assert form.texts == {"name": "Zo\u00eb B.", "goals": "12", "captain": "true", "tags": '["a"]', "other": "1"}


@pytest.mark.parametrize(
    ("data", "members"),
    [
        (b"", {}),
        (b"&&", {}),
        (b"name", {}),
        (b"name=", {}),
        (b"name=a=b", {"name": "a=b"}),
        (b"n%61me=%61", {"name": "a"}),
        ("name=Zo\u00eb".encode(), {"name": "Zo\u00eb"}),
        (b"=a", {"": "a"}),
        (b"goals=twelve", {"goals": "twelve"}),
        (b"tags=a", {"tags": ["a"]}),
        (b"tags=a&tags=&tags=1", {"tags": ["a", "1"]}),
        (b"tags=&tags=a", {"tags": ["a"]}),
        (b"numbers=1&numbers=x", {"numbers": [Number("1"), "x"]}),
        (b"tags=[1", {"tags": "[1"}),
        (b"name=a%0D%0Ab", {"name": "a\nb"}),
        (b"name=a%00", {"name": "a\x00"}),
        (b"name=;", {"name": ";"}),
    ],
)
def test_fields_become_members(data: bytes, members: dict[str, Json]) -> None:
    assert read_document(data, FORM, PLAYERS) == members


@pytest.mark.parametrize(
    "data", [b"name=%", b"name=%4", b"name=%zz", b"%=1", b"name=%FF", b"name=\xff", b"name=%ED%A0%80"]
)
def test_a_badly_encoded_form_is_refused(data: bytes) -> None:
    assert refusal(data, FORM).status == 400


@pytest.mark.parametrize("name", ["name", "goals", "other", "_method", "a/b"])
def test_a_field_that_is_there_twice_is_refused_unless_it_is_an_array(name: str) -> None:
    pointer, detail = fault(f"{name}=1&{name}=2".encode(), FORM)
    assert pointer == "/" + name.replace("/", "~1")
    assert "2 times" in detail


def test_a_form_has_at_most_a_thousand_fields() -> None:
    data = "&".join(f"a{number}=1" for number in range(1000)).encode()
    assert len(read_document(data, FORM, PLAYERS)) == 1000
    assert "1,000 fields" in refusal(data + b"&b=1", FORM).detail
    assert refusal(b"&" * 1_000_000, FORM).status == 400


def test_json_in_a_field_may_not_go_deeper_than_a_json_body() -> None:
    assert refusal(b"tags=" + b"[" * 64 + b"]" * 64, FORM).status == 400


_texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).map(
    lambda t: t.replace("\r\n", "\n")
)


@given(st.dictionaries(_texts.filter(lambda name: not name.startswith("_") and name not in PLAYERS.properties), _texts))
def test_texts_come_through_a_form_as_they_are(fields: dict[str, str]) -> None:
    assert read_document(urlencode(fields).encode(), FORM, PLAYERS) == fields
    everything_escaped = "&".join(f"{quote(name, safe='')}={quote(text, safe='')}" for name, text in fields.items())
    assert read_document(everything_escaped.encode(), FORM, PLAYERS) == fields
