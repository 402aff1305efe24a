"""The packaged executable has all that serving a folder needs: codings, the watching of files, the bundled sites."""

from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.packaged.serving import serving

PAGE = b"<p>hello</p>" * 100


def ask(connection: HTTPConnection, path: str, **fields: str) -> HTTPResponse:
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in fields.items()})
    return connection.getresponse()


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_files_are_compressed(executable: Path, environment: dict[str, str], tmp_path: Path, coding: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_bytes(PAGE)
    with serving(executable, environment, tmp_path, "http", str(site), "--http-port", "0") as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        response = ask(connection, "/", accept_encoding=coding)
        assert (response.status, response.headers["Content-Encoding"]) == (200, coding)
        assert len(response.read()) < len(PAGE)
        connection.close()


def test_changes_of_the_site_are_told(executable: Path, environment: dict[str, str], tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_bytes(PAGE)
    with serving(executable, environment, tmp_path, "http", str(site), "--live-reload", "--http-port", "0") as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        events = ask(connection, "/.portside/live")
        assert _next(events, b"event: ") == b"event: state\n"
        (site / "new.html").write_bytes(PAGE)
        assert _next(events, b"event: ") == b"event: change\n"
        assert b"new.html" in _next(events, b"data: ")
        connection.close()


def test_the_bundled_sites_are_there(executable: Path, environment: dict[str, str], tmp_path: Path) -> None:
    with serving(executable, environment, tmp_path, "http", "--http-port", "0") as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        for path in (
            "/",
            "/Snooker/",
            "/Catch/",
            "/Breakout/index.html",
            "/shared/page.css",
            "/WebSockets/client.html",
        ):
            response = ask(connection, path)
            assert (response.status, bool(response.read())) == (200, True)
        connection.close()


def _next(events: HTTPResponse, start: bytes) -> bytes:
    while not (line := events.readline()).startswith(start):
        assert line
    return line
