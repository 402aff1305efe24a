"""Tests of the authority's files: made once, private, renewed in time, and left alone when damaged."""

import multiprocessing
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from multiprocessing.pool import Pool
from pathlib import Path

import pytest

from servers import disk
from servers.tls import issuing
from servers.tls.fault import TlsFault
from servers.tls.keeping import authority_in, renew
from tests.servers.tls.stage import NAMES, START, Clock, certificate_in, files_in


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_first_use_makes_what_only_the_user_can_read(tmp_path: Path) -> None:
    files = files_in(tmp_path / "deep" / "tls")
    assert renew(files, NAMES, START) is None
    folder = files.key.parent
    assert _mode(folder) == 0o700
    assert {path.name: _mode(path) for path in folder.iterdir()} == {
        "authority.key": 0o600,
        "authority.pem": 0o644,
        "lock": 0o600,
        "server.key": 0o600,
    }
    authority, server = certificate_in(files.certificate), certificate_in(files.server)
    server.verify_directly_issued_by(authority)
    assert issuing.belongs(authority, issuing.key_in(files.key.read_bytes()))
    assert b"PRIVATE" not in files.certificate.read_bytes()


def test_the_authority_alone_is_enough_to_hand_out_its_certificate(tmp_path: Path) -> None:
    files = files_in(tmp_path / "tls")
    assert authority_in(files, START).certificate == certificate_in(files.certificate)
    assert not files.server.exists()


def test_what_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    files = files_in(tmp_path)
    renew(files, NAMES, START)
    tmp_path.chmod(0o755)
    files.key.chmod(0o644)
    files.server.chmod(0o640)
    renew(files, NAMES, START)
    assert [_mode(path) for path in (tmp_path, files.key, files.server)] == [0o700, 0o600, 0o600]


def test_nothing_is_made_anew_while_it_is_good(tmp_path: Path) -> None:
    clock, files = Clock(), files_in(tmp_path)
    renew(files, NAMES, clock.now)
    before = _contents(tmp_path)
    clock.pass_days(260)
    assert renew(files, NAMES - {"::1"}, clock.now) is None
    assert _contents(tmp_path) == before


def test_a_third_before_its_end_the_server_gets_a_new_certificate(tmp_path: Path) -> None:
    clock, files = Clock(), files_in(tmp_path)
    renew(files, NAMES, clock.now)
    authority, first = files.certificate.read_bytes(), certificate_in(files.server)
    clock.pass_days(265)
    assert renew(files, NAMES, clock.now) is None
    second = certificate_in(files.server)
    assert second.serial_number != first.serial_number
    assert second.not_valid_after_utc > first.not_valid_after_utc + timedelta(days=260)
    assert files.certificate.read_bytes() == authority


def test_names_that_are_missing_bring_a_new_certificate(tmp_path: Path) -> None:
    files = files_in(tmp_path)
    renew(files, NAMES, START)
    renew(files, NAMES | {"192.0.2.7"}, START)
    assert issuing.names_in(certificate_in(files.server)) == NAMES | {"192.0.2.7"}


@pytest.mark.parametrize("days", [3650 - 61 + 2, 4000, -10])
def test_an_authority_about_to_run_out_is_replaced_and_that_is_said(tmp_path: Path, days: int) -> None:
    """Also one that has run out already, and one that a clock gone wrong has made in the future."""
    clock, files = Clock(), files_in(tmp_path)
    renew(files, NAMES, clock.now)
    old, key = certificate_in(files.certificate), files.key.read_bytes()
    clock.pass_days(days)
    notice = renew(files, NAMES, clock.now) or ""
    assert "about to run out" in notice
    assert str(files.certificate) in notice
    new, server = certificate_in(files.certificate), certificate_in(files.server)
    assert new.serial_number != old.serial_number
    assert new.not_valid_before_utc <= clock.now < new.not_valid_after_utc - timedelta(days=3600)
    assert server.not_valid_before_utc <= clock.now < server.not_valid_after_utc
    server.verify_directly_issued_by(new)
    assert files.key.read_bytes() == key
    assert renew(files, NAMES, clock.now) is None


def test_what_was_issued_before_stays_good_under_the_new_certificate(tmp_path: Path) -> None:
    clock, files = Clock(), files_in(tmp_path)
    clock.pass_days(-3500)
    authority_in(files, clock.now)
    clock.pass_days(3480)
    renew(files, NAMES, clock.now)
    issued = certificate_in(files.server)
    clock.pass_days(120)
    assert authority_in(files, clock.now).notice
    issued.verify_directly_issued_by(certificate_in(files.certificate))


