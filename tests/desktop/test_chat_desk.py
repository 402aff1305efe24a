"""The chat in the program: the server at hand, new windows, and what is borrowed from the explorer."""

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QObject
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from desktop.chat.listing.servers import ServerLine
from desktop.chat.target import Target
from desktop.chat_desk import BorrowedCookies, ChatDesk
from desktop.explorer.model.url import parse_url
from desktop.explorer.sending.cookie import Cookie
from desktop.explorer.sending.cookies import CookieJar
from desktop.server_panels.control import SPECS, ServerControl
from desktop.tasks import TaskSet
from desktop.widgets.variables import Values
from servers.recorder import Recorder
from servers.server import ServerState
from servers.settings import WebSocketSettings
from servers.websocket.server import WebSocketServer
from tests.conftest import Run
from tests.desktop.chat.peers import failed, until
from tests.desktop.chat.stage import click, opened, say

if TYPE_CHECKING:
    from desktop.explorer.page import ExplorerPage


class Explorer:
    """What the chat borrows from: variables, a jar, and somebody who hears that it has changed."""

    def __init__(self, jar: CookieJar | None, **values: str) -> None:
        self.values, self.changes = values, 0
        self.session = SimpleNamespace(scope=self._scope, client=SimpleNamespace(jar=jar))

    def cookies_changed(self) -> None:
        self.changes += 1

    def _scope(self, _: object) -> "Scope":
        return Scope(self.values)

    @property
    def page(self) -> "ExplorerPage":
        return cast("ExplorerPage", self)


@dataclass(frozen=True)
class Scope:
    """Variables that nobody looks through."""

    values: Values

    def get(self, name: str) -> str | None:
        return self.values.get(name)

    def known(self) -> Iterator[object]:
        return iter(())


