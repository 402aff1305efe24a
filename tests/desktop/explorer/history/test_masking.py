"""No secret reaches the disk, and what is not secret stays."""

import base64
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.explorer.history.concealed import Concealer, Starred
from desktop.explorer.history.entry import Entry, NewEntry
from desktop.explorer.history.masking import SIGN, Masker
from desktop.explorer.history.names import is_secret_header
from desktop.explorer.history.store import History
from desktop.explorer.model.auth import ApiKey, Auth, Basic, Bearer, Digest, OAuth2, Place
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Header, Request
from desktop.explorer.sending.blob import Blob
from tests.conftest import Run
from tests.desktop.explorer.history.entries import JSON, entry
from tests.desktop.explorer.replies import reply

SECRET = "s3cr3t-Wört&1"


def kept(run: Run, tmp_path: Path, new: NewEntry, *secrets: str) -> Entry:
    """What comes back of an entry; none of the secrets is in any file."""

    async def scenario() -> Entry:
        history = History(tmp_path / "history.sqlite")
        await history.add(new)
        for secret in secrets:
            assert await history.search(f'"{secret}"') == ()
        loaded = await history.load(1)
        await history.close()
        return loaded

    loaded = run(scenario())
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in secrets:
        for form in (secret.encode(), base64.b64encode(secret.encode()), base64.b64encode(f"me:{secret}".encode())):
            assert form not in written
    return loaded


@pytest.mark.parametrize(
    ("auth", "empty", "what"),
    [
        (Basic("me", "pass-w0rd"), Basic("me"), "the password in Auth"),
        (Bearer("pass-w0rd"), Bearer(), "the token in Auth"),
        (Digest("me", "pass-w0rd"), Digest("me"), "the password in Auth"),
        (ApiKey("X-Mine", "pass-w0rd"), ApiKey("X-Mine"), "the value in Auth"),
        (ApiKey("mine", "pass-w0rd", Place.QUERY), ApiKey("mine", place=Place.QUERY), "the value in Auth"),
        (OAuth2(client_secret="pass-w0rd"), OAuth2(), "the client secret in Auth"),
    ],
)
def test_secrets_of_auth(run: Run, tmp_path: Path, auth: Auth, empty: Auth, what: str) -> None:
    loaded = kept(run, tmp_path, entry(Request("GET", "http://h/", auth=auth)), "pass-w0rd")
    assert loaded.request.auth == empty
    assert loaded.note == f"The history keeps no secrets. Fill in again: {what}."


def test_headers_and_url(run: Run, tmp_path: Path) -> None:
    rows = (
        Header("authorization", "Bearer typed-token"),
        Header("Cookie", "a=session-of-mine; nameless-one; b=2"),
        Header("X-Api-Key", "typed-key"),
        Header("Idempotency-Key", "stays"),
        Header("Referer", "http://h/?token=typed-token"),
    )
    url = "http://me:typed-pw@h/p?access_token=typed-token&a=1&Password=typed-pw#id_token=typed-token"
    sent = Request(
        "GET", url, rows, options=Options(proxy="http://me:typed-pw@proxy:1"), ticked_off=((0, "secret=old-one"),)
    )
    came_with = (
        ("Set-Cookie", "sid=from-server; Path=/"),
        ("Set-Cookie", "nameless-two; Path=/"),
        ("Location", "/?code=1&token=typed-token"),
    )
    secrets = ("typed-token", "typed-key", "typed-pw", "session-of-mine", "nameless", "from-server", "old-one")
    loaded = kept(run, tmp_path, entry(sent, headers=came_with), *secrets)
    assert loaded.request.url == "http://me:@h/p?access_token=&a=1&Password=#id_token="
    assert [row.value for row in loaded.request.headers] == ["Bearer ", "a=; ; b=", "", "stays", "http://h/?token="]
    assert loaded.request.ticked_off == ((0, "secret="),)
    came = loaded.reply
    assert came.request.target.path == f"/p?access_token={SIGN}&a=1&Password={SIGN}"
    assert came.request.target.credentials == f"me:{SIGN}"
    assert ("authorization", f"Bearer {SIGN}") in came.exchange.request_headers
    assert came.exchange.response_headers == (
        ("Set-Cookie", f"sid={SIGN}; Path=/"),
        ("Set-Cookie", f"{SIGN}; Path=/"),
        ("Location", f"/?code=1&token={SIGN}"),
    )
    assert "the header “authorization”, cookies, the header “X-Api-Key”, “token”" in loaded.note


