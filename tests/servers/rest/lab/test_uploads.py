"""The upload endpoint: sizes and digests, limits, and what the record keeps."""

import hashlib
from collections.abc import AsyncIterator

import pytest
from aiohttp import FormData

from servers.exchange import BODY_CAP
from servers.rest.lab import uploads
from tests.conftest import Run, until
from tests.servers.rest.lab.lab_server import running

DATA = bytes(range(256)) * 4096  # 1 MiB


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_parts_are_counted_and_hashed(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            form = FormData({"remark": "ä"})
            form.add_field("f", DATA, filename="x.bin", content_type="application/octet-stream")
            remark, file = (await lab.json("upload", "POST", data=form))["parts"]
            assert (remark["name"], remark["size"], remark["sha256"]) == ("remark", 2, _sha256("ä".encode()))
            assert (file["filename"], file["type"]) == ("x.bin", "application/octet-stream")
            assert (file["size"], file["sha256"]) == (len(DATA), _sha256(DATA))
            await until(lambda: lab.server.exchanges)
            [exchange] = lab.server.exchanges
            assert len(exchange.request_body) == BODY_CAP
            assert exchange.request_size > len(DATA)

    run(scenario())


async def _pieces(count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield DATA


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_one_file_as_it_is(run: Run, method: str) -> None:
    async def scenario() -> None:
        async with running() as lab:
            headers = {"Content-Type": "image/png", "Expect": "100-continue"}
            [part] = (await lab.json("upload", method, data=_pieces(3), headers=headers))["parts"]
            assert (part["size"], part["sha256"], part["type"]) == (3 * len(DATA), _sha256(DATA * 3), "image/png")
            [part] = (await lab.json("upload", method, data=b""))["parts"]
            assert part["size"] == 0

    run(scenario())


def test_too_large_is_refused_however_it_comes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_UPLOAD", 100_000)
    monkeypatch.setattr("servers.web.LINGER", 0.05)

    async def scenario() -> None:
        async with running() as lab:
            chunk = b"Transfer-Encoding: chunked\r\n\r\n186a1\r\n" + bytes(100_001)
            for rest in (b"Content-Length: 100001\r\n\r\n", chunk):
                async with lab.sent("POST", "upload", rest) as (reader, _):
                    assert (await reader.read()).startswith(b"HTTP/1.1 413 ")
            assert (await lab.json("upload", "POST", data=b"x" * 100_000))["parts"]

    run(scenario())


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "multipart/form-data"}, 400),
        ({"Content-Type": "multipart/mixed; boundary=B"}, 400),
        ({"Content-Encoding": "gzip"}, 415),
    ],
)
def test_what_cannot_be_read_is_refused(run: Run, headers: dict[str, str], status: int) -> None:
    async def scenario() -> None:
        async with running() as lab:
            assert (await lab.refused("upload", "POST", data=b"--B\r\n\r\nx", headers=headers))[0] == status

    run(scenario())


def test_a_stalled_upload_ends(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servers.request_body.BODY_DEADLINE", 0.05)

    async def scenario() -> None:
        rest = b"Content-Length: 10\r\n\r\nhalf"
        async with running() as lab, lab.sent("POST", "upload", rest) as (reader, _):
            assert (await reader.read()).startswith(b"HTTP/1.1 408 ")

    run(scenario())


def test_a_client_that_leaves_ends_it(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab:
            async with lab.sent("POST", "upload", b"Content-Length: 10\r\n\r\nhalf"):
                await lab.server.entered.wait()
            await until(lambda: lab.server.exchanges)
            [exchange] = lab.server.exchanges
            assert (exchange.status, exchange.request_body) == (0, b"half")

    run(scenario())


def test_the_page_has_a_form(run: Run) -> None:
    async def scenario() -> None:
        async with running() as lab, lab.client.get("/lab/upload") as response:
            assert 'enctype="multipart/form-data"' in await response.text()

    run(scenario())
