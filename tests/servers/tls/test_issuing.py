"""Tests of what the certificates say."""

import socket
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from servers.tls import issuing
from tests.servers.tls.stage import NAMES, START

KEY = issuing.new_key()
AUTHORITY = issuing.authority_certificate(KEY, START)


def test_the_authority_may_sign_servers_only_for_ten_years() -> None:
    constraints = AUTHORITY.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (constraints.critical, constraints.value.ca, constraints.value.path_length) == (True, True, 0)
    usage = AUTHORITY.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert (usage.value.key_cert_sign, usage.value.crl_sign, usage.value.digital_signature) == (True, True, False)
    assert isinstance(KEY.curve, ec.SECP256R1)
    assert AUTHORITY.not_valid_after_utc - AUTHORITY.not_valid_before_utc == timedelta(days=3650)
    AUTHORITY.verify_directly_issued_by(AUTHORITY)


def test_its_name_says_what_it_is_and_tells_it_from_others() -> None:
    name = AUTHORITY.subject.rfc4514_string()
    assert "Portside" in name
    assert "your own computer" in name
    assert f"CN=Portside on {socket.gethostname()}"[:67] in name
    again, other = issuing.authority_certificate(KEY, START), issuing.authority_certificate(issuing.new_key(), START)
    assert (again.subject == AUTHORITY.subject, other.subject == AUTHORITY.subject) == (True, False)


@pytest.mark.parametrize("host", ["", "h" * 200, "büro", "ü" * 60, "b\udcffro"])
def test_any_host_name_fits(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: host)
    [common] = issuing.authority_certificate(KEY, START).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert isinstance(common.value, str)
    assert len(common.value) <= 64
    assert common.value.startswith(f"Portside on {host[:1] or 'this computer'}")
    assert f"Portside on {host or 'this computer'}".replace("\udcff", "").startswith(common.value)


def test_a_server_gets_its_names_for_at_most_397_days() -> None:
    key = issuing.new_key()
    certificate = issuing.server_certificate(key, NAMES, AUTHORITY, KEY, START)
    assert issuing.names_in(certificate) == NAMES
    assert certificate.not_valid_after_utc - certificate.not_valid_before_utc <= timedelta(days=397)
    assert certificate.not_valid_before_utc < START
    [purpose] = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert purpose == ExtendedKeyUsageOID.SERVER_AUTH
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    certificate.verify_directly_issued_by(AUTHORITY)
    assert issuing.belongs(certificate, key)
    assert not issuing.belongs(certificate, KEY)


def test_a_server_s_certificate_ends_no_later_than_the_authority_s() -> None:
    late = AUTHORITY.not_valid_after_utc - timedelta(days=100)
    certificate = issuing.server_certificate(issuing.new_key(), NAMES, AUTHORITY, KEY, late)
    assert certificate.not_valid_after_utc == AUTHORITY.not_valid_after_utc


def test_a_key_comes_back_as_it_was() -> None:
    assert issuing.key_in(issuing.pem_of(KEY)).private_numbers() == KEY.private_numbers()


def test_other_keys_are_refused() -> None:
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    locked = KEY.private_bytes(pem, pkcs8, serialization.BestAvailableEncryption(b"x"))
    with pytest.raises(ValueError, match="locked"):
        issuing.key_in(locked)
    other = rsa.generate_private_key(65537, 2048).private_bytes(pem, pkcs8, serialization.NoEncryption())
    with pytest.raises(ValueError, match="another kind"):
        issuing.key_in(other)
    with pytest.raises(ValueError, match="PEM"):
        issuing.key_in(b"nonsense")
