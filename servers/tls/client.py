"""TLS contexts of clients: whom to trust, and which certificate to show."""

import ssl
from pathlib import Path
from typing import NamedTuple

from servers.tls.fault import TlsFault
from servers.tls.trust import client_context


class Trust(NamedTuple):
    """What a context depends on; file names are empty where there is none."""

    verify: bool
    ca_file: str
    client_cert: str
    client_key: str

    @property
    def files(self) -> tuple[str, ...]:
        """The files that are read."""
        return tuple(one for one in (self.ca_file, self.client_cert, self.client_key) if one)


def make_context(trust: Trust, authority: Path | None = None) -> ssl.SSLContext:
    """A context for TLS 1.2 and later that trusts ``authority``, too, if it is there; takes tens of milliseconds.

    Raises TlsFault.
    """
    for name in trust.files:
        _check_readable(name)
    context = client_context(authority)
    if not trust.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if trust.ca_file:
        _load_authorities(context, trust.ca_file)
    if trust.client_cert or trust.client_key:
        _load_certificate(context, trust)
    return context


def _check_readable(name: str) -> None:
    try:
        with open(name, "rb"):
            pass
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise TlsFault(f"The certificate file “{name}” cannot be read: {reason or error}.") from error


def _load_authorities(context: ssl.SSLContext, name: str) -> None:
    try:
        context.load_verify_locations(name)
    except (ssl.SSLError, OSError) as error:
        raise TlsFault(f"“{name}” holds no certificates in PEM form; the TLS check cannot use it.") from error


def _load_certificate(context: ssl.SSLContext, trust: Trust) -> None:
    if not trust.client_cert:
        raise TlsFault(f"The key “{trust.client_key}” needs a client certificate. Give its file, too.")
    key = trust.client_key or trust.client_cert
    try:
        context.load_cert_chain(trust.client_cert, trust.client_key or None, password=_no_password)
    except _LockedError as error:
        raise TlsFault(f"The key in “{key}” is locked with a passphrase. Use a file with the key unlocked.") from error
    except (ssl.SSLError, OSError) as error:
        if isinstance(error, ssl.SSLError) and error.reason == "KEY_VALUES_MISMATCH":
            raise TlsFault(f"The key in “{key}” does not belong to the certificate “{trust.client_cert}”.") from error
        files = f"“{trust.client_cert}”" + (f" and “{trust.client_key}”" if trust.client_key else "")
        raise TlsFault(f"{files} must hold a certificate and its key in PEM form.") from error


class _LockedError(Exception):
    """A key asks for its passphrase."""


def _no_password() -> str:
    raise _LockedError
