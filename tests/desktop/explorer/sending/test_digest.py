"""Tests of Digest: the examples of the standards, and servers that ask for it."""

import hashlib
import re
from collections.abc import Callable

import pytest
from aiohttp import web

from desktop.explorer.model.auth import Digest
from desktop.explorer.model.request import Header, Request
from desktop.explorer.model.url import parse_url
from desktop.explorer.sending.digest import Challenge, Digests, challenges
from servers.exchange import header
from tests.conftest import Run
from tests.desktop.explorer.sending.apps import sending, serving, statuses, text_of

MUFASA = Digest("Mufasa", "Circle of Life")
NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
OF_7616 = (
    f'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={{}}, nonce="{NONCE}", '
    'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
)


def challenge(text: str) -> Challenge:
    """The one challenge of a field."""
    (only,) = challenges((("www-authenticate", text),))
    return Challenge(only)


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_examples_of_rfc_7616(algorithm: str, response: str) -> None:
    assert challenge(OF_7616.format(algorithm)).answer(MUFASA, "GET", "/dir/index.html", CNONCE) == (
        f'Digest username="Mufasa", realm="http-auth@example.org", nonce="{NONCE}", uri="/dir/index.html", '
        f'response="{response}", algorithm={algorithm}, opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", '
        f'qop=auth, nc=00000001, cnonce="{CNONCE}"'
    )


def test_a_hidden_user_as_in_rfc_7616_with_its_errata() -> None:
    asked = challenge(
        'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, '
        'nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", charset=UTF-8, userhash=true'
    )
    given = asked.answer(
        Digest("Jäsøn Doe", "Secret, or not?"), "GET", "/doe.json", "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v"
    )
    assert 'username="793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"' in given
    assert 'response="3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5"' in given
    assert given.endswith("userhash=true")


def test_the_example_of_rfc_2617_and_the_form_without_qop() -> None:
    text = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'
    with_qop = challenge(f'{text}, qop="auth"').answer(
        Digest("Mufasa", "Circle Of Life"), "GET", "/dir/index.html", "0a4f113b"
    )
    assert 'response="6629fae49393a05397450978507c4ef1"' in with_qop
    assert "algorithm" not in with_qop
    without = challenge(text).answer(Digest("Mufasa", "CircleOfLife"), "GET", "/dir/index.html", "0a4f113b")
    assert without.endswith('response="1949323746fe6a43ef61f9606e7febea"')


def test_names_beyond_ascii() -> None:
    jason = Digest("Jäsøn", "p")
    plain = challenge('Digest realm="r", nonce="n"').answer(jason, "GET", "/", "c")
    told = challenge('Digest realm="r", nonce="n", charset="utf-8"').answer(jason, "GET", "/", "c")
    quoted = challenge('Digest realm="a\\"b\\\\c", nonce="n"').answer(Digest('u"', ""), "GET", "/", "c")
    assert 'username="Jäsøn"' in plain
    assert "username*=UTF-8''J%C3%A4s%C3%B8n" in told
    assert 'username="u\\"", realm="a\\"b\\\\c"' in quoted


def test_challenges_are_found_among_others() -> None:
    fields = (
        ("WWW-Authenticate", 'Basic realm="b, Digest nonce=\\"no\\"", Digest realm="one",nonce=x , stale=TRUE'),
        ("www-authenticate", "Negotiate abc=="),
        ("WWW-Authenticate", 'DIGEST nonce="y", qop=auth-int, Bearer realm="z"'),
    )
    assert challenges(fields) == [
        {"realm": "one", "nonce": "x", "stale": "TRUE"},
        {"nonce": "y", "qop": "auth-int"},
    ]


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        ('nonce="n", algorithm=SHA-1', False),
        ('nonce="n", qop="auth-int"', False),
        ('realm="r"', False),
        ('nonce="\udcff"', False),
        ('nonce="n", algorithm=sha-256-SESS, qop="auth-int,auth"', True),
    ],
)
def test_what_can_be_answered(text: str, usable: bool) -> None:
    digests, target = Digests(), parse_url("http://h/a")
    assert (digests.learn(MUFASA, target, (("WWW-Authenticate", f"Digest {text}"),)) is not None) is usable
    assert (digests.header_for(MUFASA, "GET", target) is not None) is usable


