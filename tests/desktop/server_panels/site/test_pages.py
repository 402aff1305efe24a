"""Pages for the browser: of the bundled sites, or of the user's own folder."""

from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import aiohttp
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest

from desktop.server_panels.site.pages import OpenButton
from desktop.server_panels.site.panel import SitePanel
from tests.conftest import Run, until
from tests.desktop.server_panels.settings.stage import click
from tests.desktop.server_panels.site.stage import Stage


def test_every_bundled_page_is_asked_for_and_is_there(site: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            assert panel.bundled.isVisible()
            assert not panel.own.isVisible()
            for button in panel.bundled.buttons:
                click(button)
            assert site.opened == ["/", "/Breakout/", "/Catch/", "/Snooker/", "/WebSockets/client.html"]
            await site.server.start()
            async with aiohttp.ClientSession() as client:
                for path in site.opened:
                    async with client.get(f"{site.control.url}{path}", allow_redirects=False) as response:
                        assert response.status == 200

    run(scenario())


def test_the_pages_of_an_own_folder_are_asked_for_by_names_that_urls_can_have(
    site: Stage, folder: Path, run: Run
) -> None:
    names = ["50%.html", "a b#c?.html", "ü<b>&.html"]
    for name in names:
        (folder / name).write_text(name)

    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder)
            assert not panel.bundled.isVisible()
            buttons = panel.own.others.findChildren(OpenButton)
            assert [unquote(button.path) for button in buttons] == [f"/{name}" for name in names]
            click(panel.own.start.button)
            for button in buttons:
                click(button)
            assert site.opened == ["/", "/50%25.html", "/a%20b%23c%3F.html", "/%C3%BC%3Cb%3E%26.html"]

    run(scenario())


def test_a_long_name_leaves_the_others_room(site: Stage, folder: Path, run: Run) -> None:
    for name in (f"{'a' * 200}.html", "b.html", "c.html", "d.html"):
        (folder / name).write_text("")

    def places(panel: SitePanel) -> list[QRect]:
        rows = (button.parentWidget() for button in panel.own.others.findChildren(OpenButton))
        return [row.geometry() for row in rows if row is not None]

    def columns(panel: SitePanel) -> int:
        return len({place.x() for place in places(panel)})

    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder)
            await until(lambda: columns(panel) == 2)
            widths = [place.width() for place in places(panel)]
            assert max(widths) - min(widths) <= 1
            panel.resize(470, 560)
            await until(lambda: columns(panel) == 1)
            assert all(place.width() > 250 for place in places(panel))
            panel.resize(800, 560)
            await until(lambda: columns(panel) == 2)

    run(scenario())


def test_the_keyboard_goes_through_the_pages_in_their_order(site: Stage, folder: Path, run: Run) -> None:
    for name in ("a.html", "b.html", "c.html"):
        (folder / name).write_text("")

    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder)
            await until(panel.isActiveWindow)
            buttons = [panel.own.start.button, *panel.own.others.findChildren(OpenButton), panel.own.bundled]
            buttons[0].setFocus()
            for button, following in pairwise(buttons):
                QTest.keyClick(button, Qt.Key.Key_Tab)
                assert following.hasFocus()

    run(scenario())


def test_what_the_start_page_will_be_is_said(site: Stage, folder: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            panel.timer.setInterval(5)
            await site.serve(folder)
            label = panel.own.start.label
            assert label.text() == "a list of what is in the folder"
            site.control.change(listing=False)
            assert label.text().startswith("answers 404")
            (folder / "index.html").write_text("")
            await until(lambda: label.text() == "index.html")
            assert not panel.own.others.isVisible()
            (folder / "new.html").write_text("")
            await until(panel.own.others.isVisible)
            (folder / "new.html").unlink()
            await until(lambda: not panel.own.others.isVisible())

    run(scenario())


def test_the_bundled_sites_are_offered_in_place_of_an_own_folder(site: Stage, folder: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder)
            click(panel.own.bundled)
            await site.settled()
            assert site.root() is None
            assert panel.bundled.isVisible()

    run(scenario())


def test_a_folder_that_is_gone_has_no_pages(site: Stage, folder: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder / "gone")
            assert not panel.own.start.isEnabled()
            assert not panel.own.others.isVisible()

    run(scenario())
