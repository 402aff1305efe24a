"""Tests of sending files: byte for byte, whatever is in them and whatever happens to them meanwhile."""

import errno
import os
import random
import socket
from pathlib import Path
from typing import Any

import pytest

from servers.http.files.finding import SMALL as WHOLE
from servers.http.files.opened import Opened
from tests.conftest import Run, until
from tests.servers.http.site import make_folder, serving
from tests.servers.wire import ask, parse, raw, request

BIG = 20 * 1024 * 1024


def _big_file(root: Path, size: int = BIG) -> bytes:
    content = random.Random(size).randbytes(size)
    (root / "big.bin").write_bytes(content)
    return content


@pytest.mark.parametrize("size", [0, 1, 255, WHOLE - 1, WHOLE, WHOLE + 1, 3 * WHOLE, BIG])
def test_binary_byte_for_byte(run: Run, tmp_path: Path, size: int) -> None:
    root = make_folder(tmp_path)
    content = _big_file(root, size)

    async def scenario() -> None:
        async with serving(root) as server:
            reply = await ask(server.port, "GET", "/big.bin")
            assert reply.status == 200
            assert reply.headers["content-length"] == str(size)
            assert reply.headers["content-type"] == "application/octet-stream"
            assert reply.body == content
            record = server.exchanges[0]
            assert (record.status, record.response_size, record.error) == (200, size, None)
            assert record.started_ns <= record.responded_ns <= record.finished_ns

    run(scenario())


@pytest.mark.parametrize("size", [1000, BIG])
def test_head_of_a_file(run: Run, tmp_path: Path, size: int) -> None:
    root = make_folder(tmp_path)
    _big_file(root, size)

    async def scenario() -> None:
        async with serving(root) as server:
            reply = await ask(server.port, "HEAD", "/big.bin")
            assert (reply.status, reply.body, reply.headers["content-length"]) == (200, b"", str(size))
            assert server.exchanges[0].response_size == 0

    run(scenario())


def test_a_disk_that_fails_while_a_file_is_sent_adds_nothing_to_the_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_folder(tmp_path)
    content = _big_file(root, 4 * WHOLE)
    read = Opened.read

    async def failing(opened: Opened, position: int, count: int) -> bytes | memoryview:
        if position >= WHOLE:
            raise OSError(errno.EIO, "Input/output error")
        return await read(opened, position, count)

    monkeypatch.setattr(Opened, "read", failing)

    async def scenario() -> None:
        async with serving(root) as server:
            reply = parse(await raw(server.port, request("GET", "/big.bin")))
            assert reply.status == 200
            assert content.startswith(reply.body)
            await until(lambda: server.exchanges)
            assert server.exchanges[0].error == "The file could not be sent to its end: Input/output error."

    run(scenario())


@pytest.mark.parametrize("target", ["/pipe", "/folder/", "/socket", "/index.html/"])
def test_what_is_no_file_is_not_there(run: Run, tmp_path: Path, target: str) -> None:
    root = make_folder(tmp_path)
    os.mkfifo(root / "pipe")
    (root / "folder" / "index.html").mkdir(parents=True)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(os.path.relpath(root / "socket"))

    async def scenario() -> None:
        async with serving(root) as server:
            assert (await ask(server.port, "GET", target)).status in (403, 404)
            assert (await ask(server.port, "GET", "/index.html")).status == 200

    run(scenario())
    listener.close()


def test_a_file_that_may_not_be_read(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_folder(tmp_path)
    real = os.open

    def forbidden(path: Any, *arguments: Any, **options: Any) -> int:
        if Path(path).name == "page.html":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, *arguments, **options)

    monkeypatch.setattr("servers.http.files.opened.os.open", forbidden)

    async def scenario() -> None:
        async with serving(root) as server:
            reply = await ask(server.port, "GET", "/sub/page.html")
            assert reply.status == 403
            assert str(root) not in reply.text

    run(scenario())


def test_a_file_that_is_deleted_after_it_was_found(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_folder(tmp_path)

    def delete(path: Path) -> str:
        path.unlink()
        return "text/html"

    monkeypatch.setattr("servers.http.files.finding.media_type", delete)

    async def scenario() -> None:
        async with serving(root) as server:
            assert (await ask(server.port, "GET", "/sub/page.html")).status == 404

    run(scenario())


def test_the_newest_content_is_served(run: Run, tmp_path: Path) -> None:
    root = make_folder(tmp_path)

    async def scenario() -> None:
        async with serving(root) as server:
            for content in ("first", "second, longer", "", "last"):
                (root / "index.html").write_text(content)
                reply = await ask(server.port, "GET", "/")
                assert (reply.text, reply.headers["cache-control"]) == (content, "no-cache")

    run(scenario())
