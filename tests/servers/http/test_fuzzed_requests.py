"""Ten thousand requests with faults at random places: each is answered or cut, and the server goes on as before."""

import asyncio
import random
from dataclasses import replace
from pathlib import Path

from tests.conftest import Run
from tests.servers.http.site import SENTINEL, make_folder, serving
from tests.servers.wire import ask, hang_up, statuses

TIMES = 10_000
AT_ONCE = 50
HOST = b"Host: localhost\r\n"
FORM = b'--x\r\nContent-Disposition: form-data; name="f"; filename="new.txt"\r\n\r\nhello\r\n--x--\r\n'
SEEDS = [
    b"GET / HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /sub/page.html HTTP/1.1\r\n" + HOST + b'Range: bytes=0-2\r\nIf-Range: "x"\r\nIf-None-Match: W/"a"\r\n\r\n',
    b"GET /sub?x HTTP/1.0\r\n" + HOST + b"Accept-Encoding: gzip;q=0.5, br\r\nAuthorization: Basic YTpi\r\n\r\n",
    b"PUT /f.txt?overwrite HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nhello",
    b"POST /a.zzz HTTP/1.1\r\n"
    + HOST
    + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\na=b&c=d",
    b"POST / HTTP/1.1\r\n"
    + HOST
    + b"Content-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"%x\r\n%b\r\n0\r\n\r\n" % (len(FORM), FORM),
]
PIECES = [b"\r\n", b"\n", b"%00", b"../", b"Transfer-Encoding: chunked\r\n", b"Content-Length: 3\r\n", bytes(9), HOST]


def _spoiled(chance: random.Random) -> bytes:
    data = bytearray(chance.choice(SEEDS))
    for _ in range(chance.randint(0, 4)):
        place = chance.randrange(len(data))
        match chance.randrange(5):
            case 0:
                data[place] = chance.choice(b'\r\n \t:;,/%\0\xff"=0')
            case 1:
                data[place] = chance.randrange(256)
            case 2:
                del data[place : place + chance.randint(1, 8)]
            case 3:
                data[place:place] = chance.choice(PIECES)
            case _:
                data += chance.choice(SEEDS)
    return bytes(data) or b"\0"


async def _send(port: int, data: bytes) -> bytes:
    """What is answered at first; nothing where the request was not whole."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(data)
        writer.write_eof()
        return await reader.read(65536)
    except ConnectionError:
        return b""
    finally:
        await hang_up(writer)


def test_it_goes_on(run: Run, tmp_path: Path) -> None:
    root, chance = make_folder(tmp_path), random.Random(7)
    around = {path.name for path in tmp_path.iterdir()}

    async def scenario() -> set[int]:
        seen = set()
        async with serving(root) as server:
            server.settings = replace(server.settings, uploads=True, spa=True)
            for _ in range(TIMES // AT_ONCE):
                batch = (_send(server.port, _spoiled(chance)) for _ in range(AT_ONCE))
                for answer in await asyncio.gather(*batch):
                    seen.update(statuses(answer))
                    assert SENTINEL not in answer
            reply = await ask(server.port, "GET", "/sub/page.html")
            assert (reply.status, reply.text) == (200, "page")
        return seen

    seen = run(scenario(), 300)
    assert {200, 206, 400, 404, 501} <= seen
    assert 500 not in seen
    assert {path.name for path in tmp_path.iterdir()} == around
    assert not list(root.rglob(".portside-upload-*"))
