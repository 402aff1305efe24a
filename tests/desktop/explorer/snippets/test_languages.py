"""What is copied runs, and sends the request."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.explorer.http_files.http_file import parse
from desktop.explorer.model.auth import Basic, Inherit
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.request import Header, Request
from desktop.explorer.snippets.http_text import http_file, raw_http
from desktop.explorer.snippets.javascript import javascript_fetch
from desktop.explorer.snippets.languages import LANGUAGES
from desktop.explorer.snippets.python_aiohttp import python_aiohttp
from desktop.explorer.snippets.python_httpx import python_httpx
from desktop.explorer.snippets.python_requests import python_requests
from tests.conftest import Run
from tests.desktop.explorer.servers import OK, RawServer
from tests.desktop.explorer.snippets.requests import EXAMPLES

_PYTHON = (python_aiohttp, python_requests, python_httpx)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_language_writes_every_request(name: str) -> None:
    for language in LANGUAGES:
        assert language.make(EXAMPLES[name]).endswith("\n") or language.make is raw_http


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("make", _PYTHON)
def test_python_compiles(make: Callable[[Request], str], name: str) -> None:
    compile(make(EXAMPLES[name]), "snippet.py", "exec")


@pytest.mark.parametrize("make", _PYTHON)
def test_python_names_what_is_sent(make: Callable[[Request], str]) -> None:
    text = make(EXAMPLES["json"])
    for piece in ("'POST'", "http://h/", "application/json", ".encode()", "ä"):
        assert piece in text


@pytest.mark.parametrize("make", _PYTHON)
def test_what_python_libraries_cannot_do_is_said(make: Callable[[Request], str]) -> None:
    assert make(EXAMPLES["bearer"]).startswith("# After a redirect")
    assert "in capitals" in make(EXAMPLES["repeated"])
    assert "# TOKEN stands for" in make(EXAMPLES["oauth"])


def test_aiohttp_sends_the_request(run: Run, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with RawServer(OK).running() as server:
            rows = (Header("X-A", 'it\'s "ü" \\'), Header("X-A", "2"), Header("Content-Type", "text/plain"))
            url = f"{server.url}a/../%7e?b=%C3&c[]={{}}"
            request = Request("PATCH", url, rows, "ä\n\\'\"", BodyKind.TEXT, Basic("ü", "p"))
            script = tmp_path / "snippet.py"
            script.write_text(python_aiohttp(request), "utf-8")
            await _run(script)
            (got,) = server.requests
            wanted = request.prepare()
            head, _, body = got.partition(b"\r\n\r\n")
            lines = head.decode().split("\r\n")
            assert lines[0] == f"PATCH {wanted.target.path} HTTP/1.1"
            assert body == wanted.body
            for name, value in wanted.headers:
                assert name in ("Accept-Encoding", "User-Agent") or f"{name}: {value}" in lines

    run(scenario())


async def _run(script: Path) -> None:
    import asyncio

    process = await asyncio.create_subprocess_exec(
        sys.executable, script, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONUTF8": "1"}
    )
    output, errors = await process.communicate()
    assert errors.decode() == ""
    assert output.split() == [b"200", b"ok"]


def test_javascript_names_what_is_sent() -> None:
    text = javascript_fetch(EXAMPLES["json"])
    assert '["Content-Type", "application/json"]' in text
    assert json.dumps(EXAMPLES["json"].body, ensure_ascii=False) in text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("digest", "Digest"),
        ("basic", "proxy"),
        ("repeated", "Headers of the same name"),
        ("chunked", "transfer-encoding"),
        ("body of get", "no body with GET"),
        ("bearer", "After a redirect"),
    ],
)
def test_what_fetch_cannot_do_is_said(name: str, said: str) -> None:
    notes = [line for line in javascript_fetch(EXAMPLES[name]).splitlines() if line.startswith("//")]
    assert any(said in note for note in notes)


def test_an_http_message() -> None:
    lines = raw_http(EXAMPLES["json"]).split("\n")
    assert lines[:3] == ["POST / HTTP/1.1", "Host: h", "Content-Type: application/json"]
    assert lines[-2:] == ['{"a": "ä",', ' "b": \'"}']
    assert f"Content-Length: {len(str(EXAMPLES['json'].body).encode())}" in lines
    assert raw_http(EXAMPLES["variables"]).startswith("POST /a%20b HTTP/1.1\nHost: ")


@pytest.mark.parametrize("name", ["plain", "json", "form", "file", "graphql", "bearer"])
def test_an_http_file(name: str) -> None:
    request = EXAMPLES[name]
    read = parse(http_file(request)).parts[-1].request
    assert read is not None
    assert (read.method, read.url, read.headers) == (request.method, request.url, request.headers)
    assert isinstance(request.auth, Inherit) or read.auth == request.auth


def test_what_an_http_file_cannot_say() -> None:
    assert http_file(EXAMPLES["bytes"]).startswith("# ")
