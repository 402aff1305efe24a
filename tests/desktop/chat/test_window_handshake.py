"""The handshake of a chat window can be looked at, whatever became of it."""

import asyncio
import socket
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from desktop.chat.target import AuthKind
from desktop.chat.window import ChatWindow
from tests.conftest import Run
from tests.desktop.chat.peers import raw_server, until
from tests.desktop.chat.stage import chatting, click, said, staged


async def looked_at(window: ChatWindow) -> str:
    """Click the button of the handshake; what is seen then of its wire."""
    click(window.state_bar.handshake)
    dialog = window.handshake
    await until(dialog.isVisible)
    assert not dialog.isModal()
    return dialog.view.wire.text()


def test_of_a_connection(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with chatting(tmp_path) as (stage, _):
            ann = await stage.open(auth=AuthKind.BEARER, token="hidden")
            wire = await looked_at(ann)
            assert "HTTP/1.1 101 Switching Protocols" in wire
            assert "Sec-WebSocket-Protocol: portside.chat.v1" in wire
            assert "hidden" not in wire
            assert ann.handshake.failure.text() == ""
            assert "permessage-deflate" in ann.handshake.view.words.toPlainText()
            click(ann.handshake.secrets)
            assert "Authorization: Bearer hidden" in ann.handshake.view.wire.text()
            click(ann.handshake.copy)
            assert "Bearer hidden" in QGuiApplication.clipboard().text()
            click(ann.handshake.done_button)
            assert not ann.handshake.isVisible()

    run(scenario())


@pytest.mark.parametrize(
    ("answer", "line", "words"),
    [
        (b"403 Forbidden\r\nContent-Length: 3\r\n\r\nNo.", "HTTP/1.1 403 Forbidden", "refused the connection (403"),
        (b"200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK", "not a WebSocket server"),
    ],
)
def test_of_a_refusal(run: Run, tmp_path: Path, answer: bytes, line: str, words: str) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 " + answer)

    async def scenario() -> None:
        async with raw_server(script) as url, staged(url, tmp_path) as stage:
            ann = stage.windows.new_window()
            await until(lambda: words in said(ann))
            assert line in await looked_at(ann)
            assert words in ann.handshake.failure.text()
            assert ann.handshake.view.isVisible()

    run(scenario())


def test_of_a_port_where_nothing_answers(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            async with staged(f"ws://127.0.0.1:{free.getsockname()[1]}", tmp_path) as stage:
                ann = stage.windows.new_window()
                await until(lambda: "Nothing answers" in said(ann))
                await looked_at(ann)
                assert "Nothing answers" in ann.handshake.failure.text()
                assert ann.handshake.nothing.isVisible()
                assert not ann.handshake.view.isVisible()

    run(scenario())
