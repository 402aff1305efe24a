"""The certificate authority: not there at first, then shown by its fingerprint, explained and exported."""

import errno
import hashlib
import os
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.server_panels.settings.authority import AuthoritySection
from servers.tls import MEANING, LocalAuthority
from tests.conftest import Run, until
from tests.desktop.server_panels.settings.stage import Stage, click


async def made(stage: Stage) -> AuthoritySection:
    """Make the authority as another server would, and look again; returns what shows it."""
    assert stage.server.authority is not None
    await stage.server.authority.certificate()
    stage.control.changed.emit()
    await until(stage.panel.authority.export.isEnabled)
    return stage.panel.authority


async def export(stage: Stage, path: Path) -> str:
    """Export through the button and its dialog; returns what is said about it."""
    section = stage.panel.authority
    click(section.export)
    dialog = section.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.close()
    assert not section.export.isEnabled()
    await until(section.export.isEnabled)
    return section.message.text()


def fingerprint_of(path: Path) -> str:
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(path.read_text())).hexdigest().upper()


def test_before_first_use_it_says_when_it_is_made_and_makes_nothing(http: Stage, run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with http.attached():
            section = http.panel.authority
            assert section.state.text().startswith("There is none yet")
            assert not section.fingerprint.isVisible()
            assert not section.export.isEnabled()
            assert not (tmp_path / "data").exists()

    run(scenario())


def test_it_is_there_from_the_first_start_with_tls(http: Stage, run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with http.attached():
            http.control.change(tls=True)
            await http.server.start()
            section = http.panel.authority
            await until(section.export.isEnabled)
            ca = http.certificate
            assert section.path.text() == str(ca)
            assert section.fingerprint.text().replace(":", "") == fingerprint_of(ca)
            click(section.fingerprint.copy)
            assert QGuiApplication.clipboard().text() == section.fingerprint.text()
            shown = section.fingerprint.label.text()
            assert shown.replace(" ", ":") == section.fingerprint.text()
            assert not section.state.isVisible()

    run(scenario())


def test_one_that_is_renewed_by_being_looked_at_says_so(http: Stage, run: Run) -> None:
    def long_ago() -> datetime:
        return datetime.now(UTC) - timedelta(days=3600)

    async def scenario() -> None:
        async with http.attached():
            await LocalAuthority(http.certificate.parent, now=long_ago).certificate()
            http.control.changed.emit()
            section = http.panel.authority
            await until(section.export.isEnabled)
            assert "was about to run out, so a new one was made" in section.message.text()
            assert section.export.isEnabled()

    run(scenario())


def test_it_is_seen_when_the_tab_is_shown_again(ws: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with ws.attached():
            ws.panel.hide()
            assert ws.server.authority is not None
            await ws.server.authority.certificate()
            ws.panel.show()
            await until(ws.panel.authority.fingerprint.isVisible)

    run(scenario())


def test_one_that_is_gone_is_no_longer_shown(http: Stage, run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with http.attached():
            section = await made(http)
            http.certificate.unlink()
            http.control.changed.emit()
            assert section.state.text().startswith("There is none yet")
            assert not section.export.isEnabled()

    run(scenario())


def test_a_damaged_one_is_said_in_place(http: Stage, run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with http.attached():
            section = await made(http)
            http.certificate.write_text("no certificate")
            http.control.changed.emit()
            await until(lambda: not section.export.isEnabled())
            assert "authority.pem" in section.state.text()
            assert not section.state.text().startswith("There is none yet")

    run(scenario())


def test_what_trusting_it_means_is_told_on_request(http: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with http.attached():
            section = http.panel.authority
            assert not section.words.isVisible()
            click(section.help)
            assert section.words.isVisible()
            assert "How to stop trusting it" in section.words.text()
            click(section.help)
            assert not section.words.isVisible()

    run(scenario())


def test_the_certificate_is_exported_without_the_key(http: Stage, run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with http.attached():
            await made(http)
            assert await export(http, tmp_path / "ca.crt") == f"Exported as “ca.crt”. {MEANING}"
            written = (tmp_path / "ca.crt").read_bytes()
            assert written == http.certificate.read_bytes()
            assert b"PRIVATE" not in written

    run(scenario())


def test_a_place_that_cannot_be_written_is_said(http: Stage, run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")

    async def scenario() -> None:
        async with http.attached():
            await made(http)
            said = await export(http, tmp_path / "file" / "ca.crt")
            assert said.startswith("“ca.crt” could not be written: ")
            assert (tmp_path / "file").read_text() == "kept"

    run(scenario())


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_full_or_forbidden_folder_leaves_the_old_file_whole(
    http: Stage, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    (tmp_path / "ca.crt").write_text("old")

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    async def scenario() -> None:
        async with http.attached():
            await made(http)
            with monkeypatch.context() as patch:
                patch.setattr(os, "fsync", refuse)
                said = await export(http, tmp_path / "ca.crt")
            assert said == f"“ca.crt” could not be written: {os.strerror(number)}."
            assert (tmp_path / "ca.crt").read_text() == "old"
            assert sorted(os.listdir(tmp_path)) == ["ca.crt", "data"]
            assert (await export(http, tmp_path / "ca.crt")).startswith("Exported")

    run(scenario())


def test_all_tabs_show_the_same(http: Stage, ws: Stage, run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with http.attached(), ws.attached():
            first, second = await made(http), await made(ws)
            assert first.fingerprint.text() == second.fingerprint.text()
            certificate = await LocalAuthority(tmp_path / "data" / "tls").certificate()
            assert certificate.fingerprint == first.fingerprint.text()

    run(scenario())
