"""Tests of how our own clients come to trust the authority."""

import ssl
from pathlib import Path

from servers.tls import LocalAuthority, client_context, trust_authority
from tests.conftest import Run


def _own(context: ssl.SSLContext) -> int:
    return sum("Portside" in str(one["subject"]) for one in context.get_ca_certs())


def test_the_authority_is_trusted_if_it_is_there(run: Run, tmp_path: Path) -> None:
    assert _own(client_context(tmp_path / "authority.pem")) == 0
    run(LocalAuthority(tmp_path).certificate())
    context = client_context(tmp_path / "authority.pem")
    assert _own(context) == 1
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2


def test_without_one_the_system_s_are_trusted() -> None:
    system = ssl.create_default_context().cert_store_stats()
    assert client_context(None).cert_store_stats() == system


def test_a_damaged_one_is_left_out(tmp_path: Path) -> None:
    damaged = tmp_path / "authority.pem"
    for content in (b"", b"damaged", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        damaged.write_bytes(content)
        context = ssl.create_default_context()
        before = context.cert_store_stats()
        trust_authority(context, damaged)
        assert context.cert_store_stats() == before
