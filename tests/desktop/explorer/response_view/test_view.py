"""Tests of the response on the screen, from nothing to its end."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.explorer.model.request import Header, Request
from desktop.explorer.reading.formats import Form
from desktop.explorer.sending.blob import Blob
from desktop.explorer.sending.reply import Timing
from tests.conftest import Run
from tests.desktop.explorer.replies import reply
from tests.desktop.explorer.response_view.views import JSON, PRETTY, growing, shown, typed, until


def test_what_came_is_shown_at_once(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            view.show_nothing()
            assert view.currentWidget() is view.empty
            view.show_waiting("Waiting for h port 80…")
            assert (view.currentWidget(), view.progress.text()) == (view.waiting, "Waiting for h port 80…")
            view.show_reply(typed("application/json"))
            assert view.currentWidget() is view.result
            assert view.body.toPlainText() == PRETTY
            assert view.line.status.text() == "200 OK"
            view.body_page.bar.forms[Form.RAW].click()
            assert view.body.toPlainText() == JSON.decode("utf-8-sig").replace("\r\n", "\n")
            view.show_cancelled()
            assert view.currentWidget() is view.empty
            assert view.body_page.view.body is None

    run(check())


def test_only_tabs_with_content_are_offered(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            one = reply(200, b"x", (("Set-Cookie", "a=b; Path=/; Max-Age=5"), ("X", "y")))
            view.show_reply(one)
            assert _titles(view.tabs) == ["Body", "Headers (2)", "Cookies (1)", "Timing", "Request as sent"]
            assert view.cookies.table.cells.table.rows == (("a", "b", "", "/", "5 s", "no", "no", "", ""),)
            view.show_reply(replace(reply(), hops=(reply(302, headers=(("Location", "/y"),)),)))
            assert _titles(view.tabs) == ["Body", "Headers (0)", "Timing", "Steps (2)", "Request as sent"]
            assert view.steps.table.cells.table.rows[0] == ("302 Found", "GET", "0.0 ms", "http://h/x")
            assert "Location: /y" in view.steps.head.text()
            view.show_reply(reply(0, error="The server at h port 80 refused the connection."))
            assert view.notice.text() == "The server at h port 80 refused the connection."
            assert view.line.status.text() == "No response"
            assert not view.body_page.isVisible()
            view.show_reply(typed("application/json"))
            assert view.body_page.isVisible()

    run(check())


def test_notes_of_the_reply_are_said(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            one = replace(typed("text/plain", b"x"), fault="The gzip data is damaged.", notes=("A token was fetched.",))
            view.show_reply(one)
            assert view.notice.text() == "The gzip data is damaged.\nA token was fetched."

    run(check())


def test_the_request_is_shown_as_sent(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            view.show_reply(reply(request=Request("POST", "http://h/x", (Header("X-Case", "y"),), "é")))
            assert view.sent.text().startswith("POST /x HTTP/1.1\n")
            assert "X-Case: y\n" in view.sent.text()
            assert view.sent.text().endswith("\n\né")

    run(check())


@pytest.mark.parametrize("status", [200, 431, 511])
def test_the_status_is_never_cut(qtbot: QtBot, run: Run, status: int) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            view.resize(600, 400)
            one = reply(status, b"x" * 90_000, decoded=b"x" * 99_999)
            view.show_reply(one)
            assert view.width() == 600
            label = view.line.status
            await until(lambda: label.width() >= label.sizeHint().width())
            assert not view.line.place.isVisible()
            view.resize(1000, 400)
            assert view.line.place.text() == "HTTP/1.1  ·  127.0.0.1:50000"
            assert view.line.place.isVisible()
            assert "Body, decoded: 99,999 bytes" in view.line.more.toolTip()
            assert [one.text() for one in view.line.details.actions()] == view.line.more.toolTip().split("\n")

    run(check())


def test_times_in_figures_and_words(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            view.show_reply(replace(reply(), timing=Timing(1_000_000, 2_000_000, 0, 0, 3_500_000, 0)))
            assert "DNS 1.00 ms, Connect 2.00 ms, TLS 0.00 ms" in view.timing.bar.accessibleName()
            assert view.timing.words.text() == ""
            view.show_reply(replace(reply(), timing=Timing(wait=5), hops=(reply(401),)))
            assert "used again" in view.timing.words.text()
            assert "the last of 2 requests" in view.timing.words.text()

    run(check())


def test_headers_are_filtered_and_copied(qtbot: QtBot, run: Run) -> None:
    from PySide6.QtGui import QGuiApplication

    async def check() -> None:
        async with shown(qtbot) as view:
            view.show_reply(reply(200, headers=(("ETag", '"1"'), ("Age", "5"), ("X-Odd", "\x1b[0m"))))
            page = view.headers
            page.copy.click()
            assert QGuiApplication.clipboard().text() == 'ETag: "1"\nAge: 5\nX-Odd: \\x1b[0m'
            page.filter.setText("AG")
            assert [row.name for row in page.table.rows()] == ["ETag", "Age"]
            assert page.count.text() == "2 of 3"

    run(check())


def test_progress_of_a_body_that_is_shown_at_its_end(qtbot: QtBot, run: Run) -> None:
    async def check() -> None:
        async with shown(qtbot) as view:
            view.show_waiting("Waiting…")
            blob = Blob(b"[1,")
            one = growing("application/json", blob)
            view.show_live(one)
            assert view.progress.text() == "Received 3 bytes…"
            said = one.exchange._replace(response_headers=(*one.exchange.response_headers, ("Content-Length", "6")))
            view.show_live(replace(one, exchange=said))
            assert view.progress.text() == "Received 3 of 6 bytes…"
            assert view.waiting.bar.value() == 500
            view.show_cancelled()
            assert view.currentWidget() is view.empty

    run(check())


def _titles(tabs: object) -> list[str]:
    from PySide6.QtWidgets import QTabWidget

    assert isinstance(tabs, QTabWidget)
    return [tabs.tabText(n).replace("&", "") for n in range(tabs.count()) if tabs.isTabVisible(n)]
