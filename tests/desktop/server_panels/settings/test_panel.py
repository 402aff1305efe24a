"""The tab as a whole: which sections a server has, and how they look in a window of any size."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.server_panels.control import ServerControl
from desktop.server_panels.settings.panel import SettingsPanel
from tests.conftest import Run, until
from tests.desktop.server_panels.settings.stage import Stage


def test_only_the_websocket_server_has_limits(http: Stage, ws: Stage) -> None:
    assert http.panel.limits is None
    assert ws.panel.limits is not None


def test_nothing_can_be_chosen_before_there_is_a_server(
    qtbot: QtBot, controls: tuple[ServerControl, ...], tmp_path: Path, http: Stage
) -> None:
    for control in controls:
        panel = SettingsPanel(control, tmp_path / "authority.pem", http.tasks)
        qtbot.addWidget(panel)
        panel.show()
        assert not panel.listening.isEnabled()


def test_a_certificate_is_not_read_before_somebody_looks(qtbot: QtBot, http: Stage) -> None:
    http.certificate.parent.mkdir(parents=True)
    http.certificate.write_text("a certificate")
    panel = SettingsPanel(http.control, http.certificate, http.tasks)
    qtbot.addWidget(panel)
    http.control.attach(http.server)
    assert len(http.tasks) == 0


def test_everything_has_a_name(ws: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with ws.running():
            fields: list[QWidget] = [
                *ws.panel.findChildren(QAbstractButton),
                *ws.panel.findChildren(QSpinBox),
                *ws.panel.findChildren(QComboBox),
            ]
            visible = [field for field in fields if field.isVisible() and field.isEnabled()]
            assert len(visible) >= 11
            for field in visible:
                text = field.text() if isinstance(field, QAbstractButton) else ""
                assert field.accessibleName() or text

    run(scenario())


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_a_small_window_scrolls_down_but_not_aside(
    ws: Stage, run: Run, qapp: QApplication, scheme: theme.Scheme
) -> None:
    async def scenario() -> None:
        theme.apply(qapp, scheme)
        async with ws.running():
            ws.panel.resize(480, 320)
            await until(lambda: ws.panel.verticalScrollBar().maximum() > 0)
            assert ws.panel.horizontalScrollBar().maximum() == 0

    run(scenario())


def test_labels_belong_to_their_fields(ws: Stage) -> None:
    labels = [label for label in ws.panel.findChildren(QLabel) if label.buddy() is not None]
    assert ws.limits.max_message in [label.buddy() for label in labels]
    assert ws.panel.listening.tls in [label.buddy() for label in labels]


def test_the_tab_key_goes_from_top_to_bottom(ws: Stage, run: Run) -> None:
    async def scenario() -> None:
        async with ws.running():
            ws.control.change(tls=True, max_pending=1, null_origin=True)
            await ws.server.restart()
            await until(ws.panel.authority.export.isEnabled)
            ws.control.change(tls=False)
            ws.panel.authority.help.setChecked(True)
            inner = ws.panel.widget()
            assert inner is not None
            inside = [one for one in focus_chain(ws.panel.listening.this_computer) if inner.isAncestorOf(one)]
            assert {ws.panel.listening.restart, ws.panel.authority.help, ws.limits.max_rate} < set(inside)
            places = [one.mapTo(ws.panel, one.rect().topLeft()) for one in inside]
            rows = [place.y() // 12 for place in places]
            assert rows == sorted(rows)

    run(scenario())


def focus_chain(first: QWidget) -> Iterator[QWidget]:
    """The fields where the Tab key stops, from ``first`` on."""
    field: QWidget | None = first
    while field is not None:
        if field.focusPolicy() & Qt.FocusPolicy.TabFocus and field.isVisible() and field.isEnabled():
            yield field
        field = field.nextInFocusChain()
        if field is first:
            return
