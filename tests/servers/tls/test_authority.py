"""Tests of the authority as servers use it: one live context that stays good."""

import asyncio
import hashlib
import ssl
import threading
from base64 import b64decode
from pathlib import Path

import pytest

from servers.tls import LocalAuthority, certificate_path, issuing, keeping, local_authority
from servers.tls.fault import TlsFault
from tests.conftest import Run
from tests.servers.tls.stage import Clock, certificate_in, files_in


def test_nothing_is_made_before_it_is_used(tmp_path: Path) -> None:
    authority = local_authority(tmp_path / "data")
    assert authority.path == certificate_path(tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_the_certificate_to_hand_out_with_its_fingerprint(run: Run, tmp_path: Path) -> None:
    certificate = run(LocalAuthority(tmp_path).certificate())
    body = certificate.pem.partition("\n")[2].partition("-----END")[0]
    digest = hashlib.sha256(b64decode(body)).hexdigest().upper()
    assert certificate.fingerprint.replace(":", "") == digest
    assert certificate.fingerprint.count(":") == 31
    assert certificate.pem == (tmp_path / "authority.pem").read_text()
    assert certificate.expires == certificate_in(tmp_path / "authority.pem").not_valid_after_utc


def test_one_context_for_all_with_every_name_that_was_asked_for(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        authority = LocalAuthority(tmp_path)
        first = await authority.context({"127.0.0.5"})
        assert await authority.context({"127.0.0.6", "0.0.0.0"}) is first
        assert first.minimum_version is ssl.TLSVersion.TLSv1_2
        assert {"127.0.0.5", "127.0.0.6", "localhost"} <= issuing.names_in(certificate_in(tmp_path / "server.key"))

    run(scenario())


def test_keys_are_made_off_the_thread_of_the_loop(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    makers: list[threading.Thread] = []
    make = issuing.new_key

    def noted() -> issuing.Key:
        makers.append(threading.current_thread())
        return make()

    monkeypatch.setattr(issuing, "new_key", noted)
    run(LocalAuthority(tmp_path).context())
    assert len(makers) == 2
    assert threading.main_thread() not in makers


def test_the_notice_stays_whoever_found_it(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        clock = Clock()
        authority = LocalAuthority(tmp_path, now=clock)
        await authority.context()
        assert authority.notice is None
        clock.pass_days(3640)
        await authority.certificate()
        await authority.context()
        assert "about to run out" in str(authority.notice)

    run(scenario())


def test_a_file_that_goes_between_looking_and_loading_is_said(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        authority = LocalAuthority(tmp_path)
        await asyncio.to_thread(authority.renew)
        files_in(tmp_path).server.unlink()
        with pytest.raises(TlsFault, match=r"server\.key cannot be used: No such file or directory"):
            authority.load()

    run(scenario())


def test_damage_is_raised_as_a_sentence(run: Run, tmp_path: Path) -> None:
    keeping.authority_in(files_in(tmp_path), Clock()())
    (tmp_path / "authority.pem").write_text("damaged")
    authority = LocalAuthority(tmp_path)
    for attempt in (authority.context(), authority.certificate()):
        with pytest.raises(OSError, match=r"authority\.pem is damaged"):
            run(attempt)
