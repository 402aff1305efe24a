"""Tests of sending big files: right to the last byte whatever happens to them, or else cut; in constant memory."""

import asyncio
import os
import random
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from servers.http.files import sending
from servers.tls import LocalAuthority, client_context
from tests.conftest import Run, until
from tests.servers.http.files.harness import FileServer, file_server
from tests.servers.wire import ask, hang_up, parse, raw, request

MIB = 1024 * 1024
SIZE = 12 * MIB
CUT = "The file could not be sent to its end: it was changed while it was sent."


@pytest.fixture(params=[2 * MIB, 10**12], ids=["sendfile", "copied"])
def copied(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many bytes at the end sendfile leaves to copying: all of them in the second case."""
    monkeypatch.setattr(sending, "COPIED", request.param)
    return int(request.param)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What sendfile has sent."""
    numbers: list[int] = []
    real = os.sendfile

    def noted(out: int, descriptor: int, position: int, count: int) -> int:
        number = real(out, descriptor, position, count)
        numbers.append(number)
        return number

    monkeypatch.setattr("servers.http.files.sending.os.sendfile", noted)
    return numbers


def _fill(tmp_path: Path, size: int = SIZE) -> tuple[Path, bytes]:
    content = random.Random(size).randbytes(size)
    path = tmp_path / "big.bin"
    path.write_bytes(content)
    return path, content


@asynccontextmanager
async def _slow_client(
    port: int, *fields: str
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter, bytes]]:
    """A client that has asked for the big file, has read the head of the answer, and reads no more by itself."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", port))
    reader, writer = await asyncio.open_connection(sock=sock, limit=4096)
    writer.write(request("GET", "/big.bin", *fields))
    try:
        yield reader, writer, await reader.readuntil(b"\r\n\r\n")
    finally:
        await hang_up(writer)


@pytest.mark.parametrize("spec", ["", "bytes=5-", "bytes=1000000-10000000", "bytes=-3000000"])
def test_every_byte_in_order(run: Run, tmp_path: Path, copied: int, sent: list[int], spec: str) -> None:
    _, content = _fill(tmp_path)

    async def scenario() -> None:
        async with file_server(tmp_path) as server:
            reply = await ask(server.port, "GET", "/big.bin", *([f"Range: {spec}"] if spec else []))
            first, _, last = spec.removeprefix("bytes=").partition("-")
            begin = int(first) if first else SIZE - int(last or SIZE)
            assert reply.body == content[begin : int(last) + 1 if first and last else SIZE]
            record = server.exchanges[0]
            assert (record.status, record.error) == (206 if spec else 200, None)
            assert record.response_size == len(reply.body)
            assert record.started_ns <= record.responded_ns <= record.finished_ns
            assert sum(sent) == max(0, len(reply.body) - copied)

    run(scenario())


def test_several_big_files_on_one_connection(run: Run, tmp_path: Path, copied: int) -> None:
    _, content = _fill(tmp_path)

    async def scenario() -> None:
        async with file_server(tmp_path) as server:
            asking = b"GET /big.bin HTTP/1.1\r\nHost: localhost\r\n\r\n"
            answer = await raw(server.port, asking * 2 + request("GET", "/big.bin"))
            for _ in range(3):
                head, _, answer = answer.partition(b"\r\n\r\n")
                assert b"200 OK" in head
                assert answer[:SIZE] == content
                answer = answer[SIZE:]
            assert answer == b""

    run(scenario())


def _shrink(path: Path) -> None:
    os.truncate(path, 1000)


def _grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


def _change(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"changed")


def _rewrite(path: Path) -> None:
    path.write_bytes(b"x" * SIZE)


@pytest.mark.parametrize("change", [_shrink, _grow, _change, _rewrite])
@pytest.mark.parametrize("fields", [[], ["Range: bytes=100-"]])
def test_a_file_that_changes_while_it_is_sent_is_never_whole(
    run: Run, tmp_path: Path, copied: int, change: Callable[[Path], None], fields: list[str]
) -> None:
    path, _ = _fill(tmp_path)

    async def scenario() -> None:
        async with file_server(tmp_path) as server, _slow_client(server.port, *fields) as (reader, writer, head):
            promised = int(parse(head).headers["content-length"])
            change(path)
            assert len(await reader.read()) < promised
            await hang_up(writer)
            await until(lambda: server.exchanges)
            record = server.exchanges[0]
            assert record.error == CUT
            assert record.response_size < promised
            assert (await ask(server.port, "HEAD", "/big.bin")).status == 200

    run(scenario())


def _remove(path: Path) -> None:
    path.unlink()


def _replace(path: Path) -> None:
    other = path.with_suffix(".new")
    other.write_bytes(b"other")
    other.replace(path)


@pytest.mark.parametrize("change", [_remove, _replace])
def test_a_file_that_vanishes_while_it_is_sent_is_sent_to_its_end(
    run: Run, tmp_path: Path, copied: int, change: Callable[[Path], None]
) -> None:
    path, content = _fill(tmp_path)

    async def scenario() -> None:
        async with file_server(tmp_path) as server, _slow_client(server.port) as (reader, _, _):
            change(path)
            assert await reader.read() == content

    run(scenario())


def test_what_was_sent_does_not_change_with_the_file(run: Run, tmp_path: Path) -> None:
    path, content = _fill(tmp_path, 2 * MIB)

    async def scenario() -> None:
        async with file_server(tmp_path) as server, _slow_client(server.port) as (reader, _, _):
            with path.open("r+b") as file:
                file.write(b"\0" * len(content))
            received = await reader.read()
            assert content.startswith(received)

    run(scenario())


def test_a_client_that_goes_away(run: Run, tmp_path: Path, copied: int) -> None:
    _fill(tmp_path)

    async def scenario() -> None:
        async with file_server(tmp_path) as server, _slow_client(server.port) as (_, writer, _):
            writer.transport.abort()
            await until(lambda: server.exchanges)
            record = server.exchanges[0]
            assert record.error == "The client went away before the whole response was sent."
            assert 0 <= record.response_size < SIZE

    run(scenario())


def test_a_connection_that_the_server_cuts(
    run: Run, tmp_path: Path, copied: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LOOK", 0.01)
    _fill(tmp_path)
    transports: list[asyncio.Transport] = []
    real = sending.send

    async def noted(*arguments: object) -> object:
        transport = arguments[0].transport  # type: ignore[attr-defined] # a request
        transports.append(transport)
        return await real(*arguments)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr("servers.http.files.answering.send", noted)

    async def scenario() -> None:
        async with file_server(tmp_path) as server, _slow_client(server.port):
            transports[0].abort()
            await until(lambda: server.exchanges)
            assert server.exchanges[0].response_size < SIZE

    run(scenario())


def test_stop_while_a_big_file_is_sent(run: Run, tmp_path: Path, copied: int) -> None:
    _fill(tmp_path)

    async def scenario() -> None:
        async with file_server(tmp_path) as server, _slow_client(server.port) as (_, writer, _):
            await server.stop()
            writer.transport.abort()

    run(scenario())


def test_no_sendfile_under_tls(run: Run, tmp_path: Path, copied: int, sent: list[int]) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    _, content = _fill(folder)

    async def scenario() -> None:
        server = FileServer(folder, tls=True)
        server.authority = LocalAuthority(tmp_path)
        await server.start()
        try:
            context = client_context(server.authority.path)
            reader, writer = await asyncio.open_connection("localhost", server.port, ssl=context)
            writer.write(request("GET", "/big.bin"))
            assert parse(await reader.read()).body == content
            await hang_up(writer)
        finally:
            await server.stop()

    run(scenario())
    assert sent == []


def test_sizes_beyond_four_gigabytes(run: Run, tmp_path: Path) -> None:
    size = 5 * 1024**3
    with (tmp_path / "big.bin").open("wb") as file:
        file.seek(size - 4)
        file.write(b"last")

    async def scenario() -> None:
        async with file_server(tmp_path) as server:
            head = await ask(server.port, "HEAD", "/big.bin")
            assert head.headers["content-length"] == str(size)
            end = await ask(server.port, "GET", "/big.bin", "Range: bytes=-4")
            assert (end.status, end.body) == (206, b"last")
            assert end.headers["content-range"] == f"bytes {size - 4}-{size - 1}/{size}"
            middle = await ask(server.port, "GET", "/big.bin", f"Range: bytes={2**32 - 1}-{2**32}")
            assert (middle.status, middle.body) == (206, b"\0\0")
            outside = await ask(server.port, "GET", "/big.bin", f"Range: bytes={size}-")
            assert (outside.status, outside.headers["content-range"]) == (416, f"bytes */{size}")

    run(scenario())


@pytest.mark.parametrize("tail", [sending.COPIED, 10**12], ids=["sendfile", "copied"])
def test_memory_stays_flat(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tail: int) -> None:
    monkeypatch.setattr(sending, "COPIED", tail)
    size = 300 * MIB
    with (tmp_path / "big.bin").open("wb") as file:
        file.truncate(size)
    process = psutil.Process()

    async def scenario() -> None:
        async with file_server(tmp_path) as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(request("GET", "/big.bin"))
            await reader.readuntil(b"\r\n\r\n")
            before, most, received = process.memory_info().rss, 0, 0
            while piece := await reader.read(MIB):
                received += len(piece)
                most = max(most, process.memory_info().rss)
            assert received == size
            assert most - before < 20 * MIB
            await hang_up(writer)

    run(scenario(), 120)
