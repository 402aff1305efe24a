"""Every kind of body becomes the bytes that are meant, or a sentence says why it cannot."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.model.body import BodyKind, FilePart, Upload
from desktop.explorer.model.payload import encode, with_files_filled_in
from desktop.explorer.model.prepared import InvalidRequest
from servers.exchange import Headers

TEXTS = (BodyKind.JSON, BodyKind.XML, BodyKind.TEXT, BodyKind.HTML)
FORM_DATA: Headers = (("content-type", 'multipart/form-data; boundary="b b"'),)


def charset(name: str) -> Headers:
    return (("Content-Type", f"text/plain; charset={name}"),)


def refused(kind: BodyKind, body: str, headers: Headers = (), folder: Path | None = None) -> str:
    """The sentence that says why the body cannot be sent."""
    with pytest.raises(InvalidRequest) as caught:
        encode(kind, body, headers, folder)
    assert caught.value.field == "body"
    return caught.value.sentence


class TestTexts:
    @pytest.mark.parametrize("kind", TEXTS)
    @given(text=st.text(st.characters(codec="utf-8")))
    def test_go_out_as_typed_in_utf8(self, kind: BodyKind, text: str) -> None:
        assert encode(kind, text, (), None) == text.encode()

    def test_go_out_in_the_charset_that_is_named(self) -> None:
        assert encode(BodyKind.TEXT, "né", charset("ISO-8859-1"), None) == b"n\xe9"
        assert encode(BodyKind.TEXT, "né", charset('"utf-16"'), None) == "né".encode("utf-16")

    @pytest.mark.parametrize(
        ("text", "name", "sentence"),
        [
            ("n€", "latin1", "“€” (U+20AC) is not in latin1, the charset that the Content-Type names."),
            ("n", "nonsense", "The Content-Type names the charset “nonsense”, which nobody knows."),
            ("n\ud800", "utf-8", "Character 2 of the body is half of a pair."),
        ],
    )
    def test_are_refused_in_a_charset_that_lacks_them(self, text: str, name: str, sentence: str) -> None:
        assert refused(BodyKind.TEXT, text, charset(name)) == sentence

    def test_bytes_and_nothing(self) -> None:
        assert encode(BodyKind.TEXT, b"\xff\0", charset("latin1"), None) == b"\xff\0"
        assert encode(BodyKind.NONE, "kept while another kind is chosen", (), None) == b""


class TestJsonComments:
    @pytest.mark.parametrize(
        ("typed", "sent"),
        [
            ('{"a": 1.0, // one\n "a":1736184243098437392}', '{"a": 1.0, \n "a":1736184243098437392}'),
            ("/* x\n*/[ 1 ,2]/**/", "[ 1 ,2]"),
            ('{"u": "http://x/*y*/", "q": "\\"//"}', '{"u": "http://x/*y*/", "q": "\\"//"}'),
            ('{"open: // no\n} // yes', '{"open: // no\n} '),
            ("[1] /* never closed", "[1] "),
            ("1 / 2 // c\r\n3", "1 / 2 \r\n3"),
            ("", ""),
        ],
    )
    def test_are_kept_out_if_asked_for(self, typed: str, sent: str) -> None:
        assert encode(BodyKind.JSON, typed, (), None, comments=False) == sent.encode()
        assert encode(BodyKind.JSON, typed, (), None) == typed.encode()

    @given(
        st.recursive(
            st.none() | st.text() | st.floats() | st.integers(),
            lambda one: st.lists(one) | st.dictionaries(st.text(), one),
        )
    )
    def test_json_without_any_stays_to_the_byte(self, value: object) -> None:
        text = json.dumps(value, ensure_ascii=True, indent=1)
        assert encode(BodyKind.JSON, text, (), None, comments=False) == text.encode()


class TestForms:
    @pytest.mark.parametrize(
        ("typed", "sent"),
        [
            ("a=b&c=d", "a=b&c=d"),
            ("a=%20+ &a=&=&&b", "a=%20+ &a=&=&&b"),
            ("a=b&\nc=d", "a=b&c=d"),
            ("a = 1 &\n    b = 2&\r\n\tc==3", "a=1&b=2&c==3"),
            ("a=1\n&b=2", "a=1&b=2"),
            ("a=one\ntwo", "a=one\ntwo"),
        ],
    )
    def test_go_out_as_typed_on_one_line(self, typed: str, sent: str) -> None:
        assert encode(BodyKind.FORM, typed, (), None) == sent.encode()


class TestFiles:
    def test_are_read_while_they_are_sent(self, tmp_path: Path) -> None:
        (tmp_path / "a b.bin").write_bytes(b"\r\n\0")
        payload = encode(BodyKind.FILE, "< ./a b.bin", (), tmp_path)
        assert payload == Upload((FilePart(tmp_path / "a b.bin", 3),))
        assert payload.size == 3

    def test_stand_among_lines(self, tmp_path: Path) -> None:
        (tmp_path / "f").write_bytes(b"1")
        payload = encode(BodyKind.FILE, f"first\n< {tmp_path / 'f'}\nlast", charset("latin1"), None)
        assert payload == Upload((b"first\n", FilePart(tmp_path / "f", 1), b"\nlast"))

    def test_with_variables_are_text(self, tmp_path: Path) -> None:
        (tmp_path / "f").write_bytes("{{name}} é".encode("latin1"))
        body = "<@latin1 ./f"
        assert encode(BodyKind.FILE, body, (), tmp_path) == "{{name}} é".encode()
        assert with_files_filled_in(BodyKind.FILE, body, tmp_path) == (BodyKind.TEXT, "{{name}} é")

    def test_beside_others_stay_files(self, tmp_path: Path) -> None:
        (tmp_path / "f").write_text("{{a}}")
        filled = with_files_filled_in(BodyKind.FILE, "<@ f\n< ./other", tmp_path)
        assert filled == (BodyKind.FILE, "{{a}}\n< ./other")
        assert with_files_filled_in(BodyKind.XML, "<@ f", None) == (BodyKind.XML, "<@ f")

    def test_that_cannot_be_read_are_named(self, tmp_path: Path) -> None:
        (tmp_path / "bytes").write_bytes(b"a\xff")
        assert refused(BodyKind.FILE, "< ./none", (), tmp_path) == f"There is no file “{tmp_path / 'none'}”."
        assert refused(BodyKind.FILE, "< .", (), tmp_path) == f"“{tmp_path}” is a folder; a body is made of files."
        assert "save the request first" in refused(BodyKind.FILE, "< ./f")
        assert refused(BodyKind.FILE, "<@ bytes", (), tmp_path).endswith("is not text in utf-8: see byte 2.")
        assert "“so” in “<@so bytes” is not a charset" in refused(BodyKind.FILE, "<@so bytes", (), tmp_path)
        assert "cannot be read" in refused(BodyKind.FILE, "< bytes/x", (), tmp_path)
        assert "cannot be read" in refused(BodyKind.FILE, "< a\0b", (), tmp_path)


class TestMultipart:
    def test_framing_has_crlf_and_content_stays(self, tmp_path: Path) -> None:
        (tmp_path / "f").write_bytes(b"\n\xff\r")
        body = '--b b\nContent-Disposition: form-data; name="t"\n\none\ntwo\n--b b\nX: y\r\n\n< ./f\n--b b--'
        payload = encode(BodyKind.MULTIPART, body, FORM_DATA, tmp_path)
        start = b'--b b\r\nContent-Disposition: form-data; name="t"\r\n\r\none\ntwo\r\n--b b\r\nX: y\r\n\r\n'
        assert payload == Upload((start, FilePart(tmp_path / "f", 3), b"\r\n--b b--\r\n"))

    def test_without_files_is_bytes(self) -> None:
        headers = (("Content-Type", "multipart/mixed; boundary=x"),)
        sent = encode(BodyKind.MULTIPART, "--x\n\na\n--x\nX: 1\n--x--\n", headers, None)
        assert sent == b"--x\r\n\r\na\r\n--x\r\nX: 1\r\n\r\n\r\n--x--\r\n"

    def test_what_is_amiss_is_said(self) -> None:
        assert "must name the boundary" in refused(BodyKind.MULTIPART, "--x\n\na\n--x--")
        assert "No line of the body is “--b b”" in refused(BodyKind.MULTIPART, "--x\n\na\n--x--", FORM_DATA)
        assert "in a line “--b b--”" in refused(BodyKind.MULTIPART, "--b b\n\na", FORM_DATA)


class TestGraphql:
    QUERY = "query A($id: ID!) { a(id: $id) }"

    def sent(self, body: str) -> str:
        payload = encode(BodyKind.GRAPHQL, body, (), None)
        assert isinstance(payload, bytes)
        return payload.decode()

    def test_query_and_variables_as_typed(self) -> None:
        body = self.QUERY + '\n\n{"id": 1736184243098437392.0, // big\n "id": 1e2}\n'
        assert (
            self.sent(body)
            == f'{{"query": "{self.QUERY}", "variables": {{"id": 1736184243098437392.0, \n "id": 1e2}}}}'
        )

    def test_a_query_alone_may_have_blank_lines_and_braces(self) -> None:
        query = '# query X\nfragment F on Y { a(s: "{") }\n\n{ hero { ...F } }'
        assert json.loads(self.sent(query)) == {"query": query}

    def test_of_several_operations_the_first_is_named(self) -> None:
        query = "query One { a }\n\nmutation Two($x: [Int] = {query: 1}) { b }"
        assert json.loads(self.sent(query))["operationName"] == "One"
        assert "operationName" not in json.loads(self.sent(self.QUERY))

    @pytest.mark.parametrize(
        ("variables", "sentence"),
        [
            ('{"a": }', "The variables are not JSON: Expecting value at their line 1, column 7."),
            ('{"a": NaN}', "The variables are not JSON: NaN is not a number there."),
            ('{"a": 1} 2', "The variables are not JSON: Extra data at their line 1, column 10."),
            ('{"a": ' + "[" * 100_000, "The variables are not JSON: they are nested too deeply."),
        ],
    )
    def test_variables_that_are_not_json_are_refused(self, variables: str, sentence: str) -> None:
        assert refused(BodyKind.GRAPHQL, f"{self.QUERY}\n\n{variables}") == sentence

    def test_nothing_is_nothing(self) -> None:
        assert self.sent("") == ""
