"""Tests that send from the explorer's page by typing and clicking."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.explorer.request import Header, Request
from tests.conftest import Run
from tests.desktop.explorer.pages import BODY, JSON, KEY, click_send, shown, type_url, until, until_sent
from tests.desktop.explorer.servers import RawServer


def test_it_opens_ready_to_send(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as page:
            assert page.request() == Request("GET", "http://localhost:5000/players", (), "")
            assert page.response.currentWidget() is page.response.empty
            assert page.button.text() == "Send"

    run(scenario())


def test_send_shows_status_body_headers_and_request(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as page, RawServer(JSON).running() as server:
            type_url(page, server.url)
            click_send(page)
            await until_sent(page)
            view = page.response
            assert view.line.status.text() == "200 OK"
            assert view.line.meaning.text() == "Success: request OK"
            assert "ms" in view.line.figures.text()
            assert view.line.figures.text().endswith("34 bytes")
            assert view.body.toPlainText() == '{\n  "id": 1736184243098437392,\n  "ok": []\n}'
            assert [row.name for row in view.headers.rows()] == ["Content-Type", "Content-Length"]
            assert view.sent.toPlainText().startswith("GET / HTTP/1.1\nHost: 127.0.0.1:")
            QTest.mouseClick(view.raw, Qt.MouseButton.LeftButton)
            assert view.body.toPlainText() == BODY.decode()

    run(scenario())


def test_return_and_the_shortcuts(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as page, RawServer(JSON, JSON, JSON).running() as server:
            type_url(page, server.url)
            QTest.keyClick(page.url, KEY.Key_Return)
            await until_sent(page)
            page.editor.setCurrentIndex(1)
            page.editor.body.setFocus()
            QTest.keyClick(page.editor.body, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
            await until(lambda: len(server.requests) == 2)
            await until_sent(page)
            assert page.editor.body_text() == ""
            QTest.keyClick(page.editor.body, KEY.Key_L, Qt.KeyboardModifier.ControlModifier)
            assert page.url.hasFocus()
            assert page.url.selectedText() == server.url

    run(scenario())


def test_body_and_headers_are_sent_as_typed(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as page, RawServer(JSON).running() as server:
            page.method.setEditText("m-POST")
            type_url(page, f"{server.url}a b?c=%2f")
            page.editor.setCurrentIndex(1)
            QTest.keyClicks(page.editor.body, '{"n":\u00a01}')
            assert page.editor.header_rows() == (Header("Content-Type", "application/json"),)
            click_send(page)
            await until_sent(page)
            assert server.requests[0].startswith(b"m-POST /a%20b?c=%2f HTTP/1.1\r\n")
            assert b"Content-Type: application/json\r\n" in server.requests[0]
            assert server.requests[0].endswith(b'\r\n\r\n{"n":\xc2\xa01}')

    run(scenario())


def test_cancel_and_no_second_send(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as page, RawServer(b"", hold=True).running() as server:
            type_url(page, server.url)
            click_send(page)
            assert page.button.text() == "Cancel"
            assert page.response.currentWidget() is page.response.waiting
            page.send()
            QTest.keyClick(page.url, KEY.Key_Return)
            await server.got_request.wait()
            click_send(page)
            await until_sent(page)
            assert server.connections == 1
            assert page.response.first_send.text() == "Send again"
            assert page.response.currentWidget() is page.response.empty
            assert page.url.text() == server.url

    run(scenario())


def test_cancel_at_once(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as page:
            page.send()
            page.cancel()
            await until_sent(page)
            assert page.response.currentWidget() is page.response.empty

    run(scenario())


def test_closing_the_tasks_ends_a_send(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with RawServer(b"", hold=True).running() as server, shown(qtbot) as page:
            page.show_request(Request("GET", server.url))
            page.send()
            await server.got_request.wait()

    run(scenario())


def test_connection_refused_is_a_sentence(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        server = RawServer()
        async with server.running():
            pass
        async with shown(qtbot) as page:
            type_url(page, f"localhost:{server.port}")
            click_send(page)
            await until_sent(page)
            view = page.response
            assert view.line.status.text() == "No response"
            assert view.notice.text().startswith(f"Nothing answers on localhost port {server.port}.")
            assert not view.tabs.isTabVisible(0)
            assert view.tabs.currentWidget() is view.sent

    run(scenario())


def test_after_a_failure_the_next_body_is_in_front(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as page, RawServer(b"", JSON).running() as server:
            page.show_request(Request("GET", server.url))
            page.send()
            await until_sent(page)
            assert page.response.line.status.text() == "No response"
            page.send()
            await until_sent(page)
            assert page.response.tabs.currentIndex() == 0

    run(scenario())


def test_a_header_that_is_still_being_typed_is_sent(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        async with shown(qtbot) as page, RawServer(JSON).running() as server:
            page.show_request(Request("GET", server.url, (Header("X", ""),)))
            table = page.editor.headers
            table.setFocus()
            table.setCurrentIndex(table.pairs.index(0, 1))
            QTest.keyClicks(table, "7")
            cell = table.findChildren(QLineEdit)[-1]
            QTest.keyClick(cell, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
            await server.got_request.wait()
            await until_sent(page)
            assert b"\r\nX: 7\r\n" in server.requests[0]

    run(scenario())


def test_a_big_body_is_shown_without_blocking(run: Run, qtbot: QtBot) -> None:
    async def scenario() -> None:
        body = b"[" + b"1736184243098437392," * 50_000 + b"1]"
        head = f"HTTP/1.1 200 Fine\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        async with shown(qtbot) as page, RawServer(head.encode() + body).running() as server:
            page.show_request(Request("GET", server.url))
            click_send(page)
            with qtbot.waitSignal(page.response.body.filled, timeout=20_000, raising=False) as filled:
                await until_sent(page)
                await until(lambda: filled.signal_triggered)
            assert page.response.body.blockCount() == 50_003
            assert "the server calls it “Fine”" in page.response.line.meaning.text()

    run(scenario(), 60)