def test_the_space_of_a_challenge() -> None:
    digests = Digests()
    digests.learn(MUFASA, parse_url("http://h/a"), (("WWW-Authenticate", 'Digest nonce="n", domain="/a http://h/c"'),))
    urls = ("http://h/a/b", "http://h/c?", "http://h/b", "http://h:81/a", "https://h/a")
    asked = [digests.header_for(MUFASA, "GET", parse_url(url)) is not None for url in urls]
    assert asked == [True, True, False, False, False]
    assert digests.header_for(Digest("Mufasa", "other"), "GET", parse_url("http://h/a")) is None


class Vault:
    """Asks for Digest as RFC 7616 has it, and takes each number of a nonce once."""

    def __init__(self, algorithm: str = "SHA-256-sess", extra: str = "") -> None:
        self.nonce = "n1"
        self.asked = 0
        self.counts: list[str] = []
        self.extra = extra
        self._algorithm = algorithm

    async def handle(self, request: web.Request) -> web.Response:
        """Let in who knows the password."""
        await request.read()
        value = request.headers.get("Authorization", "")
        given = {m[1]: m[2] or m[3] for m in re.finditer(r'(\w+)=(?:"([^"]*)"|([^, ]*))', value)}
        if given.get("nonce") == self.nonce and given["response"] == self._expected(request, given):
            self.counts.append(given["nc"])
            return web.Response(text=f"in {request.method}", headers=self._next())
        self.asked += 1
        stale = ", stale=true" if given and given["nonce"] != self.nonce else ""
        text = f'Digest realm="r", nonce="{self.nonce}", qop="auth", algorithm={self._algorithm}{stale}{self.extra}'
        return web.Response(status=401, headers={"WWW-Authenticate": text})

    def _next(self) -> dict[str, str]:
        return {}

    def _expected(self, request: web.Request, given: dict[str, str]) -> str:
        def digest(*parts: str) -> str:
            new: Callable[[bytes], hashlib._Hash] = hashlib.sha256 if "256" in self._algorithm else hashlib.md5
            return new(":".join(parts).encode()).hexdigest()

        secret = digest("u", "r", "p")
        if self._algorithm.endswith("sess"):
            secret = digest(secret, given["nonce"], given["cnonce"])
        what = digest(request.method, request.raw_path)
        assert given["uri"] == request.raw_path
        return digest(secret, given["nonce"], given["nc"], given["cnonce"], "auth", what)


class Rotating(Vault):
    """Names the nonce to use next with every answer."""

    def _next(self) -> dict[str, str]:
        self.nonce = f"{self.nonce}x"
        return {"Authentication-Info": f'nextnonce="{self.nonce}"'}


