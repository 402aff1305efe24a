"""Makes the certificates: that of the authority, and those of servers under it (X.509, RFC 5280)."""

import socket
from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = ec.EllipticCurvePrivateKey

AUTHORITY_LIFE = timedelta(days=3650)
SERVER_LIFE = timedelta(days=397)
"""Longer-lived ones are refused by some browsers."""

_EARLIER = timedelta(days=1)  # clocks of other computers may be behind
_NAME_LIMIT = 64  # characters (RFC 5280, appendix A.1); the library counts the bytes of UTF-8
_USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def new_key() -> Key:
    """A new key on the curve P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def authority_certificate(key: Key, now: datetime) -> x509.Certificate:
    """The self-signed certificate of the authority that has ``key``; it may sign servers' certificates only."""
    identity = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    name = _authority_name(identity.digest.hex()[:8])
    builder = _begun(name, name, key, now - _EARLIER, now - _EARLIER + AUTHORITY_LIFE)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return builder.add_extension(_usage("key_cert_sign", "crl_sign"), critical=True).sign(key, hashes.SHA256())


def server_certificate(
    key: Key, names: Iterable[str], authority: x509.Certificate, authority_key: Key, now: datetime
) -> x509.Certificate:
    """A certificate for a server with ``key`` that answers to ``names``; it ends no later than the authority's."""
    start = max(now - _EARLIER, authority.not_valid_before_utc)
    end = min(start + SERVER_LIFE, authority.not_valid_after_utc)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    return (
        _begun(subject, authority.subject, key, start, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in sorted(names)]), critical=False)
        .add_extension(issuer_key, critical=False)
        .sign(authority_key, hashes.SHA256())
    )


def names_in(certificate: x509.Certificate) -> frozenset[str]:
    """The names and addresses that a server's certificate is for."""
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return frozenset(str(one.value) for one in names)


def belongs(certificate: x509.Certificate, key: Key) -> bool:
    """Whether ``certificate`` is about ``key``."""
    return certificate.public_key() == key.public_key()


def key_in(pem: bytes) -> Key:
    """The key in ``pem``. Raises ValueError unless there is one of the right kind, not locked."""
    try:
        key = serialization.load_pem_private_key(pem, None)
    except TypeError as error:
        raise ValueError("the key is locked with a passphrase") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("the key is of another kind")
    return key


def pem_of(key: Key) -> bytes:
    """The key in PEM form (PKCS 8)."""
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(encoding, form, serialization.NoEncryption())


def _begun(subject: x509.Name, issuer: x509.Name, key: Key, start: datetime, end: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _authority_name(key_digest: str) -> x509.Name:
    """Says what it is in the lists of browsers; the key's digest tells it from one that was made before."""
    words = {
        NameOID.ORGANIZATION_NAME: "Portside local certificate authority",
        NameOID.ORGANIZATIONAL_UNIT_NAME: f"Made on your own computer, key {key_digest}",
        NameOID.COMMON_NAME: _cut(f"Portside on {socket.gethostname() or 'this computer'}"),
    }
    return x509.Name([x509.NameAttribute(identifier, text) for identifier, text in words.items()])


def _cut(name: str) -> str:
    return name.encode(errors="ignore")[:_NAME_LIMIT].decode(errors="ignore")


def _usage(*uses: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{use: use in uses for use in _USES})


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)
