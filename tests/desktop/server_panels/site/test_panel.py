"""The tab as a whole: usable once there is a server, whole in a small window, in both schemes."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from desktop import theme
from desktop.server_panels.control import ServerControl
from desktop.server_panels.settings.reach import LOCAL_NETWORK
from desktop.server_panels.site.panel import SitePanel
from servers.settings import Cors
from tests.conftest import Run
from tests.desktop.server_panels.site.stage import Stage

NARROWEST = 470
"""Pixels of the tab in the smallest window."""


def test_nothing_can_be_chosen_before_there_is_a_server(site: Stage, run: Run) -> None:
    site.panel.show()
    assert not site.panel.served.choose.isEnabled()
    site.control.attach(site.server)
    assert site.panel.served.choose.isEnabled()
    site.panel.hide()


def test_it_can_be_made_for_a_control_that_knows_no_http_settings(
    owner: QWidget, controls: tuple[ServerControl, ...], site: Stage, tmp_path: Path
) -> None:
    panel = SitePanel(controls[0], tmp_path / "none.json", site.tasks, owner)
    assert panel.bundled.isVisibleTo(panel)


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_it_needs_no_scrolling_sideways_with_everything_said(
    site: Stage, folder: Path, run: Run, qapp: QApplication, scheme: theme.Scheme
) -> None:
    deep = folder.joinpath(*(f"a rather long name {number}" for number in range(8)))
    deep.mkdir(parents=True)
    (deep / f"{'long ' * 30}.html").write_text("")

    async def scenario() -> None:
        async with site.attached() as panel:
            panel.resize(NARROWEST, 560)
            theme.apply(qapp, scheme)
            await site.serve(deep)
            site.control.change(uploads=True, cors=Cors.ANY, user="anna", host=LOCAL_NETWORK)
            panel.served.refuse_file(Path(f"{'long ' * 30}.html"))
            QApplication.sendPostedEvents()
            area = panel.findChild(QScrollArea)
            assert area is not None
            assert area.horizontalScrollBar().maximum() == 0
            assert area.verticalScrollBar().maximum() > 0
            assert not panel.grab().isNull()

    run(scenario())


def test_every_button_has_a_name(site: Stage, folder: Path, run: Run) -> None:
    async def scenario() -> None:
        async with site.attached() as panel:
            await site.serve(folder)
            for button in panel.findChildren(QAbstractButton):
                if button.isVisible() and button.focusPolicy():
                    assert button.text() or button.accessibleName()

    run(scenario())