def test_a_certificate_of_an_authority_that_was_here_before_is_replaced(tmp_path: Path) -> None:
    files = files_in(tmp_path)
    renew(files, NAMES, START)
    files.key.unlink()
    files.certificate.unlink()
    renew(files, NAMES, START)
    certificate_in(files.server).verify_directly_issued_by(certificate_in(files.certificate))


def test_a_crash_after_the_key_leaves_what_can_be_gone_on_with(tmp_path: Path) -> None:
    files = files_in(tmp_path)
    renew(files, NAMES, START)
    key = files.key.read_bytes()
    files.certificate.unlink()
    assert renew(files, NAMES, START) is None
    assert files.key.read_bytes() == key


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("authority.key", b"", "authority.key is damaged. Put back good copies, or move"),
        ("authority.pem", b"-----BEGIN CERTIFICATE-----\nAAAA\n", "authority.pem is damaged"),
        ("authority.pem", b"\xff\x00", "authority.pem is damaged"),
        ("server.key", b"cut off", "server.key is damaged. Move it away, and a new one is made."),
        ("server.key", issuing.pem_of(issuing.new_key()), "server.key is damaged"),
        ("authority.key", issuing.pem_of(issuing.new_key()), "authority.key is not the key of"),
    ],
)
def test_damaged_files_are_said_and_left(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    files = files_in(tmp_path)
    renew(files, NAMES, START)
    (tmp_path / name).write_bytes(content)
    before = _contents(tmp_path)
    with pytest.raises(TlsFault, match=words) as raised:
        renew(files, NAMES, START)
    assert str(tmp_path) in str(raised.value)
    assert raised.value.strerror == str(raised.value)
    assert _contents(tmp_path) == before


def test_a_server_certificate_with_the_key_of_another_is_said_and_left(tmp_path: Path) -> None:
    files = files_in(tmp_path)
    renew(files, NAMES, START)
    other = issuing.pem_of(issuing.new_key())
    files.server.write_bytes(other + files.server.read_bytes().partition(b"-----END PRIVATE KEY-----\n")[2])
    with pytest.raises(TlsFault, match="has the key of another one"):
        renew(files, NAMES, START)


def test_a_certificate_without_its_key_is_said_and_left(tmp_path: Path) -> None:
    files = files_in(tmp_path)
    renew(files, NAMES, START)
    files.key.unlink()
    before = _contents(tmp_path)
    with pytest.raises(TlsFault, match=r"authority\.key is missing"):
        renew(files, NAMES, START)
    assert _contents(tmp_path) == before


@pytest.mark.parametrize("name", ["authority.key", "authority.pem", "server.key"])
def test_files_that_cannot_be_read_are_said(tmp_path: Path, name: str) -> None:
    files = files_in(tmp_path)
    renew(files, NAMES, START)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir(mode=0o700)  # unlike a mode, this also keeps an administrator from reading
    with pytest.raises(TlsFault, match=f"{name} cannot be read: Is a directory"):
        renew(files, NAMES, START)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TlsFault, match="cannot be used for certificates: Not a directory"):
        renew(files_in(tmp_path / "file" / "tls"), NAMES, START)


def test_a_full_disk_leaves_the_old_files_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, files = Clock(), files_in(tmp_path)
    renew(files, NAMES, clock.now)
    before = _contents(tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk.os, "fsync", full)  # type: ignore[attr-defined] # a module within a module
    clock.pass_days(300)
    with pytest.raises(TlsFault, match=r"server\.key cannot be written: No space left on device"):
        renew(files, NAMES, clock.now)
    assert _contents(tmp_path) == before


def _renew_there(folder: str) -> bytes:
    files = files_in(Path(folder))
    renew(files, NAMES, START)
    return files.certificate.read_bytes()


def test_threads_that_make_it_at_once_make_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = set(threads.map(_renew_there, [str(tmp_path)] * 16))
    assert len(made) == 1


def test_processes_that_make_it_at_once_make_one(tmp_path: Path) -> None:
    pool: Pool
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        made = set(pool.map(_renew_there, [str(tmp_path)] * 6, chunksize=1))
        pool.close()
        pool.join()
    assert len(made) == 1
    files = files_in(tmp_path)
    authority = certificate_in(files.certificate)
    certificate_in(files.server).verify_directly_issued_by(authority)
    assert issuing.belongs(authority, issuing.key_in(files.key.read_bytes()))
    assert os.listdir(tmp_path).count("authority.pem") == 1
