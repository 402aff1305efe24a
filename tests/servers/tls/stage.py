"""What tests of TLS need: a clock to turn, a server under an authority of its own, and clients of it."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509

from servers.tls import LocalAuthority, client_context
from servers.tls.keeping import Files
from tests.servers.probe_web import ProbeServer
from tests.servers.wire import hang_up, request

START = datetime.now(UTC)
NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


class Clock:
    """Tells the time that a test has set, from START on."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += timedelta(days=days)


def files_in(folder: Path) -> Files:
    return Files(folder / "authority.key", folder / "authority.pem", folder / "server.key")


def certificate_in(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


@asynccontextmanager
async def running(folder: Path, clock: Clock | None = None, host: str = "localhost") -> AsyncIterator[ProbeServer]:
    """A probe that speaks TLS on a free port, under an authority in ``folder``."""
    server = ProbeServer()
    server.settings = replace(server.settings, tls=True, host=host)
    server.authority = LocalAuthority(folder, now=clock or Clock())
    await server.start()
    try:
        yield server
    finally:
        server.gate.set()
        await server.stop()


async def get(port: int, context: ssl.SSLContext, name: str = "localhost", target: str = "/") -> bytes:
    """Everything that the server sends to one GET; the certificate is checked for ``name``."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context, server_hostname=name)
    writer.write(request("GET", target))
    try:
        return await reader.read()
    finally:
        await hang_up(writer)


async def another(port: int, authority: Path, than: x509.Certificate) -> x509.Certificate:
    """The first certificate that the server shows in place of ``than``."""
    while (certificate := await shown(port, authority)) == than:
        continue
    return certificate


async def shown(port: int, authority: Path) -> x509.Certificate:
    """The certificate that the server shows to a client that trusts ``authority``."""
    context = client_context(authority)
    _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context, server_hostname="localhost")
    try:
        certificate = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    finally:
        await hang_up(writer)
    return x509.load_der_x509_certificate(certificate)
