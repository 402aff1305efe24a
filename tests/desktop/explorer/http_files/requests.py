"""Requests of all kinds, for tests that make them up."""

from dataclasses import replace

from hypothesis import strategies as st

from desktop.explorer.http_files.kinds import kind_of
from desktop.explorer.model.auth import ApiKey, Basic, Bearer, Digest, Grant, Inherit, NoAuth, OAuth2, Place
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Header, Request

TEXT = st.text(max_size=12) | st.sampled_from(["{{a}}", "{{ b c }}", "a b", '"', "=x", "a:b", "C:\\x y", "é", "none"])
LINE = TEXT.map(lambda text: text.replace("\n", "").replace("\r", "").strip())
NAME = st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,8}", fullmatch=True)
AUTH = st.one_of(
    st.just(Inherit()),
    st.just(NoAuth()),
    st.builds(Basic, TEXT, TEXT),
    st.builds(Digest, TEXT, TEXT),
    st.builds(Bearer, TEXT),
    st.builds(ApiKey, TEXT, TEXT, st.sampled_from(Place)),
    st.builds(OAuth2, st.sampled_from(Grant), TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, st.booleans()),
)
SECONDS = st.none() | st.floats(0, 1e6, allow_nan=False)
OPTIONS = st.builds(
    Options,
    SECONDS,
    SECONDS,
    st.booleans(),
    st.integers(0, 99),
    st.booleans(),
    st.booleans(),
    TEXT,
    TEXT,
    TEXT,
    st.sampled_from(["system", "none", "http://user:{{pw}}@h:1"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.frozensets(NAME.map(str.lower), max_size=2),
)
HEADER = st.builds(Header, NAME, LINE, st.booleans()) | st.sampled_from(
    [
        Header("Content-Type", "application/json"),
        Header("Content-Type", "multipart/mixed; boundary=b"),
        Header("Authorization", "Bearer x"),
        Header("Authorization", "Basic YTpi"),
        Header("X-Request-Type", "GraphQL"),
        Header("", "value"),
    ]
)
BODY_LINE = LINE | st.sampled_from(["", " ", "{", "}", "< ./a", "# b", "@c = d", "// @e", "/*", "{{", "HTTP/1.1"])
BODY = st.just("") | st.lists(BODY_LINE, max_size=5).map("\n".join)
WILD_BODY = (
    BODY | st.text() | st.sampled_from(["### a", "> b", "\nHTTP/1.1 200 OK", "{{\n}}", "/*\n*/", "a\r\nb", "<> c"])
)
METHOD = st.sampled_from(["GET", "POST", "PUT", "M-SEARCH", "WEBSOCKET"])
URL = st.sampled_from(["", "http://h", "{{host}}/a?b=c", "/x y", "*"]) | LINE.map("http://h/".__add__)

_REQUESTS = st.builds(
    Request,
    METHOD,
    URL.filter(lambda url: "HTTP/" not in url),
    st.lists(HEADER, max_size=4).map(tuple),
    BODY,
    st.just(BodyKind.TEXT),
    AUTH,
    OPTIONS | st.just(Options()),
    st.lists(st.tuples(st.integers(0, 9), TEXT), max_size=2).map(tuple),
    st.lists(st.tuples(NAME, TEXT), max_size=2).map(tuple),
)


def _with_kind(request: Request, graphql: bool) -> Request:
    assert isinstance(request.body, str)
    return replace(request, kind=kind_of(request.headers, request.body, graphql=graphql))


REQUESTS = st.builds(_with_kind, _REQUESTS, st.booleans())
"""Requests that mostly can stand in a file."""

WILD = st.builds(
    Request, TEXT, TEXT, st.lists(st.builds(Header, TEXT, TEXT, st.booleans()), max_size=3).map(tuple), WILD_BODY
) | st.builds(
    lambda one, kind, body: replace(one, kind=kind, body=body), _REQUESTS, st.sampled_from(BodyKind), WILD_BODY
)
"""Requests that mostly cannot."""
