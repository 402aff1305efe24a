"""The local certificate authority, and TLS under its certificates, for https:// and wss:// on this computer."""

from pathlib import Path

from servers.tls.authority import CERTIFICATE, Certificate, LocalAuthority
from servers.tls.trust import client_context, trust_authority
from servers.tls.words import MEANING, explanation

__all__ = [
    "MEANING",
    "Certificate",
    "LocalAuthority",
    "certificate_path",
    "client_context",
    "explanation",
    "local_authority",
    "trust_authority",
]


def local_authority(data_dir: Path) -> LocalAuthority:
    """The authority of a data directory; its files are made on first use."""
    return LocalAuthority(data_dir / "tls")


def certificate_path(data_dir: Path) -> Path:
    """The certificate (PEM, RFC 7468) of the authority of ``data_dir``; it is there from first use on."""
    return data_dir / "tls" / CERTIFICATE
