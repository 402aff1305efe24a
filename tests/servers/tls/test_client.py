"""Tests of clients' contexts: the files that they are made of, and the words for what is wrong with these."""

import ssl
from pathlib import Path

import pytest
import trustme

from servers.tls.client import Trust, make_context
from servers.tls.fault import TlsFault

PLAIN = Trust(True, "", "", "")


def test_old_tls_is_refused_with_and_without_the_check() -> None:
    for verify in (True, False):
        context = make_context(PLAIN._replace(verify=verify))
        assert context.minimum_version is ssl.TLSVersion.TLSv1_2
        assert context.check_hostname is verify
        assert context.verify_mode is (ssl.CERT_REQUIRED if verify else ssl.CERT_NONE)


def test_authorities_come_on_top_of_the_systems(tmp_path: Path) -> None:
    own, given = tmp_path / "own.pem", tmp_path / "ca.pem"
    for path in (own, given):
        trustme.CA().cert_pem.write_to_path(path)
    known = make_context(PLAIN).cert_store_stats()["x509"]
    assert make_context(PLAIN._replace(ca_file=str(given)), own).cert_store_stats()["x509"] == known + 2


def test_a_client_certificate_may_be_in_one_file_with_its_key(tmp_path: Path) -> None:
    made = trustme.CA().issue_cert("me@example.org")
    both, key = tmp_path / "both.pem", tmp_path / "me.key"
    made.private_key_and_cert_chain_pem.write_to_path(both)
    made.private_key_pem.write_to_path(key)
    make_context(PLAIN._replace(client_cert=str(both)))
    make_context(PLAIN._replace(client_cert=str(both), client_key=str(key)))
    with pytest.raises(TlsFault, match=f"The key “{key}” needs a client certificate. Give its file, too."):
        make_context(PLAIN._replace(client_key=str(key)))
    trustme.CA().issue_cert("you@example.org").private_key_pem.write_to_path(key)
    with pytest.raises(TlsFault, match=f"The key in “{key}” does not belong to the certificate “{both}”."):
        make_context(PLAIN._replace(client_cert=str(both), client_key=str(key)))


@pytest.mark.parametrize("field", ["ca_file", "client_cert", "client_key"])
def test_files_that_cannot_be_read_are_named(tmp_path: Path, field: str) -> None:
    gone = str(tmp_path / "gone.pem")
    with pytest.raises(TlsFault, match=f"The certificate file “{gone}” cannot be read: No such file or directory."):
        make_context(PLAIN._replace(**{field: gone}))  # type: ignore[arg-type] # all of these are texts
    with pytest.raises(TlsFault, match=r"cannot be read: embedded null byte\.$"):
        make_context(PLAIN._replace(**{field: "a\0b"}))  # type: ignore[arg-type]


def test_files_that_hold_something_else_are_named(tmp_path: Path) -> None:
    junk = tmp_path / "junk.pem"
    junk.write_text("hello")
    with pytest.raises(TlsFault, match=f"“{junk}” holds no certificates in PEM form"):
        make_context(PLAIN._replace(ca_file=str(junk)))
    with pytest.raises(TlsFault, match=f"“{junk}” must hold a certificate and its key in PEM form."):
        make_context(PLAIN._replace(client_cert=str(junk)))
