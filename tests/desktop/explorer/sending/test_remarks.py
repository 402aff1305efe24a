"""Tests of remarks: what is odd about a response is said, and what a server writes is not shown raw."""

import pytest

from desktop.explorer.model.auth import Auth, Digest, NoAuth
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Request
from desktop.widgets.proxy_choice import NO_PROXY
from tests.conftest import Run
from tests.desktop.explorer.sending.apps import sending
from tests.desktop.explorer.servers import RawServer

EVIL = "\x1bp\u202e".encode()
ESCAPED = r"\x1bp\u202e"


@pytest.mark.parametrize(
    ("head", "auth", "words"),
    [
        (b"401 No\r\nWWW-Authenticate: Digest nonce=x, algorithm=" + EVIL, Digest("u", "p"), "(algorithm={})."),
        (b"302 Found\r\nLocation: http://" + EVIL + b"/", NoAuth(), "“http://{}/” is not a URL. “{}” is not a host"),
        (b"302 Found\r\nLocation: ftp://" + EVIL, NoAuth(), "it leads to “ftp://{}”, which is neither"),
        (b"200 OK\r\nContent-Encoding: " + EVIL, NoAuth(), "The content coding “{}” is not known"),
        (b"101 Ok\r\nUpgrade: " + EVIL, NoAuth(), "The server switched to {} without being asked."),
        (b"200 OK\r\nX: " + EVIL + b"\0", NoAuth(), "(Invalid HTTP header)."),
    ],
)
def test_no_server_writes_on_the_screen(run: Run, head: bytes, auth: Auth, words: str) -> None:
    async def scenario() -> None:
        answer = b"HTTP/1.1 " + head + b"\r\nContent-Length: 1\r\n\r\nx"
        async with RawServer(answer).running() as server, sending() as client:
            reply = await client.send(Request("GET", server.url, auth=auth, options=Options(proxy=NO_PROXY)).prepare())
        said = " ".join(filter(None, (reply.exchange.error, reply.fault, *reply.notes)))
        assert words.replace("{}", ESCAPED) in said
        assert said.isprintable()

    run(scenario())


@pytest.mark.parametrize(
    ("credentials", "words"),
    [("", "asks for a user name and a password"), ("me:pw@", "did not accept the user name and the password")],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_lets_nobody_in(run: Run, scheme: str, credentials: str, words: str) -> None:
    async def scenario() -> None:
        refusal = b"HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n"
        async with RawServer(refusal).running() as server, sending() as client:
            options = Options(proxy=f"http://{credentials}127.0.0.1:{server.port}")
            reply = await client.send(Request("GET", f"{scheme}://h/", auth=NoAuth(), options=options).prepare())
        assert words in " ".join(filter(None, (reply.exchange.error, *reply.notes)))

    run(scenario())
