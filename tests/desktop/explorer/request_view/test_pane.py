"""Tests that send from a pane by typing and clicking."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.request import Header, Request
from desktop.explorer.reading.formats import Form
from tests.conftest import Run
from tests.desktop.explorer.pages import BODY, JSON, KEY, click_send, shown, type_url, until, until_sent
from tests.desktop.explorer.servers import RawServer


def test_it_opens_ready_to_send(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as pane:
            assert (pane.request().method, pane.request().url) == ("GET", "http://localhost:5000/players")
            assert pane.response.currentWidget() is pane.response.empty
            assert pane.line.button.text() == "Send"

    run(scenario())


def test_send_shows_status_body_headers_and_request(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as pane, RawServer(JSON).running() as server:
            type_url(pane, server.url)
            click_send(pane)
            await until_sent(pane)
            view = pane.response
            assert view.line.status.text() == "200 OK"
            assert view.line.meaning.text() == "Success: request OK"
            assert "ms" in view.line.figures.text()
            assert view.line.figures.text().endswith("34 bytes")
            assert view.body.toPlainText() == '{\n  "id": 1736184243098437392,\n  "ok": []\n}'
            assert [row.name for row in view.headers.table.rows()] == ["Content-Type", "Content-Length"]
            assert view.sent.toPlainText().startswith("GET / HTTP/1.1\nHost: 127.0.0.1:")
            QTest.mouseClick(view.body_page.bar.forms[Form.RAW], Qt.MouseButton.LeftButton)
            assert view.body.toPlainText() == BODY.decode()

    run(scenario())


def test_return_in_the_url_sends(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as pane, RawServer(JSON).running() as server:
            type_url(pane, server.url)
            QTest.keyClick(pane.line.url, KEY.Key_Return)
            await until_sent(pane)
            assert len(server.requests) == 1

    run(scenario())


def test_body_and_headers_are_sent_as_typed(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as pane, RawServer(JSON).running() as server:
            pane.line.method.setEditText("m-POST")
            type_url(pane, f"{server.url}a b?c=%2f")
            pane.editor.setCurrentWidget(pane.editor.body)
            pane.editor.body.setFocus()
            QTest.keyClicks(pane.editor.body.source.editor, '{"n":\u00a01}')
            assert pane.request().kind is BodyKind.JSON
            assert pane.request().headers == (Header("Content-Type", "application/json"),)
            click_send(pane)
            await until_sent(pane)
            assert server.requests[0].startswith(b"m-POST /a%20b?c=%2f HTTP/1.1\r\n")
            assert b"Content-Type: application/json\r\n" in server.requests[0]
            assert server.requests[0].endswith(b'\r\n\r\n{"n":\xc2\xa01}')

    run(scenario())


def test_cancel_and_no_second_send(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as pane, RawServer(b"", hold=True).running() as server:
            type_url(pane, server.url)
            click_send(pane)
            assert pane.line.button.text() == "Cancel"
            assert pane.response.currentWidget() is pane.response.waiting
            pane.send()
            QTest.keyClick(pane.line.url, KEY.Key_Return)
            await server.got_request.wait()
            click_send(pane)
            await until_sent(pane)
            assert server.connections == 1
            assert pane.response.first_send.text() == "Send again"
            assert pane.response.currentWidget() is pane.response.empty
            assert pane.line.url.text() == server.url

    run(scenario())


def test_cancel_at_once(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as pane:
            pane.send()
            pane.cancel()
            await until_sent(pane)
            assert pane.response.currentWidget() is pane.response.empty

    run(scenario())


def test_closing_the_tasks_ends_a_send(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with RawServer(b"", hold=True).running() as server, shown(qtbot) as pane:
            pane.show_request(Request("GET", server.url))
            pane.send()
            await server.got_request.wait()

    run(scenario())


def test_connection_refused_is_a_sentence(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        server = RawServer()
        async with server.running():
            pass
        async with shown(qtbot) as pane:
            type_url(pane, f"localhost:{server.port}")
            click_send(pane)
            await until_sent(pane)
            view = pane.response
            assert view.line.status.text() == "No response"
            assert view.notice.text().startswith(f"Nothing answers on localhost port {server.port}.")
            assert not view.tabs.isTabVisible(0)
            assert view.sent.isVisible()

    run(scenario())


def test_after_a_failure_the_next_body_is_in_front(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as pane, RawServer(b"", JSON).running() as server:
            pane.show_request(Request("GET", server.url))
            pane.send()
            await until_sent(pane)
            assert pane.response.line.status.text() == "No response"
            pane.send()
            await until_sent(pane)
            assert pane.response.tabs.currentIndex() == 0

    run(scenario())


def test_a_big_body_is_shown_without_blocking(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        body = b"[" + b"1736184243098437392," * 50_000 + b"1]"
        head = f"HTTP/1.1 200 Fine\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        async with shown(qtbot) as pane, RawServer(head.encode() + body).running() as server:
            pane.show_request(Request("GET", server.url))
            click_send(pane)
            await until_sent(pane)
            await until(lambda: pane.response.body.blockCount() == 50_003)
            assert "the server calls it “Fine”" in pane.response.line.meaning.text()

    run(scenario(), 60)
