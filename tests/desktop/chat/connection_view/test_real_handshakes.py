"""Tests of what is shown of handshakes that have really taken place, seen from the client's end."""

import asyncio

from pytestqt.qtbot import QtBot

from desktop.chat.connection_view.handshake_dialog import HandshakeDialog
from desktop.chat.connection_view.words import agreed_words
from desktop.chat.session import Session
from desktop.chat.target import AuthKind, HeaderRow, Target
from servers.handshakes.explain import explain
from servers.handshakes.masking import masked
from servers.handshakes.point import Verdict
from tests.conftest import Run
from tests.desktop.chat.peers import Client, app_server, raw_server


def points(session: Session) -> dict[str, tuple[Verdict, str]]:
    """What is said about each part of the handshake of a session."""
    assert session.handshake is not None
    return {point.title: (point.verdict, point.text) for point in explain(session.handshake)}


def test_a_good_one_has_no_fault(run: Run) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address is not None
            url = f"ws://localhost:{server.address.port}"
            client = await Client(Target(url, "Ann", auth=AuthKind.BEARER, token="hidden")).opened()
            said = points(client.session)
            assert [title for title, (verdict, _) in said.items() if verdict is Verdict.FAULT] == []
            assert "The server answered just this" in said["Sec-WebSocket-Accept"][1]
            assert "The server chose “portside.chat.v1”" in said["Sec-WebSocket-Protocol"][1]
            assert said["Sec-WebSocket-Extensions"][1].startswith("permessage-deflate: both ends compress")
            assert agreed_words(client.session) == "Subprotocol portside.chat.v1, compressed, no TLS."
            assert client.session.handshake is not None
            assert "hidden" not in str(masked(client.session.handshake))
            await client.session.close()
            await client.ended()

    run(scenario())


def test_a_foreign_origin_may_be_why_it_was_refused(run: Run) -> None:
    async def scenario() -> None:
        async with app_server() as server:
            assert server.address is not None
            url = f"ws://localhost:{server.address.port}"
            client = await Client(Target(url, headers=(HeaderRow("Origin", "http://evil.example"),))).ended()
            said = points(client.session)
            assert next(iter(said)).startswith("Refused with 403")
            assert "may be why it was refused" in said["Origin"][1]

    run(scenario())


def test_a_wrong_answer_to_the_key_is_told(run: Run) -> None:
    async def answer_wrongly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        fields = b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: c2FtcGxl\r\n"
        writer.write(b"HTTP/1.1 101 Switching Protocols\r\n" + fields + b"\r\n")
        await reader.read()

    async def scenario() -> None:
        async with raw_server(answer_wrongly) as url:
            client = await Client(url).ended()
            said = points(client.session)
            assert said["101 Switching Protocols, and given up"] == (Verdict.FAULT, client.session.outcome)
            assert said["Sec-WebSocket-Accept"][0] is Verdict.FAULT

    run(scenario())


def test_where_nothing_answers_the_sentence_is_shown(run: Run, qtbot: QtBot) -> None:
    async def nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Nobody comes here: the server has gone."""

    async def scenario() -> Session:
        async with raw_server(nothing) as url:
            pass
        return (await Client(url).ended()).session

    session = run(scenario())
    dialog = HandshakeDialog()
    qtbot.addWidget(dialog)
    dialog.show_handshake(session.handshake, session.outcome)
    assert session.failed
    assert "Nothing answers" in dialog.failure.text()
    assert dialog.nothing.isVisibleTo(dialog)
