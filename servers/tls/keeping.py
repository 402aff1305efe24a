"""Keeps the authority's files: made on first use, renewed before they run out, never overwritten when damaged."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization

from servers.disk import write_atomically
from servers.tls import issuing
from servers.tls.fault import TlsFault
from servers.tls.lock import locked

T = TypeVar("T")

RENEW_AUTHORITY = timedelta(days=60)
"""What is left of the authority's certificate when it is replaced."""

_REPLACED = (
    "The certificate of the local authority was about to run out, so a new one was made. "
    "What trusted the old one must be given the new one: {}"
)


class Files(NamedTuple):
    """``key`` and ``certificate`` are the authority's; ``server`` is a server's key and certificate in one file."""

    key: Path
    certificate: Path
    server: Path


class Authority(NamedTuple):
    """The authority's certificate and key; ``notice`` is a sentence where the certificate has just been replaced."""

    certificate: x509.Certificate
    key: issuing.Key
    notice: str | None


def authority_in(files: Files, now: datetime) -> Authority:
    """The authority as it is, made or renewed where that is due. Raises TlsFault."""
    with _exclusive(files):
        return _authority(files, now)


def renew(files: Files, names: frozenset[str], now: datetime) -> str | None:
    """See that ``files.server`` is good for ``names`` and will be for months. Returns a notice. Raises TlsFault."""
    with _exclusive(files):
        authority = _authority(files, now)
        if not (files.server.exists() and _is_good(files.server, names, authority, now)):
            key = issuing.new_key()
            certificate = issuing.server_certificate(key, names, authority.certificate, authority.key, now)
            _write(files.server, issuing.pem_of(key) + pem_of(certificate))
        return authority.notice


def pem_of(certificate: x509.Certificate) -> bytes:
    """The certificate in PEM form (RFC 7468, section 5)."""
    return certificate.public_bytes(serialization.Encoding.PEM)


@contextmanager
def _exclusive(files: Files) -> Iterator[None]:
    """Make the folder, for its owner alone, and work in it while no other thread or process does."""
    folder = files.key.parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _for_owner_alone(folder, 0o700)
        with locked(folder / "lock"):
            yield
    except TlsFault:
        raise
    except OSError as error:
        raise TlsFault(f"The folder {folder} cannot be used for certificates: {error.strerror}.") from error


def _authority(files: Files, now: datetime) -> Authority:
    if not files.key.exists():
        if files.certificate.exists():
            raise TlsFault(
                f"The key {files.key} is missing, and without it {files.certificate} is of no use. Put the key back, "
                "or move the certificate away: a new authority is made then, which has to be trusted anew."
            )
        _write(files.key, issuing.pem_of(issuing.new_key()))
    key = _read(files.key, issuing.key_in, files)
    if not files.certificate.exists():
        return _certified(files, key, now, None)
    certificate = _read(files.certificate, x509.load_pem_x509_certificate, files)
    if not issuing.belongs(certificate, key):
        raise TlsFault(f"{files.key} is not the key of {files.certificate}. {_way_out(files)}")
    if certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc - RENEW_AUTHORITY:
        return Authority(certificate, key, None)
    return _certified(files, key, now, _REPLACED.format(files.certificate))


def _certified(files: Files, key: issuing.Key, now: datetime, notice: str | None) -> Authority:
    """A new certificate for the key, under the same name: what was issued before stays good under it."""
    certificate = issuing.authority_certificate(key, now)
    _write(files.certificate, pem_of(certificate), 0o644)
    return Authority(certificate, key, notice)


def _is_good(path: Path, names: frozenset[str], authority: Authority, now: datetime) -> bool:
    way_out = "Move it away, and a new one is made."
    pem = _bytes(path)
    try:
        key, certificate = issuing.key_in(pem), x509.load_pem_x509_certificate(pem)
        bears = issuing.names_in(certificate)
    except (ValueError, x509.ExtensionNotFound) as error:
        raise TlsFault(f"The server certificate {path} is damaged. {way_out}") from error
    if not issuing.belongs(certificate, key):
        raise TlsFault(f"The server certificate {path} has the key of another one. {way_out}")
    try:
        certificate.verify_directly_issued_by(authority.certificate)
    except (ValueError, InvalidSignature):
        return False  # of an authority that was here before
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return names <= bears and start <= now < end - (end - start) / 3


def _read(path: Path, parse: Callable[[bytes], T], files: Files) -> T:
    pem = _bytes(path)
    try:
        return parse(pem)
    except ValueError as error:
        raise TlsFault(f"{path} is damaged. {_way_out(files)}") from error


def _bytes(path: Path) -> bytes:
    try:
        if path.suffix != ".pem":
            _for_owner_alone(path, 0o600)
        return path.read_bytes()
    except OSError as error:
        raise TlsFault(f"{path} cannot be read: {error.strerror}. Make it readable for you and start again.") from error


def _write(path: Path, content: bytes, mode: int = 0o600) -> None:
    try:
        write_atomically(path, content, mode)
    except OSError as error:
        raise TlsFault(f"{path} cannot be written: {error.strerror}. Nothing was changed.") from error


def _for_owner_alone(path: Path, mode: int) -> None:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(mode)


def _way_out(files: Files) -> str:
    return (
        f"Put back good copies, or move {files.key.name} and {files.certificate.name} away: "
        "a new authority is made then, which has to be trusted anew."
    )
