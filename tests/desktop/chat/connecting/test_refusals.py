"""Tests of the words for servers that refuse, answer nonsense, break off or fall silent."""

import asyncio
import socket
import struct

import pytest
from websockets.utils import accept_key

from desktop.chat.connecting import handshake
from desktop.chat.connecting.failures import ConnectFailed
from desktop.chat.target import HeaderRow, Target
from tests.conftest import Run
from tests.desktop.chat.connecting.stage import failure
from tests.desktop.chat.peers import raw_server
from tests.desktop.explorer.exchanges import free_port

pytestmark = pytest.mark.without_qt

_SILENT = "It may not be a WebSocket server. If it speaks TLS, use wss://."
UPGRADED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "


async def _answered(
    response: bytes, *, hang_up: bool = True, reset: bool = False, compression: bool = True
) -> ConnectFailed:
    """How an attempt fails at a server with this response; KEY in it is the right answer to the client's key."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = (await reader.readuntil(b"\r\n\r\n")).decode()
        key = request.partition("Sec-WebSocket-Key: ")[2].partition("\r")[0]
        writer.write(response.replace(b"KEY", accept_key(key).encode()))
        if reset:
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()
        elif hang_up:
            writer.write_eof()
        await reader.read()

    async with raw_server(script) as url:
        return await failure(Target(url, compression=compression))


def _status(line: str, *headers: str, body: str = "") -> bytes:
    lines = (f"HTTP/1.1 {line}", *headers, f"Content-Length: {len(body)}", "", body)
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize(
    ("response", "words", "retryable"),
    [
        (_status("400 Bad Request"), "did not take the handshake (400 Bad Request). Check path, headers and", False),
        (
            _status("400 Bad Request", body="<h1>The plain HTTP request was sent to HTTPS port</h1>"),
            "speaks TLS (400 Bad Request). Use wss:// in place of ws://.",
            False,
        ),
        (_status("401 Unauthorized"), "wants to know who connects (401 Unauthorized). Give a user name", False),
        (_status("403 Forbidden"), "refused the connection (403 Forbidden).", False),
        (_status("404 Not Found"), "answered 404 Not Found: it is not a WebSocket server, or not at this path.", False),
        (_status("407 Proxy"), "answered 407 Proxy: it is not a WebSocket server, or not at this path.", False),
        (_status("408 Request Timeout"), "failed to answer (408 Request Timeout).", True),
        (_status("421 Misdirected Request"), "does not answer to this host name (421 Misdirected Request).", False),
        (_status("429 Too Many"), "was asked too often (429 Too Many). Try again later.", True),
        (_status("500 "), "failed to answer (500).", True),
        (_status("502 Bad Gateway"), "failed to answer (502 Bad Gateway).", True),
        (_status("503 Busy"), "lets no more clients in (503 Busy). Try again later.", True),
        (_status("200 OK", body="hi"), "answered 200 OK: it is not a WebSocket server, or not at this path.", False),
        (_status("304 Not Modified"), "answered 304 Not Modified: it is not a WebSocket server", False),
        (_status("302 Found", "Location: /chat/"), "Connect to ws://127.0.0.1:{port}/chat/ instead.", False),
        (_status("301 Moved", "Location: https://x.example/"), "Connect to wss://x.example/ instead.", False),
        (_status("301 Moved", "Location: //x.example"), "moved (301 Moved). Connect to ws://x.example instead.", False),
        (_status("301 Moved", "Location: http://[x"), "Connect to ws://[x instead.", False),
        (_status("403 No", "Content-Type: a/b", "Content-Type: text/plain", body="No."), "It says: No.", False),
        (_status("403 No", "Content-Type: text/plain", body="\x1b[31mNo"), r"(403 No). It says: \x1b[31mNo", False),
    ],
)
def test_a_status_is_explained(run: Run, response: bytes, words: str, retryable: bool) -> None:
    async def scenario() -> None:
        failed = await _answered(response)
        assert failed.exchange
        assert failed.exchange.remote
        assert words.format(port=failed.exchange.remote[1]) in str(failed)
        assert failed.retryable is retryable
        assert failed.exchange.error is None

    run(scenario())


def test_authorization_that_was_sent_was_the_wrong_one(run: Run) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(_status("401 Unauthorized"))

    async def scenario() -> None:
        async with raw_server(script) as url:
            failed = await failure(Target(url, headers=(HeaderRow("authorization", "Digest x"),)))
        assert "did not accept the user name and password, or the token (401 Unauthorized)." in str(failed)

    run(scenario())


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (b"HTTP/1.1 101 OK\r\nConnection: Upgrade\r\n\r\n", "it answers 101 without upgrading to it (missing Upgrade"),
        (
            b"HTTP/1.1 101 OK\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
            "it answers 101 without upgrading to it (invalid Upgrade header: h2c).",
        ),
        (UPGRADED.rpartition(b"Sec-")[0] + b"\r\n", "its answer has no Sec-WebSocket-Accept."),
        (UPGRADED + b"x\r\n\r\n", "its Sec-WebSocket-Accept does not fit the key that was sent."),
        (
            UPGRADED + b"KEY\r\nSec-WebSocket-Protocol: x\r\n\r\n",
            "it chose the subprotocol “x”, which was not offered.",
        ),
        (UPGRADED + b"KEY\r\nSec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: b\r\n\r\n", "multiple values: a, b."),
        (
            UPGRADED + b"KEY\r\nSec-WebSocket-Extensions: x-y; z=1\r\n\r\n",
            "it uses an extension that was not offered, or not so (name = x-y, params = [('z', '1')]).",
        ),
        (
            UPGRADED + b"KEY\r\nSec-WebSocket-Extensions: ;\r\n\r\n",
            "invalid Sec-WebSocket-Extensions header: expected token",
        ),
    ],
)
def test_a_handshake_against_the_rules_is_explained_and_recorded(run: Run, response: bytes, words: str) -> None:
    async def scenario() -> None:
        failed = await _answered(response)
        assert words in str(failed)
        assert str(failed).isprintable()
        assert not failed.retryable
        assert failed.exchange
        if failed.exchange.status:
            assert (failed.exchange.status, failed.exchange.error) == (101, str(failed))

    run(scenario())


def test_agreements_that_nobody_asked_for(run: Run) -> None:
    async def scenario() -> None:
        deflate = UPGRADED + b"KEY\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
        failed = await _answered(deflate, compression=False)
        assert "it uses an extension, and none was offered." in str(failed)

    run(scenario())


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (b"HTTP/1.1 " + b"x" * 9000, "answered with more than can be read: its first line is too long."),
        (b"HTTP/1.1 101 OK\r\nX: " + b"x" * 9000, "answered with more than can be read: a header is too long."),
        (
            b"HTTP/1.1 101 OK\r\n" + b"X: 1\r\n" * 200,
            "answered with more than can be read: there are too many headers.",
        ),
        (_status("404 No")[:-4] + b"9" * 9 + b"\r\n\r\n", "answered with more than can be read: its body is too long."),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "is not a WebSocket server: it does not speak HTTP."),
        (b"HTTP/1.0 101 OK\r\n\r\n", "its answer is not what HTTP/1.1 allows (unsupported protocol; expected HTTP/1.1"),
        (b"HTTP/1.1 101 OK\r\nX: \x1b\r\n\r\n", "its answer is not what HTTP/1.1 allows (invalid HTTP header value"),
    ],
)
@pytest.mark.parametrize("hang_up", [True, False])
def test_what_cannot_be_read_is_given_up_at_once(run: Run, response: bytes, words: str, hang_up: bool) -> None:
    async def scenario() -> None:
        failed = await _answered(response, hang_up=hang_up)
        assert words in str(failed)
        assert not failed.retryable
        assert failed.exchange
        assert (failed.exchange.status, failed.exchange.error) == (0, str(failed))
        assert failed.exchange.request_headers

    run(scenario())


def test_a_server_of_wss_is_recognized(run: Run) -> None:
    async def scenario() -> None:
        failed = await _answered(b"\x15\x03\x03\x00\x02\x02\x32")
        assert "speaks TLS. Use wss:// in place of ws://." in str(failed)
        assert not failed.retryable

    run(scenario())


@pytest.mark.parametrize(
    ("response", "reset", "words"),
    [
        (b"", False, f"closed the connection without an answer. {_SILENT}"),
        (b"", True, f"cut the connection without an answer. {_SILENT}"),
        (b"HTTP/1.1 101 Swi", False, "closed the connection in the middle of its answer. Its log may say why."),
    ],
)
def test_what_breaks_off_may_be_tried_again(run: Run, response: bytes, reset: bool, words: str) -> None:
    async def scenario() -> None:
        failed = await _answered(response, reset=reset)
        assert words in str(failed)
        assert failed.retryable

    run(scenario())


@pytest.mark.parametrize(
    ("response", "words", "retryable"),
    [
        (b"", "did not answer in time. Check that it is a WebSocket server, and that it is not busy.", True),
        (b"HTTP/1.1 200 OK\r\n\r\ndata: 1", "answered 200 OK without an end: it is not a WebSocket server", False),
    ],
)
def test_silence(run: Run, monkeypatch: pytest.MonkeyPatch, response: bytes, words: str, retryable: bool) -> None:
    monkeypatch.setattr(handshake, "OPEN_TIMEOUT", 1.0)

    async def scenario() -> None:
        failed = await _answered(response, hang_up=False)
        assert words in str(failed)
        assert failed.retryable is retryable
        assert failed.exchange
        assert failed.exchange.remote

    run(scenario())


def test_nobody_there(run: Run) -> None:
    async def scenario() -> None:
        port = free_port()
        for host in ("127.0.0.1", "localhost"):
            failed = await failure(Target(f"ws://{host}:{port}"))
            wanted = f"Nothing answers on {host} port {port}. Start the WebSocket server or check the port."
            assert (str(failed), failed.retryable) == (wanted, True)
            assert failed.exchange
            assert (failed.exchange.target, failed.exchange.remote) == ("/", None) or host == "localhost"
        for host in ("no-such-name.invalid", "a" * 64):
            failed = await failure(Target(f"ws://{host}:{port}"))
            wanted = f"There is no computer named “{host}”. Check the spelling, or the network."
            assert (str(failed), failed.retryable) == (wanted, True)

    run(scenario())
