"""The packaged executable has all that REST needs: every representation, validation, documentation, codings."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.packaged.serving import serving

DATA = {"posts": [{"id": 1, "title": "one"}, {"id": "b", "title": "two"}]}


@pytest.fixture
def port(executable: Path, environment: dict[str, str], tmp_path: Path) -> Iterator[int]:
    """The port of an executable that serves a data file of ours, without a window."""
    file = tmp_path / "db.json"
    file.write_text(json.dumps(DATA), encoding="utf-8")
    with serving(executable, environment, tmp_path, "rest", str(file), "--rest-port", "0") as number:
        yield number


def ask(port: int, path: str, accept: str = "*/*", method: str = "GET", body: str | None = None) -> tuple[int, str]:
    """The status and the media type of the answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, {"Accept": accept, "Content-Type": "application/json"})
        response = connection.getresponse()
        response.read()
        return response.status, response.headers.get_content_type()
    finally:
        connection.close()


def test_every_part_of_the_service_answers(port: int) -> None:
    for media_type in ("application/json", "application/xml", "text/html", "text/plain", "application/atom+xml"):
        assert ask(port, "/posts", media_type) == (200, media_type)
    assert ask(port, "/posts/b") == (200, "application/json")
    assert ask(port, "/posts", method="POST", body='{"title": "three"}') == (201, "application/json")
    assert ask(port, "/posts", method="POST", body="{") == (400, "application/problem+json")
    assert ask(port, "/nothing", "text/html") == (404, "text/html")
    assert ask(port, "/docs") == (200, "text/html")
    assert ask(port, "/openapi.json") == (200, "application/json")
    for path in ("brotli", "gzip", "image/webp", "html"):
        assert ask(port, f"/lab/{path}")[0] == 200
