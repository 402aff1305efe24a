"""Tests of XML in request bodies: what it means, and attacks on its reader (SECURITY.md S15)."""

from time import thread_time

import pytest

from servers.guard import Refusal
from servers.rest.bodies.documents import read_document
from servers.rest.bodies.xml_values import ATOM
from servers.rest.definition import Definition
from servers.rest.problems import Problem
from servers.rest.strict_json import Json, Number
from tests.servers.rest.representations.examples import PLAYERS

XML = "application/xml"


def refusal(data: bytes, content_type: str = XML) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_document(data, content_type, PLAYERS)
    assert caught.value.status == 400
    assert caught.value.detail.endswith(".")
    return caught.value


def fault(data: bytes) -> tuple[str, str]:
    """The only fault of a body that is refused: its pointer and its text."""
    found = refusal(data)
    assert isinstance(found, Problem)
    (only,) = found.faults
    return only.pointer, only.detail


def player(inside: str) -> bytes:
    return f"<player>{inside}</player>".encode()


def xml(inside: str) -> dict[str, Json]:
    return read_document(player(inside), XML, PLAYERS)


def test_types_are_those_of_the_elements_else_those_of_the_schema() -> None:
    assert xml(
        "<name>12</name><goals>12</goals><shirt/><captain>true</captain><guess>2.50</guess><other>12</other>"
        "<typed type='number'>1E2</typed><flag type='boolean'>false</flag><no type='null'/><as type='string'>1</as>"
    ) == {
        "name": "12",
        "goals": Number("12"),
        "shirt": None,
        "captain": True,
        "guess": Number("2.50"),
        "other": "12",
        "typed": Number("1E2"),
        "flag": False,
        "no": None,
        "as": "1",
    }


def test_what_is_inside_tells_arrays_from_objects() -> None:
    assert xml(
        "<tags><item>a</item><item>1</item></tags> <numbers><item>1</item></numbers>"
        "<address><street>1</street></address><other><item>a</item></other><json type='json'>[1, {}]</json>"
    ) == {
        "tags": ["a", "1"],
        "numbers": [Number("1")],
        "address": {"street": "1"},
        "other": {"item": "a"},
        "json": [Number("1"), {}],
    }


def test_comments_cdata_processing_instructions_and_links_are_passed_over() -> None:
    atom = "xmlns:a='http://www.w3.org/2005/Atom'"
    data = (
        f"<?xml version='1.0'?><!-- a --><player {atom}><?pi?><name>Mi<!-- b --><![CDATA[<c>]]>hu</name>"
        "<a:link rel='self' href='/players/1'>x<a:b/></a:link><a:link rel='up' href='/'/></player>"
    )
    assert read_document(data.encode(), XML, PLAYERS) == {"name": "Mi<c>hu"}


@pytest.mark.parametrize(
    ("inside", "pointer", "words"),
    [
        ("<goals type='number'>twelve</goals>", "/goals", "not a number"),
        ("<goals type='number'>012</goals>", "/goals", "not a number"),
        ("<goals type='number'>NaN</goals>", "/goals", "not a number"),
        ("<goals type='number'>0x1F</goals>", "/goals", "not a number"),
        ("<goals type='number'>\u0661</goals>", "/goals", "not a number"),
        ("<goals type='number'/>", "/goals", "not a number"),
        (f"<goals type='number'>{'1' * 1001}</goals>", "/goals", "1,000 characters"),
        ("<goals type='number'>true</goals>", "/goals", "not a number"),
        ("<captain type='boolean'>1</captain>", "/captain", "not a boolean"),
        ("<captain type='null'>1</captain>", "/captain", "not a null"),
        ("<captain type='json'>{</captain>", "/captain", "not a json"),
        ("<goals type='int'>1</goals>", "/goals", "must be string, number"),
        ("<a><b type='number'>x</b></a>", "/a/b", "not a number"),
        ("<numbers type='array'><item>1</item><item type='number'>x</item></numbers>", "/numbers/1", "not a number"),
        ("<tags type='array'><tag>a</tag></tags>", "/tags", "must be <item>"),
        ("<tags type='array'>a</tags>", "/tags", "text between"),
        ("<name>a<b/></name>", "/name", "text between"),
        ("<a><b/>c</a>", "/a", "text between"),
        ("<name type='string'><b/></name>", "/name", "elements inside"),
        ("<name>a</name><name>b</name>", "/name", "twice"),
        ("<name>a</name><member name='name'>b</member>", "/name", "twice"),
        ("<member json='x'/>", "", "string as JSON"),
        ("<member json='1'/>", "", "string as JSON"),
        ("<member name='a/b~'><c/><c/></member>", "/a~1b~0/c", "twice"),
        ("stray", "", "text between"),
    ],
)
def test_a_fault_in_xml_is_named_at_its_place(inside: str, pointer: str, words: str) -> None:
    found, detail = fault(player(inside))
    assert found == pointer
    assert words in detail


@pytest.mark.parametrize("root", ["players", "team", "Player", "member", "html"])
def test_another_root_element_is_refused(root: str) -> None:
    assert fault(f"<{root}><name>a</name></{root}>".encode())[1].startswith("The root element must be <player>")


def test_a_root_element_that_is_no_object_is_refused() -> None:
    assert fault(b"<player type='array'><item/></player>")[0] == ""


@pytest.mark.parametrize("name", ["player", "my player", "member", "xml", "a\x00b"])
def test_the_root_element_may_be_a_member_with_a_name(name: str) -> None:
    attribute = "json='\"a\\u0000b\"'" if "\x00" in name else f"name='{name}'"
    data = f"<member {attribute}><name>Michu</name></member>".encode()
    assert read_document(data, XML, Definition(name, PLAYERS.schema)) == {"name": "Michu"}