@pytest.mark.parametrize(
    ("kind", "body", "masked"),
    [
        (
            BodyKind.JSON,
            '{"Password": "typed\\"pw", "n": 1.0, "a": {"apiKey":"k1"}}',
            '{"Password": "", "n": 1.0, "a": {"apiKey":""}}',
        ),
        (BodyKind.JSON, '{"password": "{{pw}}", "passwords": "x", "page_token": "p"}', None),
        (
            BodyKind.FORM,
            "grant_type=password&password=a%20b&\n&client_secret=x&page=1",
            "grant_type=password&password=&\n&client_secret=&page=1",
        ),
        (BodyKind.TEXT, "password=stays", None),
        (
            BodyKind.XML,
            '<s:a><wsse:Password Type="x">typed</wsse:Password><token>{{t}}</token><page>1</page></s:a>',
            '<s:a><wsse:Password Type="x"></wsse:Password><token>{{t}}</token><page>1</page></s:a>',
        ),
        (
            BodyKind.MULTIPART,
            '--x\r\nContent-Disposition: form-data; name="password"\r\nA: b\r\n\r\ntyped\r\n--x--\r\n',
            '--x\r\nContent-Disposition: form-data; name="password"\r\nA: b\r\n\r\n\r\n--x--\r\n',
        ),
    ],
)
def test_bodies(run: Run, tmp_path: Path, kind: BodyKind, body: str, masked: str | None) -> None:
    types = {BodyKind.FORM: "application/x-www-form-urlencoded", BodyKind.MULTIPART: "multipart/form-data; boundary=x"}
    rows = (Header("Content-Type", types.get(kind, "text/x")),)
    sent = Request("POST", "http://h/", rows, body, kind)
    prepared = entry(replace(sent, kind=BodyKind.TEXT))
    loaded = kept(run, tmp_path, replace(prepared, request=sent))
    assert loaded.request.body == (body if masked is None else masked)
    assert (
        loaded.reply.request.body
        == (masked or body)
        .replace('""', f'"{SIGN}"')
        .replace("=&", f"={SIGN}&")
        .replace('"x"></', f'"x">{SIGN}</')
        .replace("\r\n\r\n\r\n", f"\r\n\r\n{SIGN}\r\n")
        .encode()
    )


def test_private_variables_are_nowhere(run: Run, tmp_path: Path) -> None:
    """They are masked wherever they were filled in, and where the server sends them back."""
    typed = Request(
        "POST", "http://h/{{p}}?q={{%p}}", (Header("X", "a {{p}}"),), '{"a": "{{p}}"}', auth=Basic("me", "{{p}}")
    )
    filled = typed.resolve({"p": SECRET, "%p": "s3cr3t-W%C3%B6rt%261"})
    came = reply(200, f"you said {SECRET}, 12 and 34".encode(), (("X-Echo", SECRET),), request=filled)
    loaded = kept(run, tmp_path, NewEntry(typed, came, frozenset({SECRET, "12", ""})), SECRET, "s3cr3t")
    assert loaded.request == typed
    assert loaded.note == "Secrets that came back in a response are shown as asterisks."
    assert loaded.reply.decoded.read() == b"you said **************, 12 and 34"
    assert loaded.reply.request.target.path == f"/{SIGN}?q={SIGN}"
    assert loaded.reply.request.body == f'{{"a": "{SIGN}"}}'.encode()
    assert loaded.reply.exchange.response_headers == (("X-Echo", SIGN),)


