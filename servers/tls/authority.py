"""The local authority as the servers see it: one live context, kept good for as long as they run."""

import asyncio
import ssl
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from servers.tls.fault import TlsFault
from servers.tls.names import named, names_of_this_computer

if TYPE_CHECKING:
    from servers.tls.keeping import Files

CERTIFICATE = "authority.pem"


class Certificate(NamedTuple):
    """The authority's certificate in PEM form, its SHA-256 fingerprint (`AB:CD:...`), and when it runs out (UTC)."""

    pem: str
    fingerprint: str
    expires: datetime


def _now() -> datetime:
    return datetime.now(UTC)


class LocalAuthority:
    """Issues the certificates of this computer's servers, from a key that never leaves ``folder``.

    The files are made on first use, in a thread. ``now`` tells the time. All methods that work on the files raise
    OSError with a sentence when the files are damaged or cannot be written; they change nothing then. ``notice`` is a
    sentence that users should know, once there is one.
    """

    def __init__(self, folder: Path, *, now: Callable[[], datetime] = _now) -> None:
        self.path = folder / CERTIFICATE
        self.notice: str | None = None
        self._now = now
        self._names: frozenset[str] = frozenset()
        self._context: ssl.SSLContext | None = None

    async def certificate(self) -> Certificate:
        """What clients need to trust this authority."""
        return await asyncio.to_thread(self._certificate)

    async def context(self, names: Iterable[str] = ()) -> ssl.SSLContext:
        """The context of all servers under this authority, good for this computer's names and for ``names``."""
        self._names |= named(names)
        await asyncio.to_thread(self.renew)
        return self.load()

    def renew(self) -> str | None:
        """Renew what is due on the disk, which takes milliseconds. Returns a notice where the authority is new."""
        from servers.tls.keeping import renew

        notice = renew(self._files(), self._names | names_of_this_computer(), self._now())
        self.notice = notice or self.notice
        return notice

    def load(self) -> ssl.SSLContext:
        """Bring the server certificate from the disk into the context; handshakes from now on use it."""
        if self._context is None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.minimum_version = ssl.TLSVersion.TLSv1_2
            self._context.set_alpn_protocols(["http/1.1"])
        path = self._files().server
        try:
            self._context.load_cert_chain(path)
        except OSError as error:
            raise TlsFault(f"The server certificate {path} cannot be used: {error.strerror}. Start again.") from error
        return self._context

    def _certificate(self) -> Certificate:
        from cryptography.hazmat.primitives import hashes

        from servers.tls.keeping import authority_in, pem_of

        authority = authority_in(self._files(), self._now())
        self.notice = authority.notice or self.notice
        certificate = authority.certificate
        fingerprint = certificate.fingerprint(hashes.SHA256()).hex(":").upper()
        return Certificate(pem_of(certificate).decode(), fingerprint, certificate.not_valid_after_utc)

    def _files(self) -> "Files":
        from servers.tls.keeping import Files

        return Files(self.path.with_name("authority.key"), self.path, self.path.with_name("server.key"))
