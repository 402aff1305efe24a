"""Tests of the explorer's page: the run of a collection beside the user's own request."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.explorer.page import ExplorerPage
from desktop.explorer.request import Header, Request
from tests.conftest import Run
from tests.desktop.explorer.pages import JSON, KEY, page_shown, type_url, until, until_sent
from tests.desktop.explorer.servers import OK, RawServer

CREATED = b"HTTP/1.1 201 Created\r\nLocation: /players/7\r\nContent-Length: 2\r\n\r\n{}"
HELD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
"""The head of a response whose body never comes."""
OWN = Request("PATCH", "http://h/own", (Header("X", "1"),), "mine")
LOCAL = "http://localhost:1"


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(page: ExplorerPage, row: int) -> None:
    """Click a row of the run."""
    place = page.runs.list.visualRect(page.runs.rows.index(row)).center()
    QTest.mouseClick(page.runs.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


async def until_run(page: ExplorerPage) -> None:
    await until(lambda: not page.runs.running)


def test_the_tour_is_asked_for_where_nothing_has_been_sent_and_beside_send(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot) as page:
            assert not page.runs.isVisible()
            for button in (page.response.tour, page.pane.line.tour):
                with qtbot.waitSignal(page.tour_requested):
                    click(button)
            page.tour_failed("Port 5000 is in use.")
            assert page.pane.fault.isVisible()
            assert page.pane.fault.text() == "Port 5000 is in use."

    run(scenario())


def test_a_run_leaves_the_fields_alone_until_a_row_is_chosen(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot) as page, RawServer(OK, CREATED, OK).running() as server:
            page.pane.show_request(OWN)
            page.run_tour(server.url)
            page.run_tour(server.url)
            assert page.runs.isVisible()
            await until_run(page)
            assert page.pane.request() == OWN
            assert page.response.currentWidget() is page.response.empty
            choose(page, 2)
            assert page.pane.request().method == "POST"
            assert page.pane.request().url == f"{server.url}players"
            assert page.response.line.status.text() == "201 Created"
            page.pane.line.url.setText("http://h/changed")
            choose(page, 3)
            assert page.pane.request().url == f"{server.url}players/7"
            choose(page, 2)
            assert page.pane.request().url == "http://h/changed"
            choose(page, 0)
            assert page.pane.request() == OWN
            assert page.response.currentWidget() is page.response.empty

    run(scenario())


def test_closing_a_run_ends_it_and_brings_back_the_users_own(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot) as page, RawServer(JSON).running() as server:
            page.pane.show_request(OWN)
            page.run_tour(server.url)
            await until(lambda: len(page.runs.results) == 12)
            choose(page, 1)
            click(page.runs.close_button)
            assert not page.runs.isVisible()
            assert page.pane.request() == OWN

    run(scenario())


def test_a_run_can_be_cancelled_and_started_again(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot) as page, RawServer(b"", hold=True).running() as server:
            page.run_tour(server.url)
            await server.got_request.wait()
            click(page.runs.button)
            await until_run(page)
            assert page.runs.summary.text() == "Stopped after 0 of 12 requests"
            with qtbot.waitSignal(page.tour_requested):
                click(page.runs.button)
            page.run_tour(LOCAL)
            await until_run(page)
            assert page.runs.summary.text() == "12 requests, 12 not as expected"
            choose(page, 3)
            assert page.response.currentWidget() is page.response.empty
            assert "{{created.response.headers.Location}}" in page.pane.fault.text()
            page.run_tour(LOCAL)
            assert page.pane.request().url == "http://localhost:5000/players"
            await until_run(page)

    run(scenario())


def test_the_users_own_response_comes_back_too(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot) as page, RawServer(JSON).running() as server:
            type_url(page.pane, server.url)
            page.pane.send()
            await until_sent(page.pane)
            page.run_tour(LOCAL)
            await until_run(page)
            choose(page, 1)
            assert page.response.line.status.text() == "No response"
            page.try_request(Request("GET", LOCAL))
            await until_sent(page.pane)
            choose(page, 1)
            choose(page, 0)
            assert page.pane.request().url == LOCAL
            assert page.response.notice.text().startswith("Nothing answers")

    run(scenario())


def test_what_is_on_its_way_is_given_up_for_another_row(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot) as page, RawServer(b"", hold=True).running() as server:
            page.run_tour(LOCAL)
            await until_run(page)
            type_url(page.pane, server.url)
            page.pane.send()
            await server.got_request.wait()
            choose(page, 1)
            assert page.pane.line.button.text() == "Send"
            assert page.response.line.status.text() == "No response"
            choose(page, 0)
            assert page.pane.request().url == server.url
            assert page.response.currentWidget() is page.response.empty

    run(scenario())


def test_a_big_response_of_a_row_is_shown_when_it_is_ready(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        body = b"[" + b"1," * 50_000 + b"1]"
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        async with page_shown(qtbot) as page, RawServer(head.encode() + body).running() as server:
            page.run_tour(server.url)
            await until_run(page)
            choose(page, 1)
            assert page.response.currentWidget() is page.response.waiting
            await until_sent(page.pane)
            assert page.response.currentWidget() is page.response.result
            choose(page, 2)
            choose(page, 1)
            choose(page, 0)
            choose(page, 1)
            await until_sent(page.pane)
            assert page.response.line.status.text() == "200 OK"

    run(scenario())


def test_the_shortcuts(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot) as page, RawServer(JSON, JSON).running() as server:
            pane = page.pane
            pane.show_request(Request("GET", server.url))
            pane.editor.setCurrentIndex(1)
            pane.editor.body.setFocus()
            QTest.keyClick(pane.editor.body, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
            await until_sent(pane)
            assert len(server.requests) == 1
            assert pane.editor.body_text() == ""
            page.run_tour(LOCAL)
            await until_run(page)
            page.runs.list.setFocus()
            QTest.keyClick(page.runs.list, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
            await until_sent(pane)
            assert len(server.requests) == 2
            QTest.keyClick(page.runs.list, KEY.Key_L, Qt.KeyboardModifier.ControlModifier)
            assert pane.line.url.hasFocus()
            assert pane.line.url.selectedText() == server.url

    run(scenario())


def test_a_header_that_is_still_being_typed_is_sent(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot) as page, RawServer(JSON).running() as server:
            pane = page.pane
            pane.show_request(Request("GET", server.url, (Header("X", ""),)))
            table = pane.editor.headers
            table.setFocus()
            table.setCurrentIndex(table.pairs.index(0, 1))
            QTest.keyClicks(table, "7")
            cell = table.findChildren(QLineEdit)[-1]
            QTest.keyClick(cell, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
            await server.got_request.wait()
            await until_sent(pane)
            assert b"\r\nX: 7\r\n" in server.requests[0]

    run(scenario())


def test_leaving_while_a_run_goes_on_ends_it(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with RawServer(b"", hold=True).running() as server, page_shown(qtbot) as page:
            page.run_tour(server.url)
            await server.got_request.wait()

    run(scenario())


def test_a_tour_that_is_cancelled_deletes_what_it_has_made(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot) as page, RawServer(OK, CREATED, HELD, OK).running() as server:
            page.tour_failed("Port 5000 is in use.")
            page.run_tour(server.url)
            assert not page.pane.fault.isVisible()
            await until(lambda: len(server.requests) == 3)
            click(page.runs.button)
            await until(lambda: len(server.requests) == 4)
            assert server.requests[3].startswith(b"DELETE /players/7 ")
            await until_run(page)
            assert page.runs.summary.text() == "Stopped after 2 of 12 requests, all as expected"

    run(scenario())


def test_a_tour_whose_server_stops_says_what_it_leaves(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with page_shown(qtbot) as page, RawServer(OK, CREATED).running() as server:
            page.run_tour(server.url)
            await until_run(page)
            assert page.runs.summary.text().endswith(". /players/7, which it made, is still there.")

    run(scenario())


def test_leaving_waits_for_no_tidying(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with RawServer(OK, CREATED, HELD).running() as server, page_shown(qtbot) as page:
            page.run_tour(server.url)
            await until(lambda: len(server.requests) == 3)
        assert len(server.requests) == 3

    run(scenario())
