"""The same request again on one connection: the same answer from what is kept, and never one that is out of date."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from servers.exchange import Exchange
from servers.http.files import Files, memory
from tests.conftest import Run, until
from tests.servers.http.site import Site, make_folder, serving
from tests.servers.wire import Reply, hang_up, parse

ASKED = b"GET /sub/page.html HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Client:
    """One connection that is kept; each request is one write."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self.writer = writer

    async def ask(self, asked: bytes = ASKED) -> Reply:
        self.writer.write(asked)
        return await self.reply(has_body=not asked.startswith(b"HEAD"))

    async def reply(self, *, has_body: bool = True) -> Reply:
        reply = parse(await self._reader.readuntil(b"\r\n\r\n"))
        if not has_body or reply.status in (204, 304):
            return reply
        return replace(reply, body=await self._reader.readexactly(int(reply.headers["content-length"])))


@asynccontextmanager
async def connected(server: Site) -> AsyncIterator[Client]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    yield Client(reader, writer)
    await hang_up(writer)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of files that count as old enough to be kept."""
    monkeypatch.setattr(memory, "SETTLED", -1)
    return make_folder(tmp_path)


@pytest.fixture
def thought_over(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that were not answered from what is kept."""
    paths: list[str] = []
    answer = Files.answer

    async def noted(self: Files, request: object, path: str) -> object:
        paths.append(path)
        return await answer(self, request, path)  # type: ignore[arg-type] # what aiohttp gives

    monkeypatch.setattr(Files, "answer", noted)
    return paths


@pytest.mark.parametrize(
    "asked",
    [
        ASKED,
        b"HEAD" + ASKED[3:],
        ASKED[:-2] + b"If-Modified-Since: Sun, 06 Nov 2044 08:49:37 GMT\r\n\r\n",
        ASKED[:-2] + b"Accept-Encoding: gzip\r\nUser-Agent: x\r\n\r\n",
    ],
)
def test_it_is_answered_and_recorded_alike(run: Run, root: Path, thought_over: list[str], asked: bytes) -> None:
    async def scenario() -> None:
        async with serving(root) as server, connected(server) as client:
            replies = [await client.ask(asked) for _ in range(5)]
            records = [record for record in server.recorder if isinstance(record, Exchange)]
        assert len(thought_over) == 2
        assert len({(reply.status, reply.body, *sorted(_undated(reply))) for reply in replies}) == 1
        assert {_timeless(record) for record in records} == {_timeless(records[0])}
        assert len({record.id for record in records}) == 5
        assert [record.started_ns for record in records] == sorted(record.started_ns for record in records)

    run(scenario())


def test_each_query_is_recorded_as_it_came(run: Run, root: Path, thought_over: list[str]) -> None:
    async def scenario() -> None:
        async with serving(root) as server, connected(server) as client:
            for number in range(5):
                assert (await client.ask(ASKED.replace(b".html", b".html?v=%d" % number))).text == "page"
            targets = [record.target for record in server.recorder if isinstance(record, Exchange)]
        assert len(thought_over) == 2
        assert targets == [f"/sub/page.html?v={number}" for number in range(5)]

    run(scenario())


def _undated(reply: Reply) -> list[tuple[str, str]]:
    return [(name, value) for name, value in reply.headers.items() if name != "date"]


def _timeless(record: Exchange) -> Exchange:
    fields = tuple(field for field in record.response_headers if field[0] != "Date")
    return record._replace(id=0, started_ns=0, responded_ns=0, finished_ns=0, response_headers=fields)


def test_a_change_of_the_file_shows_at_once(run: Run, root: Path) -> None:
    page = root / "sub" / "page.html"

    async def scenario() -> None:
        async with serving(root) as server, connected(server) as client:
            for number in range(3):
                assert [(await client.ask()).text for _ in range(3)] == [page.read_text()] * 3
                page.write_text(f"version {'x' * number}")
            page.unlink()
            assert (await client.ask()).status == 404
            page.symlink_to(root.parent / "secret.txt")
            assert (await client.ask()).status == 404

    run(scenario())


def test_settings_count_at_once(run: Run, root: Path) -> None:
    async def scenario() -> None:
        async with serving(root) as server, connected(server) as client:
            before = server.settings
            for _ in range(4):
                await client.ask()
            server.settings = replace(before, user="ann")
            assert (await client.ask()).status == 401
            server.settings = replace(before, live_reload=True)
            assert b"live.js" in (await client.ask()).body
            server.settings = replace(before, root=root / "sub")
            assert (await client.ask()).status == 404
            server.settings = before
            assert (await client.ask()).text == "page"

    run(scenario())


def test_an_app_gives_way_to_what_comes_to_be_at_a_path(run: Run, root: Path) -> None:
    asked = ASKED.replace(b"/sub/page.html", b"/view")

    async def scenario() -> None:
        async with serving(root) as server, connected(server) as client:
            server.settings = replace(server.settings, spa=True)
            assert [(await client.ask(asked)).text for _ in range(4)] == ["home"] * 4
            (root / "view").write_text("a file")
            assert (await client.ask(asked)).text == "a file"
            (root / "view").unlink()
            assert (await client.ask(asked)).text == "home"
            (root / "view").mkdir()
            assert (await client.ask(asked)).status == 301

    run(scenario())


@pytest.mark.parametrize(
    "first",
    [
        b"POST /a.zzz HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(ASKED),
        b"POST /a.zzz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(ASKED),
        b"POST /a.zzz HTTP/1.1\r\nHost: localhost\r\nX: ",
        b"GET /index.html HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(ASKED),
        b"GET /index.html HTTP/1.1\r\nHost: localhost\r\n\r\nPOST /a.zzz HTTP/1.1\r\nHost: localhost\r\nX: ",
        b"\r\nG",
    ],
)
def test_bytes_of_another_request_are_not_taken_for_it(run: Run, root: Path, first: bytes) -> None:
    async def scenario() -> None:
        async with serving(root) as server:
            async with connected(server) as client:
                for _ in range(3):
                    await client.ask()
            known = len(server.recorder)
            assert server._manager is not None
            connection = server._manager()
            connection.connection_made(Wire())
            await asyncio.sleep(0)
            for piece in (first, ASKED, b"\r\n0\r\n\r\n"):
                connection.data_received(piece)
            await until(lambda: len(server.recorder) > known)
            connection.connection_lost(None)
            targets = [record.target for record in server.recorder if isinstance(record, Exchange)]
            assert "/sub/page.html" not in targets[known:]

    run(scenario())


class Wire(asyncio.Transport):
    """A transport that goes nowhere."""

    def write(self, data: object) -> None:
        """Take it."""

    def get_write_buffer_size(self) -> int:
        return 0

    def is_closing(self) -> bool:
        return False

    def close(self) -> None:
        """Stay as it is."""

    def abort(self) -> None:
        """Stay as it is."""

    def can_write_eof(self) -> bool:
        return False

    def is_reading(self) -> bool:
        return True

    def pause_reading(self) -> None:
        """Nothing is read."""

    def resume_reading(self) -> None:
        """Nothing is read."""


def test_requests_in_one_piece_are_answered_in_order(run: Run, root: Path) -> None:
    other = ASKED.replace(b"/sub/page.html", b"/index.html")

    async def scenario() -> None:
        async with serving(root) as server, connected(server) as client:
            for _ in range(3):
                await client.ask()
            client.writer.write(other + ASKED + other)
            client.writer.write(ASKED)
            texts = [(await client.reply()).text for _ in range(4)]
            assert texts == ["home", "page", "home", "page"]

    run(scenario())
