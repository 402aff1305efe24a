"""Tests of TLS: whom the explorer trusts, what it shows, and what it says when there is no agreement."""

import asyncio
import datetime
import os
import socket
import ssl
import struct
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives import serialization as pem

from desktop.explorer.model.options import Options
from desktop.explorer.sending.attempt import Sessions
from desktop.explorer.sending.reply import Reply
from desktop.explorer.sending.tls import make_context, trust_of
from desktop.widgets.proxy_choice import NO_PROXY
from tests.conftest import Run
from tests.desktop.explorer.sending.misbehaving import Handler, answering, get, listening, send
from tests.desktop.explorer.servers import OK

ANSWER = answering(OK, hold=True)


class Authority:
    """A certificate authority with its files."""

    def __init__(self, folder: Path) -> None:
        self.ca = trustme.CA()
        self.folder = folder
        self.ca.cert_pem.write_to_path(folder / "ca.pem")
        self.options = Options(proxy=NO_PROXY, ca_file=str(folder / "ca.pem"))

    def server(self, name: str = "127.0.0.1", *, asks: bool = False, old: bool = False) -> ssl.SSLContext:
        """What a server needs; ``asks`` for a certificate, expired if ``old``."""
        end = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC) if old else None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert(name, not_after=end).configure_cert(context)
        if asks:
            context.verify_mode = ssl.CERT_REQUIRED
            self.ca.configure_trust(context)
        return context

    def client(self, passphrase: bytes | None = None) -> tuple[str, str]:
        """The files of a client's certificate and key."""
        made = self.ca.issue_cert("me@example.org")
        cert, key = self.folder / "me.pem", self.folder / "me.key"
        cert.write_bytes(b"".join(one.bytes() for one in made.cert_chain_pems))
        key.write_bytes(made.private_key_and_cert_chain_pem.bytes())
        if passphrase is not None:
            private = pem.load_pem_private_key(key.read_bytes(), None)
            locked = pem.BestAvailableEncryption(passphrase)
            key.write_bytes(private.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, locked))
        return str(cert), str(key)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


async def ask(
    context: ssl.SSLContext | None, options: Options, handler: Handler = ANSWER, scheme: str = "https"
) -> Reply:
    """GET from a server with this context."""
    async with listening(handler, context) as port:
        return await send(get(f"{scheme}://127.0.0.1:{port}/", options))


def test_an_authority_of_ones_own(run: Run, authority: Authority) -> None:
    async def scenario() -> None:
        reply = await ask(authority.server(), authority.options)
        assert (reply.exchange.status, reply.body.read()) == (200, b"ok")
        timing = reply.timing
        assert min(timing.connect, timing.tls, timing.send, timing.wait) > 0

    run(scenario())


