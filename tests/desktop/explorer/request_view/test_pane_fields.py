"""Tests of a pane's fields: what they show, say and look like before anything is sent."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.explorer.model.auth import Digest
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Header, Request
from desktop.explorer.request_view.pane import RequestPane
from tests.conftest import Run
from tests.desktop.explorer.pages import JSON, click_send, shown, until, until_sent
from tests.desktop.explorer.servers import RawServer


def accented(pane: RequestPane, color: str) -> bool:
    """Whether the button has this colour."""
    return pane.line.button.palette().button().color().name() == color


def reads_in(label: QLabel, color: str) -> bool:
    return label.palette().windowText().color().name() == color


def test_colours_follow_the_palette(run: Run, qtbot: QtBot, qapp: QApplication) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as pane, RawServer(JSON).running() as server:
            pane.show_request(Request("GET", server.url))
            pane.send()
            await until_sent(pane)
            for scheme, colors in ((theme.Scheme.DARK, theme.DARK), (theme.Scheme.LIGHT, theme.LIGHT)):
                theme.apply(qapp, scheme)
                await until(partial(accented, pane, colors.accent))
                await until(partial(reads_in, pane.response.line.status, colors.running))

    run(scenario())


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (Request("GE T", "http://h/"), "method"),
        (Request("GET", "localhost:99999"), "url"),
        (Request("GET", "http://h/", (Header("a b", ""),)), "headers"),
    ],
)
def test_faults_stand_beside_their_field(run: Run, qtbot: QtBot, request_: Request, field: str) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as pane:
            pane.show_request(request_)
            click_send(pane)
            notice = pane.editor.faults[field] if field == "headers" else pane.fault
            focused = {"method": pane.line.method, "url": pane.line.url, "headers": pane.editor.headers.table}[field]
            assert notice.isVisible()
            assert notice.text()
            assert focused.hasFocus()
            assert pane.line.button.text() == "Send"
            pane.show_request(Request("GET", "http://h/"))
            assert not notice.isVisible()

    run(scenario())


def test_show_request_can_be_undone_and_shows_everything(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as pane:
            request = Request(
                "PATCH",
                "http://h/é?a=b",
                (Header("A", "1"), Header("b", "2", False)),
                "a\u00a0b\nc",
                BodyKind.TEXT,
                Digest("u", "{{p}}"),
                Options(follow=False, without=frozenset({"accept"})),
                ((1, "c=d"),),
            )
            pane.show_request(request)
            assert pane.request() == request
            assert [pane.editor.tabText(tab) for tab in range(5)] == [
                "&Params (1)", "&Headers (1)", "&Auth •", "&Body •", "&Options (1)",
            ]  # fmt: skip
            pane.line.url.undo()
            assert pane.line.url.text() == "http://localhost:5000/players"

    run(scenario())


def test_everything_that_can_be_pressed_has_a_name_and_takes_the_focus(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as pane:
            view = pane.response
            fields: list[QWidget] = [pane.line.method, pane.line.url, pane.editor.headers.table]
            fields += [view.body, view.headers.table, view.sent]
            assert all(widget.accessibleName() for widget in fields)
            fields += [
                pane.line.button,
                pane.editor.tabBar(),
                view.first_send,
                *view.body_page.bar.forms.values(),
                view.tabs.tabBar(),
            ]
            assert all(widget.focusPolicy() & Qt.FocusPolicy.TabFocus for widget in fields)

    run(scenario())
