"""What uploads leave behind: whole files or nothing, whatever the client or the server does meanwhile."""

import asyncio
import os
import threading
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from servers.http.uploads import incoming
from tests.conftest import Run, until
from tests.servers.http.uploads.harness import (
    BOUNDARY,
    LIMIT,
    UploadSite,
    content,
    form,
    put,
    serve,
    taking_uploads,
    unfinished,
)
from tests.servers.wire import ask, hang_up, parse, raw, request

CHUNKED = "Transfer-Encoding: chunked"


async def begin(server: UploadSite, root: Path, size: int = LIMIT) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A PUT of which only the beginning comes, once that is being stored."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(request("PUT", "/a.txt", f"Content-Length: {size}") + b"beginning")
    await until(lambda: unfinished(root))
    return reader, writer


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


@pytest.mark.parametrize("is_chunked", [False, True])
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_what_is_too_large_is_refused_and_gone(run: Run, tmp_path: Path, method: str, is_chunked: bool) -> None:
    data = b"x" * (LIMIT + 1)
    body = form(("f", "a.txt", data)) if method == "POST" else data
    target, fields = ("/", [BOUNDARY]) if method == "POST" else ("/a.txt", [])

    async def scenario(server: UploadSite) -> None:
        if is_chunked:
            reply = parse(await raw(server.port, request(method, target, CHUNKED, *fields) + chunked(body)))
        else:
            reply = await ask(server.port, method, target, *fields, body=body)
        assert (reply.status, reply.headers["connection"]) == (413, "close")
        assert f"{LIMIT:,} bytes" in reply.text

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {}


def test_a_chunked_body_is_stored(run: Run, tmp_path: Path) -> None:
    async def scenario(server: UploadSite) -> None:
        sent = request("PUT", "/a.txt", CHUNKED) + chunked(b"x" * LIMIT)
        assert parse(await raw(server.port, sent)).status == 201

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {"a.txt": b"x" * LIMIT}


def test_what_is_too_large_is_not_invited(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servers.web.LINGER", 0.1)

    async def scenario(server: UploadSite) -> None:
        for target, size, status in (("/b.txt", LIMIT + 1, 413), ("/a.txt", 3, 409), ("/missing/a.txt", 3, 404)):
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(request("PUT", target, f"Content-Length: {size}", "Expect: 100-continue"))
            assert parse(await reader.read()).status == status
            await hang_up(writer)

    (tmp_path / "a.txt").write_bytes(b"old")
    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {"a.txt": b"old"}


def test_a_client_that_goes_away_leaves_nothing(run: Run, tmp_path: Path) -> None:
    async def scenario(server: UploadSite) -> None:
        _, writer = await begin(server, tmp_path)
        await hang_up(writer)
        await until(lambda: not unfinished(tmp_path))

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {}


def test_a_client_that_stalls_leaves_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servers.request_body.BODY_DEADLINE", 0.3)

    async def scenario(server: UploadSite) -> None:
        reader, writer = await begin(server, tmp_path)
        assert parse(await reader.read()).status == 408
        await hang_up(writer)

    serve(run, tmp_path, scenario)
    assert content(tmp_path) == {}


def test_a_server_that_stops_leaves_nothing(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with taking_uploads(tmp_path) as server:
            _, writer = await begin(server, tmp_path)
        await until(lambda: not unfinished(tmp_path))
        await hang_up(writer)

    run(scenario())
    assert content(tmp_path) == {}


def test_a_stop_while_the_disk_is_slow_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "BATCH", 1)
    slow, real = threading.Event(), os.write
    waiting = threading.Event()

    def write(descriptor: int, data: bytes) -> int:
        waiting.set()
        slow.wait()
        return real(descriptor, data)

    async def scenario() -> None:
        monkeypatch.setattr(os, "write", write)
        async with taking_uploads(tmp_path) as server:
            _, writer = await begin(server, tmp_path)
            await until(waiting.is_set)
        slow.set()
        await until(lambda: not unfinished(tmp_path))
        monkeypatch.setattr(os, "write", real)
        await hang_up(writer)

    run(scenario())
    assert content(tmp_path) == {}


def test_the_record_tells_the_size_and_keeps_the_beginning(run: Run, tmp_path: Path) -> None:
    async def scenario(server: UploadSite) -> None:
        await put(server, "/a.txt", b"x" * LIMIT)
        await until(lambda: server.exchanges)
        record = server.exchanges[0]
        assert (record.request_size, record.status) == (LIMIT, 201)
        assert 0 < len(record.request_body) < LIMIT

    serve(run, tmp_path, scenario)


def test_memory_stays_flat(run: Run, tmp_path: Path) -> None:
    size, piece = 60_000_000, bytes(100_000)

    async def scenario(server: UploadSite) -> None:
        server.settings = replace(server.settings, max_upload=size + 1000)
        for method, target, head, tail in (("PUT", "/a.bin", b"", b""), ("POST", "/", *halves("b.bin"))):
            length = len(head) + size + len(tail)
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(request(method, target, f"Content-Length: {length}", BOUNDARY) + head)
            for _ in range(size // len(piece)):
                writer.write(piece)
                await writer.drain()
            writer.write(tail)
            assert parse(await reader.read()).status == 201
            await hang_up(writer)

    tracemalloc.start()
    try:
        serve(run, tmp_path, scenario)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < size / 3
    assert [(tmp_path / name).stat().st_size for name in ("a.bin", "b.bin")] == [size, size]


def halves(name: str) -> tuple[bytes, bytes]:
    """What comes before and after the content of a file in a form."""
    head, _, tail = form(("f", name, b"|")).partition(b"|")
    return head, tail