def test_tokens_that_a_server_hands_out(run: Run, tmp_path: Path) -> None:
    body = b'{"access_token": "given-token", "expires_in": 3600}'
    hop = reply(200, body, JSON, request=Request("POST", "http://h/token", body="grant_type=x"))
    new = entry(body=b"given-token", headers=(("Content-Encoding", "odd"),))
    coded = replace(new.reply, body=Blob(b"coded"), hops=(hop,))
    loaded = kept(run, tmp_path, replace(new, reply=coded), "given-token")
    assert loaded.reply.hops[0].body.read() == b'{"access_token": "***********", "expires_in": 3600}'
    assert loaded.reply.body is loaded.reply.decoded
    assert loaded.reply.body.read() == b"*" * 11


def test_secrets_that_come_back_in_a_long_body(run: Run, tmp_path: Path) -> None:
    """Also across the places where the body is cut to be read, and in what can be searched."""
    before = b"x" * (2**20 - 5)
    body = b"token-of-me " + before + b"token-of-me" + before + b"token-of-me"
    sent = Request("GET", "http://h/", auth=Bearer("token-of-me"))
    loaded = kept(run, tmp_path, entry(sent, body=body, headers=(("Content-Type", "text/plain"),)), "token-of-me")
    assert loaded.reply.decoded.read() == body.replace(b"token-of-me", b"*" * 11)
    assert "asterisks" in loaded.note


def test_what_is_not_secret_stays_to_the_byte(run: Run, tmp_path: Path) -> None:
    body = b'{"password": "of the server", "n":1e400,"n":1 }\xff'
    loaded = kept(run, tmp_path, entry(body=body, headers=(*JSON, ("ETag", '"token"'))))
    assert loaded.reply.body.read() == body
    assert loaded.note == ""
    assert loaded.reply.exchange.response_headers[1] == ("ETag", '"token"')


def test_a_long_body_is_masked_in_pieces() -> None:
    text = '{"a": "' + "x" * 300_000 + '", "password": "pw", "b": "' + "y" * 600_000 + '", "password": "pw"}'
    assert Masker((), "").body(text, form=False) == text.replace('"pw"', '""')


@pytest.mark.parametrize(
    "name", ["Authorization", "Proxy-Authorization", "x-api-key", "X-CSRF-Token", "X-Amz-Signature"]
)
def test_names_of_secret_headers(name: str) -> None:
    assert is_secret_header(name)


@pytest.mark.parametrize("name", ["Sec-WebSocket-Key", "Idempotency-Key", "WWW-Authenticate", "Tokens", "Accept"])
def test_names_of_other_headers(name: str) -> None:
    assert not is_secret_header(name)


def test_short_values_are_taken_where_they_stand_alone() -> None:
    assert Concealer({"12", "abcd"}, "-").text("12 123 a12 (12) xabcdx") == "- 123 a12 (-) x-x"


@given(st.text("abc*", max_size=300), st.sets(st.text("abc", min_size=6, max_size=9)), st.integers(1, 50))
def test_no_secret_is_in_the_pieces_of_a_starred_body(text: str, secrets: set[str], step: int) -> None:
    body = Starred(Blob(text.encode()), secrets)
    pieces = b"".join(body.read(start, step) for start in range(0, len(text), step))
    assert len(pieces) == len(text)
    assert not any(one.encode() in pieces for one in secrets)
    assert body.hides(len(text)) is any(one in text for one in secrets)


@given(st.text(), st.sets(st.text()))
def test_masking_in_bytes_keeps_places(text: str, secrets: set[str]) -> None:
    data = text.encode("utf-8", "replace")
    clean = Starred(Blob(data), secrets).read()
    assert len(clean) == len(data)
    assert all(one in (ord("*"), other) for one, other in zip(clean, data, strict=True))
    assert not any(len(one) > 5 and one.encode("utf-8", "replace") in clean for one in secrets if set(one) != {"*"})
