"""curl commands that are written can be read, and mean the same."""

import re
import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from desktop.explorer.curl.command import read
from desktop.explorer.model.body import BodyKind, Upload
from desktop.explorer.model.prepared import PreparedRequest
from desktop.explorer.model.request import Request
from desktop.explorer.snippets.curl_command import curl_bash, curl_cmd
from tests.desktop.explorer.snippets.requests import EXAMPLES, REQUESTS

_ADDED = {"host", "accept", "accept-encoding", "user-agent", "content-length", "authorization"}


def same(request: Request, text: str, folder: Path | None = None) -> None:
    """Check that the command sends what the request sends."""
    pasted = read(text, folder)
    assert pasted.warnings == ()
    (got,) = (one.prepare(folder) for one in pasted.requests)
    wanted = request.prepare(folder)
    assert (got.method, got.target) == (wanted.method, replace(wanted.target, credentials=None))
    assert _named(got) == _named(wanted)
    assert dict(got.headers).get("Authorization") == dict(wanted.headers).get("Authorization")
    assert got.body == wanted.body
    assert replace(got.options, without=frozenset()) == replace(wanted.options, without=frozenset())


def _named(request: PreparedRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.headers if name.lower() not in _ADDED]


@given(REQUESTS)
def test_bash_comes_back(request: Request) -> None:
    same(request, curl_bash(request))


@given(REQUESTS)
def test_cmd_comes_back(request: Request) -> None:
    same(request, curl_cmd(request))


@given(REQUESTS)
def test_bash_words_are_those_of_a_shell(request: Request) -> None:
    words = shlex.split(curl_bash(request))
    assert words[0] == "curl"
    assert str(request.prepare().target) in words
    if request.body:
        assert words[-2:] == ["--data-raw", request.body]


@pytest.mark.parametrize("body", [b"\0\xff%s\\'\n", b"-a\0", ("ä'\r\n" * 60_000).encode(), b"\r\x1b"])
def test_bytes_in_bash(body: bytes) -> None:
    request = Request("POST", "http://h/", (), body, BodyKind.TEXT)
    same(request, curl_bash(request))


def test_files(tmp_path: Path) -> None:
    (tmp_path / "f.txt").write_bytes(b"\0")
    for write in (curl_bash, curl_cmd):
        same(EXAMPLES["file"], write(EXAMPLES["file"]), tmp_path)


def test_forms(tmp_path: Path) -> None:
    (tmp_path / "f.txt").write_bytes(b"\0")
    for write in (curl_bash, curl_cmd):
        (request,) = read(write(EXAMPLES["form"]), tmp_path).requests
        got, wanted = request.prepare(tmp_path).body, EXAMPLES["form"].prepare(tmp_path).body
        assert isinstance(got, Upload)
        assert isinstance(wanted, Upload)
        boundary = re.compile(rb"--portside-[0-9a-f]+")
        texts = [boundary.sub(b"--x", one) if isinstance(one, bytes) else one for one in got.segments]
        assert tuple(texts) == wanted.segments


def test_a_form_that_curl_would_write_otherwise() -> None:
    text = curl_bash(EXAMPLES["mixed"])
    assert text.startswith("{ printf -- '--x\\015\\n")
    assert "cat ./f.txt; printf" in text


def test_what_cmd_cannot_type() -> None:
    for name in ("bytes", "mixed"):
        text = curl_cmd(EXAMPLES[name])
        assert text.startswith("rem The body has bytes that cannot be typed here")
        assert "@body.bin" in text.replace("^", "")


def test_a_long_command_for_cmd() -> None:
    assert "8,191" in curl_cmd(Request("POST", "http://h/", (), "a" * 9000, BodyKind.TEXT))


def test_variables_stay() -> None:
    for write in (curl_bash, curl_cmd):
        (request,) = read(write(EXAMPLES["variables"])).requests
        assert request.unresolved == ("host", "b", "u", "c")


def test_words_for_the_rest() -> None:
    assert "--digest" in curl_bash(EXAMPLES["digest"])
    assert "Authorization: Bearer t" in curl_bash(EXAMPLES["bearer"])
    assert "'Connection: close'" in curl_bash(EXAMPLES["key"])
    assert "-u u:p" in curl_bash(EXAMPLES["basic"])
    assert "-H User-Agent: " in curl_bash(EXAMPLES["key header"])
    assert curl_bash(EXAMPLES["oauth"]).startswith("# TOKEN stands for what http://t/ gives.")
    assert "--path-as-is" in curl_bash(EXAMPLES["repeated"])
