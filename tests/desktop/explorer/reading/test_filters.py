"""Tests of JSONPath and XPath filters: what they select is cut out of the source."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.explorer.reading import filter_jobs, filters
from desktop.explorer.reading.filter_jobs import select_json
from desktop.explorer.reading.filters import Filtered, FilterError, Place, jsonpath, xpath
from desktop.explorer.reading.json_places import normalized
from desktop.explorer.reading.source import Source
from desktop.explorer.reading.xml_jobs import select_xml
from desktop.explorer.sending.blob import Blob
from tests.conftest import Run


def by_json(data: bytes, path: str) -> list[tuple[str, str]]:
    """The values and their paths; each must stand where its place says."""
    return collected(data, select_json, path)


def by_xml(data: bytes, expression: str, content_type: str = "application/xml") -> list[tuple[str, str]]:
    return collected(data, select_xml, expression, content_type)


def collected(data: bytes, select: object, *arguments: str) -> list[tuple[str, str]]:
    pieces, places = bytearray(), list[Place]()

    def take(news: tuple[bytes, list[Place]]) -> None:
        pieces.extend(news[0])
        places.extend(news[1])

    assert callable(select)
    assert select(Source(data), *arguments, take) == len(places)
    values, at = [], 0
    for start, end, path in places:
        length = end - start if start >= 0 else pieces.index(b"\n", at) - at
        value = bytes(pieces[at : at + length])
        assert start < 0 or data[start:end] == value
        values.append((value.decode(), path))
        at += length + 1
    assert at == len(pieces)
    return values


BODY = """ {"a":[1736184243098437392, 1.0, 1E+2,{"b" : "\\u00e4ü"}], "a'\\n":[ ],
"dup":{"x":1},"dup":{"x":2.50},"é":[[0],[ 1 , 2 ]] } """.encode()


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("$.a[0]", [("1736184243098437392", "$['a'][0]")]),
        ("$.a[1:3]", [("1.0", "$['a'][1]"), ("1E+2", "$['a'][2]")]),
        ("$..b", [('"\\u00e4ü"', "$['a'][3]['b']")]),
        ("$['a\\'\\n']", [("[ ]", "$['a\\'\\n']")]),
        ("$.dup.x", [("2.50", "$['dup']['x']")]),
        ("$['é'][1]", [("[ 1 , 2 ]", "$['é'][1]")]),
        ("$['é'][*][?@ > 0]", [("1", "$['é'][1][0]"), ("2", "$['é'][1][1]")]),
        ("$", [(BODY.decode().strip(), "$")]),
        ("$.nothing", []),
    ],
)
def test_values_as_they_were_received(path: str, values: list[tuple[str, str]]) -> None:
    assert by_json(BODY, path) == values


def test_every_one_of_several_values() -> None:
    assert by_json('\ufeff{"a":1}\n{"a":"ü"}\n{"b":3}{"a":4.0}'.encode(), "$.a") == [
        ("1", "$['a']"),
        ('"ü"', "$['a']"),
        ("4.0", "$['a']"),
    ]


KEYS = st.text(max_size=3)
VALUES = st.recursive(
    st.integers() | KEYS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4)
)


@given(VALUES, st.sampled_from([None, 1]))
@settings(max_examples=60)
def test_every_descendant_is_found_by_its_path(value: object, indent: int | None) -> None:
    data = json.dumps(value, indent=indent, ensure_ascii=False).encode("utf-8", "surrogatepass")
    for text, path in by_json(data, "$..*"):
        (again,) = by_json(data, path)
        assert again == (text, path)


def test_normalized_paths() -> None:
    assert normalized(["a", 0, "it's\\", "\x0b\t"]) == "$['a'][0]['it\\'s\\\\']['\\u000b\\t']"


@pytest.mark.parametrize(
    ("data", "path", "sentence"),
    [
        (b"{}", "$[", "This is not a JSONPath: "),
        (b"{", "$", "The body is not JSON, so that no JSONPath applies: see line 1, column 2."),
        (b"  ", "$", "The body is empty."),
        (b"[" * 100_000, "$", "The body is nested too deeply to be filtered."),
    ],
)
def test_what_cannot_be_filtered_is_a_sentence(data: bytes, path: str, sentence: str) -> None:
    with pytest.raises(FilterError) as raised:
        by_json(data, path)
    assert str(raised.value).startswith(sentence)


def test_numbers_of_any_length() -> None:
    digits = "9" * 5_000
    assert by_json(f"[{digits}]".encode(), "$[0]") == [(digits, "$[0]")]


XML = """<?xml version="1.0"?>
<r xmlns="urn:d" xmlns:p="urn:p"><a  k='1'>x &amp; y</a ><p:b/><a k="2"><![CDATA[<z>]]></a><!--c--><ü>é</ü></r>"""


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("//_:a", [("<a  k='1'>x &amp; y</a >", "/*/*[1]"), ('<a k="2"><![CDATA[<z>]]></a>', "/*/*[3]")]),
        ("//p:b", [("<p:b/>", "/*/p:b")]),
        ("//*[@k='2']/@k", [("2", "/*/*[3]/@k")]),
        ("//_:a/text()", [("x & y", "/*/*[1]/text()"), ("<z>", "/*/*[3]/text()")]),
        ("count(//*)", [("5", "")]),
        ("1 div 2", [("0.5", "")]),
        ("//_:a = 'q'", [("false", "")]),
        ("string(//_:ü)", [("é", "")]),
        ("//comment()", [("<!--c-->", "/*/comment()")]),
        ("//nothing", []),
    ],
)
def test_xpath(expression: str, values: list[tuple[str, str]]) -> None:
    assert by_xml(XML.encode(), expression) == values


def test_xml_in_other_encodings() -> None:
    text = '<?xml version="1.0" encoding="ENCODING"?><r><a>é</a></r>'
    latin = text.replace("ENCODING", "iso-8859-1").encode("latin-1")
    pieces: list[bytes] = []
    select_xml(Source(latin), "//a", "text/xml", lambda news: pieces.append(news[0]))
    assert pieces == [b"<a>\xe9</a>\n"]
    wide = text.replace("ENCODING", "utf-16").encode("utf-16")
    pieces.clear()
    select_xml(Source(wide), "string(//a)", "text/xml", lambda news: pieces.append(news[0]))
    assert pieces == ["é\n".encode()]


def test_html() -> None:
    page = b"<!doctype html><p>one<p class=x>two<br></p>"
    assert by_xml(page, "//p[@class]", "text/html; charset=utf-8") == [
        ('<p class="x">two<br></p>', "/html/body/p[2]"),
    ]


LAUGHS = '<!DOCTYPE r [<!ENTITY a "<q>ha</q>"><!ENTITY f SYSTEM "file:///etc/hostname">]><r>&a;&f;<q>ho</q></r>'


def test_entities_are_not_followed() -> None:
    for expression in ("//q", "string(/r)"):
        with pytest.raises(FilterError, match="The body declares entities of its own"):
            by_xml(LAUGHS.encode(), expression)
    assert by_xml(b'<!DOCTYPE r SYSTEM "file:///etc/passwd"><r>&x;</r>', "string(/r)") == [("", "")]


@pytest.mark.parametrize(
    ("data", "expression", "sentence"),
    [
        (b"<a", "//a", "The body is not well-formed XML, so that no XPath applies: "),
        (b"", "//a", "The body is not well-formed XML"),
        (b"<a/>", "//[", "This is not an XPath 1.0 for this body: Invalid expression."),
        (b"<a/>", "//q:a", "This is not an XPath 1.0 for this body: Undefined namespace prefix."),
        (b"<a>" * 5_000 + b"</a>" * 5_000, "//a", "The body is not well-formed XML"),
    ],
)
def test_what_xpath_cannot_do_is_a_sentence(data: bytes, expression: str, sentence: str) -> None:
    with pytest.raises(FilterError) as raised:
        by_xml(data, expression)
    assert str(raised.value).startswith(sentence)


def test_in_a_child_process(run: Run) -> None:
    filtered = run(jsonpath(Blob(BODY), "$.a[0,1]"))
    assert (filtered.count, filtered.note, filtered.text.read()) == (2, "", b"1736184243098437392\n1.0\n")
    filtered = run(xpath(Blob(XML.encode()), "//p:b"))
    assert filtered.text.read() == b"<p:b/>\n"
    with pytest.raises(FilterError, match="This is not a JSONPath"):
        run(jsonpath(Blob(b"{}"), "$["))


def test_more_than_can_be_shown_is_counted(run: Run) -> None:
    filtered: Filtered = run(jsonpath(Blob(json.dumps(list(range(12_000))).encode()), "$[*]"))
    assert filtered.count == 12_000
    assert len(filtered.places) == filter_jobs.MOST
    assert filtered.note == "The first 10,000 of 12,000 values are shown."


def test_too_large_and_too_slow(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "PATIENCE", 0.01)
    with pytest.raises(FilterError, match=r"The filter was given up after 0 s\."):
        run(jsonpath(Blob(b"[]"), "$"))
    monkeypatch.setattr(filters, "LARGEST", 1 << 20)
    with pytest.raises(FilterError, match="A body of more than 1 MB cannot be filtered"):
        run(jsonpath(Blob(b"[" * (1 << 20) + b"]"), "$"))
