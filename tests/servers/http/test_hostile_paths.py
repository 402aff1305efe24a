"""Any bytes as a request target, over the wire: nothing outside the folder is ever read or written."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import run_on
from tests.servers.http.site import SENTINEL, make_folder, serving
from tests.servers.wire import raw, statuses

STARTS = [b"/", b"//", b"", b"http://localhost/", b"HTTP://127.0.0.1:80/", b"/out/", b"/sub/../", b"/x?/", b"/x#/"]
STEPS = [
    b"../", b"..%2f", b"%2e%2e/", b"%2E%2E%2F", b".%2e\\", b"..%5c", b"..%00/", b"..;/", b"%c0%ae%c0%ae/", b"./", b"/",
    b"sub/", b"out/", b"new/", b"site/", b"\xff/", b" ", b"\t", b"\0", b"?", b"#", b":", b"~", b"%",
]  # fmt: skip
ENDS = [b"secret.txt", b"site2.txt", b".env", b"%2eenv", b".git/config", b"sub/.hidden", b"new.txt", b""]
OUT = [
    b"/out/secret.txt", b"/sub/../out/secret.txt", b"/out/site2.txt", b"//out//secret.txt", b"/%6fut/secret.txt",
    b"http://localhost/out/secret.txt", b"/../secret.txt", b"/..%2fsecret.txt", b"http://localhost/../secret.txt",
    b"/out/new.txt", b"/out/site/.env", b"/.env", b"/%2eenv", b"/.git/config", b"/sub/.hidden", b"/../new.txt",
]  # fmt: skip
WAYS = st.tuples(st.sampled_from(STARTS), st.lists(st.sampled_from(STEPS), max_size=3), st.sampled_from(ENDS))
TARGETS = st.lists(
    st.binary(max_size=40) | WAYS.map(lambda way: b"".join([way[0], *way[1], way[2]])), min_size=20, max_size=20
)


def _asking(method: bytes, target: bytes, body: bytes = b"") -> bytes:
    head = b"%b %b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
    return head % (method, target, len(body)) + body


def _beside(root: Path) -> dict[str, bytes]:
    """What lies beside the folder, with the bytes of the files."""
    return {path.name: path.read_bytes() if path.is_file() else b"" for path in root.parent.iterdir()}


async def _ask_all(folder: Path, asked: Sequence[bytes]) -> bytes:
    """What the server of a folder with a link that leads out of it says to all of it."""
    root = make_folder(folder)
    (root / "out").symlink_to(folder)
    before = _beside(root)
    async with serving(root) as server:
        server.settings = replace(server.settings, uploads=True)
        answers = [await raw(server.port, one) for one in asked]
        assert b"home" in await raw(server.port, _asking(b"GET", b"/"))
    assert _beside(root) == before
    assert all(0 not in statuses(answer) and 500 not in statuses(answer) for answer in answers)
    return b"".join(answers)


@given(TARGETS)
@example(OUT)
@settings(max_examples=25)
def test_no_bytes_of_a_target_read_a_file_outside(
    tmp_path_factory: pytest.TempPathFactory, targets: list[bytes]
) -> None:
    asked = [_asking(method, target) for target in targets for method in (b"GET", b"HEAD")]
    answers = run_on(asyncio.new_event_loop, _ask_all(tmp_path_factory.mktemp("read"), asked), 60)
    assert SENTINEL not in answers


@given(TARGETS)
@example(OUT)
@settings(max_examples=25)
def test_no_bytes_of_a_target_write_a_file_outside(
    tmp_path_factory: pytest.TempPathFactory, targets: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("write")
    asked = [_asking(b"PUT", target + query, b"new") for target in targets for query in (b"", b"?overwrite")]
    run_on(asyncio.new_event_loop, _ask_all(folder, asked), 60)
    root = folder / "site"
    assert {path.name for path in root.rglob(".*")} == {".env", ".git", ".hidden"}
    assert [(root / name).read_bytes() for name in (".env", ".git/config", "sub/.hidden")] == [SENTINEL] * 3