@pytest.mark.parametrize("algorithm", ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess"])
def test_asked_once_then_never_again(run: Run, algorithm: str) -> None:
    async def scenario() -> None:
        vault = Vault(algorithm)
        async with serving(vault.handle) as root, sending() as client:
            first = await client.send(Request("POST", f"{root}/a%2f b?c=[d]", (), "x", auth=Digest("u", "p")).prepare())
            again = await client.send(Request("GET", f"{root}/other", auth=Digest("u", "p")).prepare())
        assert (statuses(first), text_of(first)) == ([401, 200], "in POST")
        assert (statuses(again), vault.asked, vault.counts) == ([200], 1, ["00000001", "00000002"])
        assert (header(first.request.headers, "Authorization") or "").startswith('Digest username="u"')
        assert header(first.hops[0].request.headers, "Authorization") is None

    run(scenario())


def test_a_stale_nonce_is_replaced(run: Run) -> None:
    async def scenario() -> None:
        vault = Vault()
        async with serving(vault.handle) as root, sending() as client:
            request = Request("GET", root, auth=Digest("u", "p")).prepare()
            await client.send(request)
            vault.nonce = "n2"
            reply = await client.send(request)
        assert (statuses(reply), vault.counts) == ([401, 200], ["00000001", "00000001"])

    run(scenario())


def test_the_next_nonce_is_taken_over(run: Run) -> None:
    async def scenario() -> None:
        vault = Rotating()
        async with serving(vault.handle) as root, sending() as client:
            request = Request("GET", root, auth=Digest("u", "p")).prepare()
            replies = [await client.send(request) for _ in range(3)]
        assert [len(reply.hops) for reply in replies] == [1, 0, 0]

    run(scenario())


@pytest.mark.parametrize(
    ("extra", "user", "words", "asked"),
    [
        ("", "wrong", "did not accept this user name and password", 2),
        (", stale=true", "wrong", "did not accept this user name and password", 4),
        (', algorithm="x"', "u", "", 1),
    ],
)
def test_a_wrong_password_ends_it(run: Run, extra: str, user: str, words: str, asked: int) -> None:
    async def scenario() -> None:
        vault = Vault(extra=extra)
        async with serving(vault.handle) as root, sending() as client:
            reply = await client.send(Request("GET", root, auth=Digest(user, "p")).prepare())
        assert words in "".join(reply.notes)
        assert vault.asked == asked
        assert reply.exchange.status == (401 if words else 200)

    run(scenario())


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("Basic realm=x", "did not ask for Digest"),
        ("Digest nonce=x, algorithm=TIGER", "cannot be answered (algorithm=TIGER)"),
    ],
)
def test_other_challenges_are_said(run: Run, asked: str, words: str) -> None:
    async def scenario() -> None:
        async def handle(_: web.Request) -> web.Response:
            return web.Response(status=401, headers={"WWW-Authenticate": asked})

        async with serving(handle) as root, sending() as client:
            reply = await client.send(Request("GET", root, auth=Digest("u", "p")).prepare())
        assert statuses(reply) == [401]
        assert words in reply.notes[0]

    run(scenario())


def test_a_typed_authorization_stays(run: Run) -> None:
    async def scenario() -> None:
        vault = Vault()
        async with serving(vault.handle) as root, sending() as client:
            rows = (Header("authorization", "Own words"),)
            reply = await client.send(Request("GET", root, rows, auth=Digest("u", "p")).prepare())
        assert (statuses(reply), header(reply.request.headers, "Authorization")) == ([401], "Own words")
        assert "sent as it was typed" in reply.notes[0]

    run(scenario())


def test_each_step_of_a_redirect_may_ask(run: Run) -> None:
    async def scenario() -> None:
        first, second = Vault(), Vault()
        second.nonce = "other"

        async def handle(request: web.Request) -> web.Response:
            answer = await (second if request.path == "/b" else first).handle(request)
            if request.path == "/a" and answer.status == 200:
                return web.Response(status=302, headers={"Location": "/b"})
            return answer

        async with serving(handle) as root, sending() as client:
            reply = await client.send(Request("GET", f"{root}/a", auth=Digest("u", "p")).prepare())
        assert statuses(reply) == [401, 302, 401, 200]

    run(scenario())


def test_the_password_stays_with_its_server(run: Run) -> None:
    async def scenario() -> None:
        vault = Vault()

        async def lead_away(_: web.Request) -> web.Response:
            return web.Response(status=302, headers={"Location": f"{elsewhere}/x"})

        async with serving(vault.handle) as elsewhere, serving(lead_away) as root, sending() as client:
            reply = await client.send(Request("GET", root, auth=Digest("u", "p")).prepare())
        assert (statuses(reply), vault.asked) == ([302, 401], 1)

    run(scenario())


def test_a_user_name_that_no_header_can_carry(run: Run) -> None:
    async def scenario() -> None:
        vault = Vault()
        async with serving(vault.handle) as root, sending() as client:
            reply = await client.send(Request("GET", root, auth=Digest("u\r\nX: 1", "p")).prepare())
        assert statuses(reply) == [401, 0]
        assert "line break" in (reply.exchange.error or "")

    run(scenario())
