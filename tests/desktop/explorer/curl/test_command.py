"""curl commands as requests."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.curl.command import NotCurl, read
from desktop.explorer.model.auth import Basic, Bearer, Digest, NoAuth
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.options import Options
from desktop.explorer.model.prepared import PreparedRequest
from desktop.explorer.model.request import Header, Request

MULTIPART = "-H 'Content-Type: multipart/form-data; boundary=x'"
FORM = ("Content-Type", "application/x-www-form-urlencoded")


def one(text: str, folder: Path | None = None) -> Request:
    pasted = read(text, folder)
    assert pasted.warnings == ()
    (request,) = pasted.requests
    return request


def sent(text: str) -> PreparedRequest:
    return one(text).prepare()


def rows(text: str) -> list[tuple[str, str]]:
    return [(row.name, row.value) for row in one(text).headers]


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("curl h", "GET"),
        ("curl -X PUT h", "PUT"),
        ("curl --request pAtCh h", "pAtCh"),
        ("curl -I h", "HEAD"),
        ("curl -d a h", "POST"),
        ("curl -d '' h", "POST"),
        ("curl -F a=b h", "POST"),
        ("curl -G -d a h", "GET"),
        ("curl -G -I -d a h", "HEAD"),
        ("curl -XDELETE -d a h", "DELETE"),
        ("curl --json '{}' h", "POST"),
    ],
)
def test_methods(text: str, method: str) -> None:
    assert one(text).method == method


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("curl -d a -d b=c h", b"a&b=c"),
        ("curl -d '' -d a h", b"&a"),
        ("curl --data-raw @a h", b"@a"),
        ("curl --data-urlencode 'a b' --data-urlencode 'c=d&e' --data-urlencode '==f' h", b"a+b&c=d%26e&%3Df"),
        ("curl --json '{\"a\":' --json ' 1}' h", b'{"a": 1}'),
        ("curl --json a -d b --json c h", b"a&bc"),
        ("curl -d $'a\\r\\nb' h", b"a\r\nb"),
        ("curl -d $'a=b\\n&c' h", b"a=b\n&c"),
        ("curl -d $'\\xff' h", b"\xff"),
        ("curl -d 'é' -H 'Content-Type: text/plain; charset=latin1' h", "é".encode()),
        ("curl -d '< ./a' h", b"< ./a"),
        (f"curl {MULTIPART} -d $'--x\\r\\nA: b\\r\\n\\r\\nc\\r\\n--x--\\r\\n' h", b"--x\r\nA: b\r\n\r\nc\r\n--x--\r\n"),
        (f"curl {MULTIPART} -d 'broken' h", b"broken"),
        ("curl --data-binary @- h <<< 'a b'", b"a b\n"),
        ("printf 'a\\000\\377' | curl --data-binary @- h", b"a\0\xff"),
    ],
)  # fmt: skip
def test_bodies(text: str, body: bytes) -> None:
    assert sent(text).body == body


def test_kinds_of_bodies() -> None:
    assert one("curl -d a=b h").kind is BodyKind.FORM
    assert one("curl --json '{}' h").kind is BodyKind.JSON
    assert one("curl h").kind is BodyKind.NONE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("curl h -H 'A: b' -H 'A:c' -H 'X;'", [("A", "b"), ("A", "c"), ("X", "")]),
        ("curl h -d a", [FORM]),
        ("curl h -d a -H 'content-type: x/y'", [("content-type", "x/y")]),
        ("curl h -d a -H 'Content-Type:'", []),
        ("curl h --json a", [("Content-Type", "application/json"), ("Accept", "application/json")]),
        ("curl h -A b -e c -r 0-5", [("User-Agent", "b"), ("Referer", "c"), ("Range", "bytes=0-5")]),
        ("curl h -A b -H 'user-agent: c'", [("user-agent", "c")]),
        ("curl h -b a=b -b 'c=d; e='", [("Cookie", "a=b;c=d; e=")]),
        ("curl h -b a=b -H 'Cookie: c'", [("Cookie", "c")]),
        ("curl h -C 5", [("Range", "bytes=5-")]),
        ("curl h -z 'Sun, 06 Nov 1994 08:49:37 GMT'", [("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT")]),
        ("curl h -d abc -H 'Content-Length: 3'", [("Content-Length", "3"), FORM]),
        ("curl h -T - <<< a", [("Transfer-Encoding", "chunked")]),
    ],
)
def test_headers(text: str, expected: list[tuple[str, str]]) -> None:
    assert rows(text) == expected


def test_headers_that_are_not_to_be_added() -> None:
    assert one("curl h -H 'Accept:' -H 'X:' -A ''").options.without == {"accept", "user-agent"}
    assert "Accept" not in dict(sent("curl h -H Accept:").headers)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("curl localhost:81", "http://localhost:81/"),
        ("curl h?a -G -d b=c --url-query 'd=e f'", "http://h/?a&d=e+f&b=c"),
        ("curl 'h?a&#x' -G -d b", "http://h/?a&b"),
        ("curl h/a/../b/./c/..", "http://h/b/"),
        ("curl --path-as-is h/a/../b", "http://h/a/../b"),
        ("curl h/a?b --request-target /c?d", "http://h/c?d"),
        ("curl --url h/a", "http://h/a"),
        ("curl -g 'h/{a}[1-2]'", "http://h/{a}[1-2]"),
    ],
)
def test_targets(text: str, target: str) -> None:
    assert str(sent(text).target) == target


def test_sign_in() -> None:
    assert one("curl -u a:b:c h").auth == Basic("a", "b:c")
    assert one("curl -u a:b --digest h").auth == Digest("a", "b")
    assert one("curl --oauth2-bearer t h").auth == Bearer("t")
    assert one("curl -u a:b -H Authorization: h").auth == NoAuth()
    assert one("curl -u a:b --digest --no-digest h").auth == Basic("a", "b")
    for text in ("curl -u a h", "curl -u a:b --anyauth h", "curl -u a:b --digest --oauth2-bearer t h"):
        assert len(read(text).warnings) == 1


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("curl h", Options(follow=False)),
        ("curl h -L", Options()),
        ("curl h -L --max-redirs 3 --post301", Options(max_redirects=3, keep_method=True)),
        ("curl h -Lk -m 1.5 --connect-timeout 2", Options(verify=False, timeout=1.5, connect_timeout=2)),
        ("curl h -L --cacert a -E b --key c", Options(ca_file="a", client_cert="b", client_key="c")),
        ("curl h -L -x p:1 -U 'a:b@'", Options(proxy="http://a:b%40@p:1")),
        ("curl h -L -x https://p", Options(proxy="https://p")),
        ("curl h -L -x ''", Options(proxy="none")),
        ("curl a.example -L --noproxy 'b, .example'", Options(proxy="none")),
        ("curl h -L --noproxy '*'", Options(proxy="none")),
    ],
)
def test_options(text: str, options: Options) -> None:
    assert one(text).options == options


@pytest.mark.parametrize(
    "text",
    [
        "curl h -L -x socks5://p",
        "curl h --location-trusted",
        "curl h -L --max-redirs -1",
        "curl h -m soon",
        "curl h -E cert.pem:secret",
        "curl h -E a --cert-type P12",
        "curl h -H nothing",
        "curl h -H ':authority: x'",
        "curl h -H $'A: \\xff'",
        "curl h -e 'a;auto'",
        "curl h -z yesterday",
        "curl h -C -",
        "curl h --request-target '*'",
        "curl h -d abc -H 'Content-Length: 9'",
        "curl h -d @-",
        "curl h --http2",
        "curl h -n",
        "curl h -F a",
        "curl h -F 'a=(;type=multipart/mixed'",
        "curl h -F 'a=b;quark'",
        "curl 'h/[z'",
        "curl h; ls",
    ],
)
def test_what_cannot_be_carried_over_is_named(text: str) -> None:
    pasted = read(text)
    assert len(pasted.requests) == 1
    assert len(pasted.warnings) == 1


@pytest.mark.parametrize(
    "text",
    ["", "hello", "http://h/", "wget h", "curl", "curl -k", "curl h -d a -F b=c", "curl h -T a -d b", "curl h -Id a"],
)
def test_what_is_refused(text: str) -> None:
    with pytest.raises(NotCurl) as caught:
        read(text)
    assert caught.value.sentence


def test_several_requests() -> None:
    pasted = read("curl a b -d x --next c\ncurl 'd/[1-2]' && curl.exe e")
    assert [(one.method, one.url) for one in pasted.requests] == [
        ("POST", "a"),
        ("POST", "b"),
        ("GET", "c"),
        ("GET", "d/1"),
        ("GET", "d/2"),
        ("GET", "e"),
    ]


def test_a_copy_of_a_browser_for_bash() -> None:
    request = one(
        "curl 'http://h/a?b=c' \\\n  -H 'accept: */*' \\\n  -b 'd=e' \\\n"
        "  --data-raw $'{\"f\":\"g\\u0021 \\'h\\'\"}' \\\n  --insecure"
    )
    assert request.headers == (Header("accept", "*/*"), Header(*FORM), Header("Cookie", "d=e"))
    assert request.body == '{"f":"g! \'h\'"}'


def test_a_copy_of_a_browser_for_cmd() -> None:
    request = one(
        'curl --location ^"http://h/a?b=^%^41^" ^\r\n  -H ^"accept: ^\\^"x^\\^"^" ^\r\n'
        '  --data-raw ^"^{^\\^"f^\\^":1^}^"\r\n'
    )
    assert (request.url, request.headers[0].value, request.body) == ("http://h/a?b=%41", '"x"', '{"f":1}')


def test_variables() -> None:
    pasted = read('curl "$HOST/a" -H "Authorization: Bearer ${TOKEN}"')
    assert pasted.requests[0].unresolved == ("HOST", "TOKEN")
    assert len(pasted.warnings) == 2


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for beginning in ("curl ", 'curl ^"'):
        try:
            pasted = read(beginning + text)
        except NotCurl:
            continue
        assert pasted.requests
