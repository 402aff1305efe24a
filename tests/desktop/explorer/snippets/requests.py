"""Requests to write in other languages."""

from dataclasses import replace

from hypothesis import strategies as st

from desktop.explorer.model.auth import ApiKey, Basic, Bearer, Digest, OAuth2, Place
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Header, Request

_VALUES = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc", "Zs"]) | st.just(" "))
_NAMES = st.from_regex(r"X-[A-Za-z0-9!#$%&'*+.^_`|~-]{1,8}", fullmatch=True)
_HEADERS = st.lists(st.builds(Header, _NAMES, _VALUES.map(str.strip)), max_size=3).map(tuple)
_URLS = st.builds(
    "http://h.example{}{}".format,
    st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="?#")).map("/{}".format),
    st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#")).map("?{}".format),
)
_TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\"'\\%^!&"), min_size=1)
_AUTHS = st.builds(Basic, st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=":")), _VALUES)
_OPTIONS = st.builds(
    Options,
    timeout=st.none() | st.integers(1, 99).map(float),
    follow=st.booleans(),
    verify=st.booleans(),
    max_redirects=st.integers(0, 60),
    proxy=st.sampled_from(["system", "none", "http://u:p@proxy.example:1"]),
)

REQUESTS = st.builds(
    Request,
    st.sampled_from(["GET", "POST", "PUT", "HEAD", "wHat"]),
    _URLS.filter(lambda url: "{{" not in url),
    _HEADERS,
    _TEXTS | st.just(""),
    st.just(BodyKind.TEXT),
    _AUTHS | st.builds(Bearer, st.from_regex("[a-z]{1,9}", fullmatch=True)),
    _OPTIONS,
)

_JSON = (Header("Content-Type", "application/json"),)
_FORM = (Header("Content-Type", "multipart/form-data; boundary=x"),)
_TWO_PARTS = (
    '--x\nContent-Disposition: form-data; name="a"\n\nb;c\n'
    '--x\nContent-Disposition: form-data; name="d"; filename="e.txt"\nContent-Type: text/plain\n\n< ./f.txt\n--x--\n'
)

EXAMPLES = {
    "plain": Request("GET", "http://h/a?b=c"),
    "json": Request("POST", "http://h/", _JSON, '{"a": "ä",\n "b": \'"}', BodyKind.JSON),
    "bytes": Request("PUT", "http://h/", (), b"\0\xff'%\\\n", BodyKind.TEXT),
    "file": Request("PUT", "http://h/", (), "< ./f.txt", BodyKind.FILE),
    "form": Request("POST", "http://h/", _FORM, _TWO_PARTS, BodyKind.MULTIPART),
    "graphql": Request("POST", "http://h/", _JSON, "{ a }", BodyKind.GRAPHQL),
    "basic": Request(url="http://u:p@h/", options=Options(follow=False, timeout=5, verify=False, proxy="http://p:1")),
    "digest": Request(url="http://h/", auth=Digest("ü", "p"), options=Options(ca_file="a", client_cert="b")),
    "bearer": Request("DELETE", "http://h/", auth=Bearer("t"), options=Options(proxy="none", keep_method=True)),
    "key": Request(url="http://h/?a", auth=ApiKey("k", "v w", Place.QUERY), options=Options(keep_alive=False)),
    "key header": Request(url="h", auth=ApiKey("k", "v"), options=Options(without=frozenset({"accept", "user-agent"}))),
    "oauth": Request(url="http://h/", auth=OAuth2(token_url="http://t/")),
    "variables": Request("POST", "{{host}}/a b#c", (Header("A", "{{b}}"),), "{{c}}", BodyKind.TEXT, Basic("{{u}}", "")),
    "repeated": Request("wHat", "http://h/../'", (Header("A", "1"), Header("a", "2"), Header("Host", "x"))),
    "chunked": Request("POST", "http://h/", (Header("Transfer-Encoding", "chunked"),), "a", BodyKind.TEXT),
    "wrong": Request("GET", "", (), "text", BodyKind.MULTIPART),
    "body of get": Request("GET", "http://h/", _JSON, "{}", BodyKind.JSON),
}
EXAMPLES |= {"mixed": replace(EXAMPLES["form"], headers=(Header("Content-Type", "multipart/mixed; boundary=x"),))}
