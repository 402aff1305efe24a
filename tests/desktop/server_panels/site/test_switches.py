"""The switches: set, followed, remembered, and explained where they open something."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.server_panels.settings.reach import LOCAL_NETWORK
from desktop.server_panels.site.switches import CACHE_TITLES
from servers.settings import Caching
from tests.conftest import Run, until
from tests.desktop.server_panels.settings.stage import click
from tests.desktop.server_panels.site.stage import Stage


@pytest.mark.parametrize("key", ["listing", "spa", "live_reload", "compression", "uploads"])
def test_each_switch_sets_its_own_setting_and_follows_it(site: Stage, folder: Path, run: Run, key: str) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder)
            site.told.clear()
            switch = panel.switches.switches[key]
            before = switch.isChecked()
            assert before is getattr(site.server.settings, key)
            click(switch)
            assert getattr(site.server.settings, key) is not before
            assert site.told == [("http", key, not before)]
            site.control.change(**{key: before})
            assert switch.isChecked() is before
            assert len(site.told) == 2

    run(scenario())


def test_browsers_are_told_how_long_to_keep_a_file(site: Stage, run: Run) -> None:
    assert set(CACHE_TITLES) == set(Caching)

    async def scenario() -> None:
        async with site.attached() as panel:
            cache = panel.switches.cache
            cache.setFocus()
            QTest.keyClick(cache, Qt.Key.Key_End)
            assert site.server.settings.cache is list(CACHE_TITLES)[-1]
            assert site.told == [("http", "cache", site.server.settings.cache.value)]
            site.control.change(cache=Caching.HOUR)
            assert cache.currentText() == CACHE_TITLES[Caching.HOUR]

    run(scenario())


def test_the_bundled_sites_take_no_uploads(site: Stage, folder: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            switches = panel.switches
            assert not switches.switches["uploads"].isEnabled()
            assert not switches.max_upload.isEnabled()
            assert switches.uploads_remark.text().startswith("The bundled sites take no uploads.")
            await site.serve(folder)
            assert switches.switches["uploads"].isEnabled()
            assert not switches.uploads_remark.isVisible()

    run(scenario())


def test_where_uploads_go_and_who_can_send_them_is_said(site: Stage, folder: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder)
            click(panel.switches.switches["uploads"])
            remark = panel.switches.uploads_remark
            rest = "can put files into “a site” and the folders in it."
            assert remark.text() == f"Any program on this computer {rest}"
            site.control.change(host=LOCAL_NETWORK)
            assert remark.text() == f"Anybody on your network {rest}"
            site.control.change(user="anna", password="x")
            assert remark.text() == f"Whoever knows the password {rest}"

    run(scenario())


def test_a_limit_that_is_too_large_for_the_field_is_said_and_kept(site: Stage, folder: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder)
            site.control.change(max_upload=2**33)
            assert panel.switches.size_remark.text().startswith("It is 8,589,934,592 bytes")
            QTest.keyClick(panel.switches.max_upload, Qt.Key.Key_Return)
            assert site.server.settings.max_upload == 2**33
            site.control.change(max_upload=5)
            assert not panel.switches.size_remark.isVisible()

    run(scenario())


def test_a_size_that_is_being_typed_is_left_alone(site: Stage, folder: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder)
            box = panel.switches.max_upload
            await until(panel.isActiveWindow)
            box.setFocus()
            box.selectAll()
            QTest.keyClicks(box, "5 M")
            site.control.change(max_upload=7)
            assert box.lineEdit().text() == "5 M"
            QTest.keyClick(box, Qt.Key.Key_Return)
            assert site.server.settings.max_upload == 5 * 1024**2
            assert box.text() == "5 MiB"

    run(scenario())