@pytest.mark.parametrize(
    "data",
    [
        b"<player><name>a</player>",
        b"<player/><player/>",
        b"<player>&nbsp;</player>",
        b"<player>&#0;</player>",
        b"<player>&#xD800;</player>",
        b"<player>\x01</player>",
        b"<player a='1' a='2'/>",
        b"<a:player/>",
        b" <?xml version='1.0'?><player/>",
        b"<player><name>",
        b" ",
        b"player",
        b"{}",
    ],
)
def test_malformed_xml_is_refused_with_its_place(data: bytes) -> None:
    assert "Malformed XML in line 1, column" in refusal(data).detail


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<player xmlns='urn:a'/>", "in a namespace"),
        (b"<player xmlns:a='urn:a'><a:name/></player>", "in a namespace"),
        (b"<player xmlns:a='urn:a' a:b='c'/>", "means nothing here"),
        (b"<player id='1'/>", "\u201cid\u201d means nothing here"),
    ],
)
def test_what_would_be_lost_is_refused(data: bytes, words: str) -> None:
    assert words in refusal(data).detail


_DECLARED = '<?xml version="1.0" encoding="{}"?><player><name>Zo\u00eb</name></player>'


@pytest.mark.parametrize(
    ("declared", "charset", "encoding"),
    [
        ("utf-8", "", "utf-8"),
        ("UTF-8", "utf-8", "utf-8"),
        ("utf-8", "", "utf-8-sig"),
        ("UTF-16", "", "utf-16"),
        ("utf-16", "utf-16", "utf-16"),
    ],
)
def test_utf_8_and_utf_16_are_read(declared: str, charset: str, encoding: str) -> None:
    content_type = XML + (f"; charset={charset}" if charset else "")
    data = _DECLARED.format(declared).encode(encoding)
    assert read_document(data, content_type, PLAYERS) == {"name": "Zo\u00eb"}


@pytest.mark.parametrize(
    ("declared", "charset", "encoding"),
    [
        ("iso-8859-1", "", "utf-8"),
        ("iso-8859-1", "", "iso-8859-1"),
        ("utf-8", "", "iso-8859-1"),
        ("utf-16", "", "utf-8"),
        ("utf-8", "", "utf-16"),
        ("utf-8", "utf-16", "utf-8"),
        ("utf-16", "utf-8", "utf-16"),
        ("utf-7", "", "utf-8"),
        ("no-such", "", "utf-8"),
        ("\x1b", "", "utf-8"),
        ("utf-16-le", "", "utf-16-le"),
        ("utf-32", "", "utf-32"),
    ],
)
def test_an_encoding_that_lies_or_is_another_is_refused(declared: str, charset: str, encoding: str) -> None:
    content_type = XML + (f"; charset={charset}" if charset else "")
    found = refusal(_DECLARED.format(declared).encode(encoding), content_type)
    assert "\x1b" not in found.detail


def _laughs(levels: int) -> str:
    entities = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(levels))
    return f'<!DOCTYPE player [<!ENTITY l0 "ha">{entities}]><player><name>&l{levels};</name></player>'


_MIB = 1024 * 1024
_NAMED = "<a p:b=''/>"
_MANY = " ".join(f"a{n}=''" for n in range(100_000))
_LONG = "urn:" + "x" * (_MIB // 2)

_ATTACKS = {
    "billion laughs": _laughs(10),
    "quadratic blow-up": f'<!DOCTYPE a [<!ENTITY a "{"a" * 100_000}">]><player><name>{"&a;" * 100_000}</name></player>',
    "external entity": '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><player><name>&a;</name></player>',
    "external entity over HTTP": '<!DOCTYPE a [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]><player><name>&a;</name></player>',
    "parameter entity": '<!DOCTYPE a [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]><player/>',
    "external subset": '<!DOCTYPE player SYSTEM "http://127.0.0.1:9/a.dtd"><player/>',
    "default attributes": '<!DOCTYPE a [<!ATTLIST name type CDATA "number">]><player><name>1</name></player>',
    "a bare DTD": "<!DOCTYPE player><player/>",
    "depth": "<a>" * (_MIB // 3),
    "depth as JSON": f"<player><a type='json'>{'[' * 900_000}</a></player>",
    "elements": f"<player><tags type='array'>{'<item/>' * 140_000}</tags></player>",
    "attributes": f"<player {_MANY}/>",
    "a long namespace for elements": f"<player xmlns:p='{_LONG}'>{'<p:a/>' * 80_000}</player>",
    "a long namespace for attributes": f"<player xmlns:p='{_LONG}'>{_NAMED * 40_000}</player>",
    "a long namespace inside a link": f"<player xmlns:p='{_LONG}' xmlns='{ATOM}'>{_NAMED * 40_000}",
    "a long number": f"<player><goals type='number'>{'1' * 900_000}</goals></player>",
    "a long declaration": f"<?xml version='1.0' {'encoding ' * 100_000}?><player/>",
    "a comment without an end": "<player><!-- " + "- " * 400_000,
}


@pytest.mark.parametrize("attack", _ATTACKS)
def test_hostile_xml_is_refused_at_once(attack: str) -> None:
    data = _ATTACKS[attack].encode()
    start = thread_time()
    refusal(data)
    assert thread_time() - start < 0.5


@pytest.mark.parametrize("kind", ["object", "json"])
def test_depth_is_that_of_json(kind: str) -> None:
    def nested(levels: int) -> bytes:
        inner = (
            "[" * (levels - 2) + "]" * (levels - 2) if kind == "json" else "<a>" * (levels - 2) + "</a>" * (levels - 2)
        )
        return player(f"<a><b type='{kind}'>{inner}</b></a>")

    assert read_document(nested(64), XML, PLAYERS)
    assert refusal(nested(66)).status == 400