class Stage:
    """A desk with a server of its own; ``desk`` is in no window, as its page is in none."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.owner, self.tasks = QObject(), TaskSet(failed)
        chosen = WebSocketSettings(**{"port": 0} | settings)  # type: ignore[arg-type] # see there
        self.control = ServerControl(SPECS[-1], chosen, self.tasks, self.owner)
        self.desk = ChatDesk(self.control, Recorder(), failed, folder, self.owner)
        self.server = WebSocketServer(chosen, Recorder())

    @property
    def line(self) -> ServerLine:
        """The server at hand as the page shows it."""
        (line,) = self.desk.page.connect_to.servers.lines
        return line

    async def close(self) -> None:
        await self.desk.windows.close()
        await self.server.stop()
        await self.tasks.close()
        self.desk.page.close()
        self.desk.page.deleteLater()


@asynccontextmanager
async def staged(folder: Path, **settings: object) -> AsyncIterator[Stage]:
    stage = Stage(folder, **settings)
    try:
        yield stage
    finally:
        await stage.close()


class TestServerAtHand:
    def test_is_started_and_connected_to_from_the_page(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with staged(tmp_path) as stage:
                stage.desk.page.show()
                assert stage.line.words.text() == "Stopped"
                stage.control.attach(stage.server)
                assert not stage.line.connect_button.isEnabled()
                click(stage.line.start_button)
                await until(lambda: stage.line.words.text() == "Running")
                assert stage.line.url.text() == stage.control.url
                click(stage.line.connect_button)
                (window,) = stage.desk.windows.open
                await opened(window)
                assert window.target().url == stage.control.url
                await stage.server.stop()
                await until(lambda: stage.line.words.text() == "Stopped")
                assert stage.line.start_button.isVisible()

        run(scenario())

    def test_that_failed_says_why(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with staged(tmp_path / "one") as first:
                first.control.attach(first.server)
                await first.server.start()
                async with staged(tmp_path / "two", port=first.control.port) as second:
                    second.control.attach(second.server)
                    second.control.start()
                    await until(lambda: second.control.state is ServerState.FAILED)
                    assert second.line.words.text() == second.control.error
                    assert str(first.control.port) in second.line.words.text()

        run(scenario())

    @pytest.mark.parametrize(("tls", "scheme"), [(False, "ws"), (True, "wss")])
    def test_is_where_new_windows_connect_to_also_while_it_is_stopped(
        self, run: Run, tmp_path: Path, tls: bool, scheme: str
    ) -> None:
        async def scenario() -> None:
            with socket.socket() as held:
                held.bind(("127.0.0.1", 0))
                port = held.getsockname()[1]
                async with staged(tmp_path, port=port, tls=tls) as stage:
                    assert stage.line.url.text() == f"{scheme}://localhost:{port}"
                    window = stage.desk.windows.new_window()
                    assert window.target().url == f"{scheme}://localhost:{port}"
                    stage.control.set_port(8005)
                    assert stage.line.url.text() == f"{scheme}://localhost:8005"

        run(scenario())


class TestBorrowing:
    def test_variables_reach_windows_that_are_open_already(self, run: Run, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with staged(tmp_path) as stage:
                stage.control.attach(stage.server)
                await stage.server.start()
                window = stage.desk.windows.new_window(Target(stage.control.url, "Ann"))
                await opened(window)
                stage.desk.borrow(Explorer(None, who="Ben").page)
                say(window, "to {{who}}")
                await until(lambda: "to Ben" in [entry.text for entry in window.pane.messages.rows])

        run(scenario())

    def test_cookies_go_with_handshakes_and_come_from_them(self, run: Run, tmp_path: Path) -> None:
        seen: list[str | None] = []

        def answer(connection: ServerConnection, request: Request) -> None:
            seen.append(request.headers.get("Cookie"))

        def give(connection: ServerConnection, request: Request, response: Response) -> Response:
            response.headers["Set-Cookie"] = f"visit={len(seen)}; HttpOnly"
            return response

        async def stay(connection: ServerConnection) -> None:
            await connection.wait_closed()

        async def scenario() -> None:
            explorer = Explorer(CookieJar())
            options = {"process_request": answer, "process_response": give}
            async with (
                serve(stay, "127.0.0.1", 0, **options) as server,  # type: ignore[arg-type] # of either
                staged(tmp_path) as stage,
            ):
                url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
                stage.desk.borrow(explorer.page)
                for cookies in (True, True, False):
                    await opened(stage.desk.windows.new_window(Target(url, cookies=cookies)))
                assert seen == [None, "visit=1", None]
                assert explorer.changes == 2

        run(scenario())


class TestBorrowedCookies:
    @pytest.mark.parametrize(
        ("url", "sent"),
        [
            ("ws://h/a", "plain=1"),
            ("WS://H/a", "plain=1"),
            ("wss://h/a", "plain=1; safe=1"),
            ("Wss://h:8443/a?x=ws://g", "plain=1; safe=1"),
            ("ws://g/a", ""),
        ],
    )
    def test_ws_has_those_of_http_and_wss_those_of_https(self, url: str, sent: str) -> None:
        jar = CookieJar()
        jar.put(Cookie("plain", "1", "h"))
        jar.put(Cookie("safe", "1", "h", secure=True))
        explorer = Explorer(jar)
        assert BorrowedCookies(jar, explorer.cookies_changed).header_for(url) == sent
        assert explorer.changes == 0

    def test_what_a_handshake_sets_goes_with_requests_and_the_owner_hears_of_it(self) -> None:
        jar = CookieJar()
        explorer = Explorer(jar)
        cookies = BorrowedCookies(jar, explorer.cookies_changed)
        cookies.store("wss://h/a/b", (("Set-Cookie", "a=1; Secure"), ("set-cookie", "b=2; Path=/")))
        assert jar.header_for(parse_url("https://h/a/c")) == "a=1; b=2"
        assert jar.header_for(parse_url("http://h/a/c")) == "b=2"
        assert explorer.changes == 1