def test_a_kept_connection_is_not_agreed_on_again_but_other_options_are(run: Run, authority: Authority) -> None:
    async def scenario() -> None:
        sessions = Sessions()
        ports = set()

        async def twice(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            ports.add(writer.get_extra_info("peername")[1])
            with suppress(asyncio.IncompleteReadError):
                while await reader.readuntil(b"\r\n\r\n"):
                    writer.write(OK)

        async with listening(twice, authority.server()) as port:
            url = f"https://127.0.0.1:{port}/"
            first, second = [await send(get(url, authority.options), sessions=sessions) for _ in range(2)]
            assert (first.timing.tls > 0, second.timing.tls, len(ports)) == (True, 0, 1)
            await send(get(url, replace(authority.options, verify=False)), sessions=sessions)
            assert len(ports) == 2
        await sessions.close()

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
        options = authority.options if known else Options(proxy=NO_PROXY)
        reply = await ask(authority.server(name, old=old), options)
        assert "is not trusted: " + words in (reply.exchange.error or "")
        unchecked = await ask(authority.server(name, old=old), replace(options, verify=False))
        assert unchecked.exchange.status == 200

    run(scenario())


def test_a_name_that_is_wrong_and_a_certificate_signed_by_itself(
    run: Run, authority: Authority, tmp_path: Path
) -> None:
    async def scenario() -> None:
        async with listening(ANSWER, authority.server("example.org")) as port:
            reply = await send(get(f"https://localhost:{port}/", authority.options))
        assert "Hostname mismatch, certificate is not valid for 'localhost'" in (reply.exchange.error or "")
        own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        own.load_cert_chain(_self_signed(tmp_path))
        reply = await ask(own, Options(proxy=NO_PROXY))
        assert "self-signed certificate. Give it as a further authority" in (reply.exchange.error or "")

    run(scenario())


def test_a_client_certificate(run: Run, authority: Authority) -> None:
    async def scenario() -> None:
        cert, key = authority.client()
        options = replace(authority.options, client_cert=cert, client_key=key)
        assert (await ask(authority.server(asks=True), options)).exchange.status == 200
        options = replace(authority.options, client_cert=key)  # which holds both
        assert (await ask(authority.server(asks=True), options)).exchange.status == 200

    run(scenario())


def test_files_that_are_wrong_are_named(run: Run, authority: Authority, tmp_path: Path) -> None:
    async def fault(**changes: str) -> str:
        options = replace(authority.options, **changes)  # type: ignore[arg-type] # all of these are texts
        return (await send(get("https://127.0.0.1:1/", options))).exchange.error or ""

    async def scenario() -> None:
        junk, gone = tmp_path / "junk.pem", tmp_path / "gone.pem"
        junk.write_text("hello")
        cert, key = authority.client()
        for field in ("ca_file", "client_cert", "client_key"):
            assert await fault(**{field: str(gone)}) == (
                f"The certificate file “{gone}” cannot be read: No such file or directory."
            )
        assert f"“{junk}” holds no certificates" in await fault(ca_file=str(junk))
        assert f"“{junk}” must hold a certificate and its key" in await fault(client_cert=str(junk))
        assert f"“{cert}” and “{junk}” must hold" in await fault(client_cert=cert, client_key=str(junk))
        assert "needs a client certificate" in await fault(client_key=key)
        other = authority.folder / "other.key"
        other.write_bytes(authority.ca.issue_cert("you@example.org").private_key_pem.bytes())
        assert f"“{other}” does not belong to" in await fault(client_cert=cert, client_key=str(other))
        cert, key = authority.client(b"secret")
        assert f"The key in “{key}” is locked" in await fault(client_cert=cert, client_key=key)

    run(scenario())


def test_a_file_that_has_changed_is_read_again(run: Run, authority: Authority, tmp_path: Path) -> None:
    async def scenario() -> None:
        file = tmp_path / "ca.pem"
        options = replace(authority.options, ca_file=str(file))
        sessions = Sessions()
        for text, stamp in ((trustme.CA().cert_pem.bytes(), 1), (authority.ca.cert_pem.bytes(), 2)):
            file.write_bytes(text)
            os.utime(file, (stamp, stamp))
            async with listening(ANSWER, authority.server()) as port:
                reply = await send(get(f"https://127.0.0.1:{port}/", options), sessions=sessions)
        assert reply.exchange.status == 200
        await sessions.close()

    run(scenario())


def test_old_tls_is_refused_by_every_context() -> None:
    for verify in (True, False):
        context = make_context(trust_of(Options(verify=verify)))
        assert context.minimum_version == ssl.TLSVersion.TLSv1_2
        assert context.check_hostname is verify


@pytest.mark.parametrize(
    ("answers", "scheme", "words"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "https", "does not speak TLS as https needs it. Is it an http://"),
        (b"", "https", "closed the connection while TLS was agreed on. Does it speak https, or"),
        (b"\x15\x03\x03\0\x02\x02\x50", "https", "gave TLS up (tlsv1 alert internal error). Its log may say why."),
        (b"\x15\x03\x03\0\x02\x02\x78", "https", "does not speak HTTP/1.1 over TLS; perhaps HTTP/2 only."),
    ],
)
def test_servers_without_tls(run: Run, answers: bytes, scheme: str, words: str) -> None:
    async def scenario() -> None:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1024)
            writer.write(answers)

        reply = await ask(None, Options(proxy=NO_PROXY), serve, scheme)
        assert words in (reply.exchange.error or "")

    run(scenario())


def test_a_reset_handshake(run: Run) -> None:
    async def scenario() -> None:
        async def reset(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

        reply = await ask(None, Options(proxy=NO_PROXY), reset, "https")
        assert "reset the connection while TLS was agreed on" in (reply.exchange.error or "")

    run(scenario())


def test_http_to_a_tls_port(run: Run, authority: Authority) -> None:
    async def scenario() -> None:
        reply = await ask(authority.server(), Options(proxy=NO_PROXY), ANSWER, "http")
        assert "is it an https:// server?" in (reply.exchange.error or "")

    run(scenario())


@pytest.mark.parametrize(
    ("newest", "own", "words"),
    [
        (ssl.TLSVersion.TLSv1_3, False, "asks for a client certificate. Give one in the options."),
        (ssl.TLSVersion.TLSv1_3, True, "does not accept the client certificate"),
        (ssl.TLSVersion.TLSv1_2, False, "wants a client certificate"),
        (ssl.TLSVersion.TLSv1_2, True, "does not accept the client certificate"),
    ],
)
def test_alerts_are_told(
    run: Run, authority: Authority, tmp_path: Path, newest: ssl.TLSVersion, own: bool, words: str
) -> None:
    async def scenario() -> None:
        context = authority.server(asks=True)
        context.maximum_version = newest
        cert, key = Authority(tmp_path).client() if own else ("", "")
        options = replace(authority.options, client_cert=cert, client_key=key)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            serving = asyncio.get_running_loop().run_in_executor(None, _refuse, listener, context)
            reply = await send(get(f"https://127.0.0.1:{listener.getsockname()[1]}/", options))
            await serving
        assert words in (reply.exchange.error or "")

    run(scenario())


def _refuse(listener: socket.socket, context: ssl.SSLContext) -> None:
    """Fail a handshake as servers do, with an alert; asyncio's ones just close."""
    connection, _ = listener.accept()
    with context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False) as wrapped:
        raw = socket.socket(fileno=os.dup(wrapped.fileno()))
        with raw:
            with suppress(ssl.SSLError):
                wrapped.do_handshake()
            raw.shutdown(socket.SHUT_WR)
            while raw.recv(1024):
                pass


def _self_signed(folder: Path) -> Path:
    """A certificate with its key, signed by itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "me")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = folder / "self.pem"
    private = key.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, pem.NoEncryption())
    file.write_bytes(private + made.public_bytes(pem.Encoding.PEM))
    return file
