"""Tests of OAuth 2: tokens that are fetched, kept, renewed and refused, and the sign-in through a browser."""

import asyncio
import base64
import hashlib
import urllib.parse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import ClientSession, web

from desktop.explorer.model.auth import Grant, OAuth2
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Header, Request
from desktop.explorer.sending.client import Client, Reply
from desktop.tasks import TaskSet
from servers.exchange import header
from tests.conftest import Run, until
from tests.desktop.explorer.exchanges import free_port
from tests.desktop.explorer.sending.apps import sending, serving, statuses, text_of
from tests.desktop.explorer.servers import RawServer


class Provider:
    """An authorization server at /token and /authorize, and a service that wants its newest token everywhere else."""

    def __init__(self) -> None:
        self.root = ""
        self.forms: list[dict[str, str]] = []
        self.heads: list[str | None] = []
        self.answer: dict[str, object] = {}
        self.refuse: set[str] = set()
        self.asked: dict[str, str] = {}
        self.valid = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Provider"]:
        """Serve on a free port."""
        async with serving(self.handle) as self.root:
            yield self

    def auth(self, grant: Grant = Grant.CLIENT_CREDENTIALS) -> OAuth2:
        """How a client signs in here."""
        root = self.root
        return OAuth2(grant, f"{root}/token", f"{root}/authorize?theme=dark#x", "id", "s3c:ret", "a b", "user", "pass")

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request."""
        if request.path == "/token":
            return await self._token(request)
        if request.path == "/authorize":
            self.asked = dict(request.query)
            query = urllib.parse.urlencode({"code": "c0de", "state": self.asked["state"]})
            return web.Response(status=302, headers={"Location": f"{self.asked['redirect_uri']}?{query}"})
        if request.headers.get("Authorization") != f"Bearer {self.valid}":
            return web.Response(status=401)
        return web.Response(text="in")

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.forms.append(form)
        self.heads.append(request.headers.get("Authorization"))
        if form["grant_type"] in self.refuse:
            return web.json_response({"error": "invalid_grant", "error_description": "s3c:ret is no good"}, status=400)
        self.valid = f"t{len(self.forms)}"
        return web.json_response({"access_token": self.valid, "token_type": "Bearer"} | self.answer)

    @property
    def grants(self) -> list[str]:
        """The grants that were asked for."""
        return [form["grant_type"] for form in self.forms]


async def get(client: Client, root: str, auth: OAuth2) -> Reply:
    """Ask the service."""
    return await client.send(Request("GET", f"{root}/x", auth=auth).prepare())


def test_a_token_is_fetched_once_and_shown(run: Run) -> None:
    async def scenario() -> None:
        async with Provider().running() as provider, sending() as client:
            first = await get(client, provider.root, provider.auth())
            again = await get(client, provider.root, provider.auth())
            assert (statuses(first), statuses(again), text_of(again)) == ([200, 200], [200], "in")
            assert provider.forms == [{"grant_type": "client_credentials", "scope": "a b"}]
            assert provider.heads == [f"Basic {base64.b64encode(b'id:s3c%3Aret').decode()}"]
            assert header(first.request.headers, "Authorization") == "Bearer t1"
            assert first.hops[0].request.target.path == "/token"
            assert first.notes == (f"A token was fetched from {provider.root[7:]}.",)
            assert again.notes == ()
            await get(client, provider.root, replace(provider.auth(), scope="other"))
            assert provider.forms[1]["scope"] == "other"

    run(scenario())


@pytest.mark.parametrize(
    ("changes", "form", "basic"),
    [
        ({"in_body": True}, {"client_id": "id", "client_secret": "s3c:ret"}, False),
        ({"client_secret": ""}, {"client_id": "id"}, False),
        ({"scope": ""}, {}, True),
    ],
)
def test_where_the_client_says_who_it_is(
    run: Run, changes: dict[str, object], form: dict[str, str], basic: bool
) -> None:
    async def scenario() -> None:
        async with Provider().running() as provider, sending() as client:
            auth = replace(provider.auth(), **changes)  # type: ignore[arg-type] # its fields
            await get(client, provider.root, auth)
            scope = {"scope": "a b"} if auth.scope else {}
            assert provider.forms == [{"grant_type": "client_credentials"} | scope | form]
            assert (provider.heads[0] is not None) is basic

    run(scenario())


def test_the_password_grant(run: Run) -> None:
    async def scenario() -> None:
        async with Provider().running() as provider, sending() as client:
            reply = await get(client, provider.root, provider.auth(Grant.PASSWORD))
            wanted = {"grant_type": "password", "username": "user", "password": "pass", "scope": "a b"}
            assert (reply.exchange.status, provider.forms) == (200, [wanted])

    run(scenario())


def test_an_expired_token_is_renewed_and_else_fetched_again(run: Run) -> None:
    async def scenario() -> None:
        async with Provider().running() as provider, sending() as client:
            provider.answer = {"expires_in": 5, "refresh_token": "r1"}
            await get(client, provider.root, provider.auth())
            provider.answer = {"expires_in": 5}
            renewed = await get(client, provider.root, provider.auth())
            assert provider.forms[1] == {"grant_type": "refresh_token", "refresh_token": "r1", "scope": "a b"}
            assert renewed.notes == (f"The token was renewed by {provider.root[7:]}.",)
            provider.refuse = {"refresh_token"}
            fetched = await get(client, provider.root, provider.auth())
            assert provider.grants[2:] == ["refresh_token", "client_credentials"]
            assert provider.forms[2]["refresh_token"] == "r1"
            assert statuses(fetched) == [400, 200, 200]
            assert "did not renew" in fetched.notes[0]

    run(scenario())


def test_a_token_that_is_refused_is_fetched_once_more(run: Run) -> None:
    async def scenario() -> None:
        async with Provider().running() as provider, sending() as client:
            await get(client, provider.root, provider.auth())
            provider.valid = "revoked"
            reply = await get(client, provider.root, provider.auth())
            assert (statuses(reply), len(provider.forms)) == ([401, 200, 200], 2)
            provider.answer = {"access_token": "wrong"}
            provider.valid = "revoked"
            refused = await get(client, provider.root, provider.auth())
            assert (statuses(refused), len(provider.forms)) == ([401, 200, 401], 3)
            assert "which was fetched just now" in refused.notes[-1]

    run(scenario())


def test_many_that_want_a_token_wait_for_one(run: Run) -> None:
    async def scenario() -> None:
        async with Provider().running() as provider, sending() as client:
            replies = await asyncio.gather(*(get(client, provider.root, provider.auth()) for _ in range(5)))
            assert [reply.exchange.status for reply in replies] == [200] * 5
            assert len(provider.forms) == 1

    run(scenario())


def test_the_words_of_the_endpoint_without_the_secret(run: Run) -> None:
    async def scenario() -> None:
        async with Provider().running() as provider, sending() as client:
            provider.refuse = {"client_credentials"}
            reply = await get(client, provider.root, provider.auth())
            assert statuses(reply) == [400, 0]
            assert reply.exchange.error == (
                f"{provider.root}/token gave no token: status 400 Bad Request, "
                "and in words “invalid_grant”, “••• is no good”."
            )
            assert (reply.exchange.method, reply.exchange.target) == ("GET", "/x")

    run(scenario())


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "The token URL of OAuth 2 cannot be used. Type a URL"),
        ("ftp://h/", "starts with “ftp”"),
        ("http://127.0.0.1:{port}/token", "No token came from http://127.0.0.1:{port}/token. Nothing answers on"),
    ],
)
def test_an_endpoint_that_cannot_be_asked(run: Run, url: str, words: str) -> None:
    async def scenario() -> None:
        port = free_port()
        async with sending() as client:
            reply = await get(client, "http://127.0.0.1", OAuth2(token_url=url.format(port=port)))
            assert (reply.exchange.error or "").count(words.format(port=port)) == 1

    run(scenario())


@pytest.mark.parametrize("in_body", [True, False])
def test_a_secret_that_cannot_be_sent(run: Run, in_body: bool) -> None:
    async def scenario() -> None:
        async with sending() as client:
            auth = OAuth2(token_url="http://127.0.0.1/", client_secret="\ud800", in_body=in_body)
            reply = await get(client, "http://127.0.0.1", auth)
        assert "half of a pair" in (reply.exchange.error or "")

    run(scenario())


def test_a_typed_authorization_needs_no_token(run: Run) -> None:
    async def scenario() -> None:
        async with Provider().running() as provider, sending() as client:
            rows = (Header("Authorization", "Bearer own"),)
            reply = await client.send(Request("GET", provider.root, rows, auth=provider.auth()).prepare())
            assert (statuses(reply), provider.forms) == ([401], [])

    run(scenario())


class Browser:
    """Opens a page as a browser does."""

    def __init__(self) -> None:
        self.urls: list[str] = []
        self.page = ""
        self._tasks = TaskSet(self._report)

    def open(self, url: str) -> None:
        """Fetch a page and those that it leads to."""
        self.urls.append(url)
        self._tasks.spawn(self._fetch(url), name="browser")

    async def _fetch(self, url: str) -> None:
        async with ClientSession() as session, session.get(url) as response:
            self.page = await response.text()

    def _report(self, error: BaseException, _: str) -> None:
        raise AssertionError from error

    @property
    def done(self) -> bool:
        """Whether the last page is there."""
        return not len(self._tasks)


def test_a_sign_in_through_the_browser_with_pkce(run: Run) -> None:
    async def scenario() -> None:
        browser = Browser()
        async with Provider().running() as provider, sending(open_url=browser.open) as client:
            reply = await get(client, provider.root, provider.auth(Grant.AUTHORIZATION_CODE))
            await until(lambda: browser.done)
            assert (statuses(reply), "Signed in" in browser.page) == ([200, 200], True)
            asked, (form,) = provider.asked, provider.forms
            challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
            assert asked["code_challenge"] == challenge.decode().rstrip("=")
            assert (asked["response_type"], asked["code_challenge_method"], asked["theme"]) == ("code", "S256", "dark")
            assert (asked["client_id"], asked["scope"], form["code"]) == ("id", "a b", "c0de")
            assert form["redirect_uri"] == asked["redirect_uri"]
            assert asked["redirect_uri"].startswith("http://127.0.0.1:")
            await get(client, provider.root, provider.auth(Grant.AUTHORIZATION_CODE))
            assert len(browser.urls) == 1

    run(scenario())


def test_a_user_who_says_no(run: Run) -> None:
    async def scenario() -> None:
        async def deny(request: web.Request) -> web.Response:
            query = urllib.parse.urlencode({"error": "access_denied", "state": request.query["state"]})
            return web.Response(status=302, headers={"Location": f"{request.query['redirect_uri']}?{query}"})

        browser = Browser()
        async with serving(deny) as root, sending(open_url=browser.open) as client:
            auth = OAuth2(Grant.AUTHORIZATION_CODE, f"{root}/token", f"{root}/authorize")
            reply = await get(client, root, auth)
            await until(lambda: browser.done)
        assert reply.exchange.error == f"{root}/authorize gave no authorization code: “access_denied”."
        assert "Not signed in" in browser.page

    run(scenario())


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "javascript:alert(1)"])
def test_only_web_pages_are_opened(run: Run, url: str) -> None:
    async def scenario() -> None:
        browser = Browser()
        async with sending(open_url=browser.open) as client:
            reply = await get(client, "http://127.0.0.1", OAuth2(Grant.AUTHORIZATION_CODE, "http://h/", url))
        assert "The authorization URL of OAuth 2 cannot be used" in (reply.exchange.error or "")
        assert browser.urls == []

    run(scenario())


def test_without_a_browser(run: Run) -> None:
    async def scenario() -> None:
        async with sending() as client:
            reply = await get(client, "http://127.0.0.1", OAuth2(Grant.AUTHORIZATION_CODE, "http://h/", "http://h/"))
        assert "needs a browser" in (reply.exchange.error or "")

    run(scenario())


def test_a_sign_in_can_be_given_up(run: Run) -> None:
    async def scenario() -> None:
        urls: list[str] = []
        tasks = TaskSet(lambda error, name: None)
        async with sending(open_url=urls.append) as client:
            auth = OAuth2(Grant.AUTHORIZATION_CODE, "http://127.0.0.1/", "http://127.0.0.1/authorize")
            tasks.spawn(get(client, "http://127.0.0.1", auth), name="send")
            await until(lambda: urls)
            back = urllib.parse.parse_qs(urllib.parse.urlsplit(urls[0]).query)["redirect_uri"][0]
            await tasks.close()
            with pytest.raises(ConnectionRefusedError):
                await asyncio.open_connection("127.0.0.1", urllib.parse.urlsplit(back).port)

    run(scenario())


def test_a_fetch_can_be_given_up_and_the_next_goes_on(run: Run) -> None:
    async def scenario() -> None:
        tasks = TaskSet(lambda error, name: None)
        async with RawServer(hold=True).running() as slow, sending() as client:
            auth = OAuth2(token_url=f"{slow.url}token")
            tasks.spawn(get(client, slow.url, auth), name="send")
            await slow.got_request.wait()
            await tasks.close()
            short = Request("GET", slow.url, auth=auth, options=Options(timeout=0.05))
            reply = await client.send(short.prepare())
        assert f"No token came from {slow.url}token" in (reply.exchange.error or "")

    run(scenario())


def test_asking_in_the_clear_is_said(run: Run) -> None:
    async def scenario() -> None:
        async with Provider().running() as provider, sending() as client:
            proxy = replace(Options(), proxy=provider.root)
            auth = OAuth2(token_url="http://service.example/token", client_id="id")
            reply = await client.send(Request("GET", f"{provider.root}/x", auth=auth, options=proxy).prepare())
        assert "service.example was asked without TLS" in reply.notes[1]

    run(scenario())
