"""Tests of wss://: whom a handshake trusts, what it shows, and what it says when there is no agreement."""

import asyncio
import socket
import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.chat.target import Target
from tests.conftest import Run
from tests.desktop.chat.connecting.stage import failure, opened
from tests.desktop.chat.peers import accept, surroundings
from tests.desktop.explorer.sending.misbehaving import answering, listening
from tests.desktop.explorer.sending.test_tls import Authority

pytestmark = pytest.mark.without_qt


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


async def _take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await accept(reader, writer)
    await reader.read()


def _target(port: int, authority: Authority, **options: str) -> Target:
    return replace(Target(f"wss://127.0.0.1:{port}", ca_file=authority.options.ca_file), **options)  # type: ignore[arg-type]


def test_an_authority_of_ones_own_and_none_at_all(run: Run, authority: Authority) -> None:
    async def scenario() -> None:
        async with listening(_take, authority.server()) as port:
            async with opened(_target(port, authority)) as connection:
                assert connection.exchange.status == 101
            async with opened(Target(f"wss://127.0.0.1:{port}", verify=False)) as connection:
                assert connection.exchange.remote == ("127.0.0.1", port)

    run(scenario())


def test_the_local_authority_is_trusted_too(run: Run, authority: Authority) -> None:
    async def scenario() -> None:
        around = surroundings(authority=Path(authority.options.ca_file))
        async with listening(_take, authority.server()) as port, opened(Target(f"wss://127.0.0.1:{port}"), around):
            pass

    run(scenario())


@pytest.mark.parametrize(
    ("name", "old", "known", "words"),
    [
        ("example.org", False, True, "IP address mismatch, certificate is not valid for '127.0.0.1'. Check the host"),
        ("127.0.0.1", True, True, "certificate has expired. It needs a new one."),
        ("127.0.0.1", False, False, "unable to get local issuer certificate. Give its issuer as a further authority"),
    ],
)
def test_certificates_that_are_not_trusted(
    run: Run, authority: Authority, name: str, old: bool, known: bool, words: str
) -> None:
    async def scenario() -> None:
        async with listening(_take, authority.server(name, old=old)) as port:
            target = _target(port, authority, **({} if known else {"ca_file": ""}))
            failed = await failure(target)
        assert f"The certificate of 127.0.0.1 port {port} is not trusted: {words}" in str(failed)
        assert not failed.retryable
        assert failed.exchange
        assert (failed.exchange.request_headers, failed.exchange.remote) == ((), None)

    run(scenario())


def test_a_client_certificate(run: Run, authority: Authority) -> None:
    async def scenario() -> None:
        cert, key = authority.client()
        async with listening(_take, authority.server(asks=True)) as port:
            async with opened(_target(port, authority, client_cert=cert, client_key=key)):
                pass
            failed = await failure(_target(port, authority))
        assert "client certificate" in str(failed)

    run(scenario())


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_server_that_asks_for_one_by_an_alert(run: Run, authority: Authority, newest: ssl.TLSVersion) -> None:
    async def scenario() -> None:
        context = authority.server(asks=True)
        context.maximum_version = newest
        with socket.create_server(("127.0.0.1", 0)) as listener:
            serving = asyncio.get_running_loop().run_in_executor(None, _refuse, listener, context)
            failed = await failure(_target(listener.getsockname()[1], authority))
            await serving
        assert "client certificate" in str(failed)
        assert not failed.retryable

    run(scenario())


def _refuse(listener: socket.socket, context: ssl.SSLContext) -> None:
    """Fail a handshake as servers do, with an alert; asyncio's ones just close."""
    connection, _ = listener.accept()
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    session = context.wrap_bio(incoming, outgoing, server_side=True)
    with connection:
        while True:
            try:
                session.do_handshake()
            except ssl.SSLWantReadError:
                connection.sendall(outgoing.read())
                incoming.write(connection.recv(65536))
            except ssl.SSLError:
                connection.sendall(outgoing.read())
                break
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(1024):
            pass


@pytest.mark.parametrize(
    ("answer", "words", "retryable"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "does not speak TLS as wss needs it. Is it a ws:// server?", False),
        (b"", "closed the connection while TLS was agreed on. Does it speak wss, or want a client", True),
        (b"\x15\x03\x03\0\x02\x02\x50", "gave TLS up (tlsv1 alert internal error). Its log may say why.", False),
    ],
)
def test_servers_without_tls(run: Run, answer: bytes, words: str, retryable: bool) -> None:
    async def scenario() -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1024)
            writer.write(answer)

        async with listening(serve) as port:
            failed = await failure(Target(f"wss://127.0.0.1:{port}"))
        assert words in str(failed)
        assert failed.retryable is retryable

    run(scenario())


def test_plain_words_to_a_tls_port(run: Run, authority: Authority) -> None:
    async def scenario() -> None:
        async with listening(answering(), authority.server()) as port:
            failed = await failure(Target(f"ws://127.0.0.1:{port}"))
        assert "If it speaks TLS, use wss://." in str(failed)

    run(scenario())
