"""Tests of `main.py serve http FOLDER` with the options of the Site tab, as real processes."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from servers import headless
from servers.argument_values import PASSWORD_VARIABLE
from servers.server import Address
from tests.conftest import Run
from tests.servers.test_headless import PORTS, _command, serving
from tests.servers.wire import ask


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "my site"
    folder.mkdir()
    (folder / "page.html").write_text("<p>mine</p>")
    return folder


def test_a_folder_alone_is_served_over_http_alone(run: Run, tmp_path: Path, site: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path, str(site), *PORTS, "--no-listing", "--cache", "hour") as child:
            assert child.lines[0].startswith("Started HTTP server at ")
            assert child.lines[1:] == [f"Serving the folder {site}", "Press Ctrl+C to stop."]
            page = await ask(child.ports[0], "GET", "/page.html")
            assert (page.status, page.body, page.headers["cache-control"]) == (200, b"<p>mine</p>", "max-age=3600")
            assert (await ask(child.ports[0], "GET", "/")).status == 404
            assert (await child.end(signal.SIGTERM))[0] == 0

    run(scenario())


def test_the_switches_that_are_on_are_said(run: Run, tmp_path: Path, site: Path) -> None:
    options = ["--spa", "--cors", "local", "--user", "joe", "--uploads", "--max-upload", "1K", "--host", "127.0.0.1"]

    async def scenario() -> None:
        async with serving(tmp_path, "http", str(site), *PORTS, *options, **{PASSWORD_VARIABLE: "secret"}) as child:
            assert child.lines[2:] == [
                "Paths that no file has are answered with the site's index.html (single-page app).",
                "Clients may add files, up to 1,024 bytes in one upload.",
                "CORS is on: pages of this computer may read what the HTTP server serves.",
                "The HTTP server asks for a password; the user name is “joe”.",
                "Press Ctrl+C to stop.",
            ]
            code, lines, errors = await child.end(signal.SIGTERM)
            assert (code, errors) == (0, "")
            assert not any("secret" in line for line in (*child.lines, *lines))

    run(scenario())


@pytest.mark.parametrize("answer", ["secret", ""])
def test_the_password_is_asked_for_without_echo(tmp_path: Path, site: Path, answer: str) -> None:
    """With a real terminal; the servers' address is none of ours, so that the program ends by itself."""
    command = _command(tmp_path, str(site), "--user", "joe", "--host", "192.0.2.1")
    master, slave = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != PASSWORD_VARIABLE}
    process = subprocess.Popen(
        command, stdin=slave, stdout=subprocess.PIPE, stderr=slave, env=environment, start_new_session=True
    )
    os.close(slave)
    seen = _read_until(master, "Password for “joe”: ")
    os.write(master, f"{answer}\n".encode())
    output, _ = process.communicate(timeout=30)
    seen += _read_until(master, None)
    os.close(master)
    assert output == b""
    assert "secret" not in seen
    assert process.returncode == (1 if answer else 2)
    assert ("192.0.2.1 is not an address of this computer" if answer else "needs a password") in seen


def _read_until(descriptor: int, text: str | None) -> str:
    """What a terminal shows up to a text, or up to its end."""
    seen = b""
    while text is None or text.encode() not in seen:
        try:
            seen += os.read(descriptor, 1024)
        except OSError:  # the program has ended
            break
    return seen.decode()


class Screen:
    """A terminal that may be one of UTF-8."""

    def __init__(self, encoding: str, *, is_terminal: bool) -> None:
        self.encoding = encoding
        self.isatty = lambda: is_terminal


@pytest.mark.parametrize(
    ("encoding", "is_terminal", "host", "shown"),
    [
        ("utf-8", True, "0.0.0.0", True),
        ("utf-8", False, "0.0.0.0", False),
        ("ascii", True, "0.0.0.0", False),
        ("utf-8", True, "127.0.0.1", False),
    ],
)
def test_a_terminal_gets_the_address_as_a_code(
    monkeypatch: pytest.MonkeyPatch, encoding: str, is_terminal: bool, host: str, shown: bool
) -> None:
    said: list[str] = []
    monkeypatch.setattr(headless, "_say", said.append)
    monkeypatch.setattr(sys, "stdout", Screen(encoding, is_terminal=is_terminal))
    monkeypatch.setattr("servers.server.outward_hosts", lambda bound: ("192.0.2.7",) if bound == ["0.0.0.0"] else ())
    headless._say_code(Address("http", host, 8001, ((host, 8001),)))
    headless._say_code(None)
    assert len(said) == shown
    assert all("█" in text and text.endswith("\nhttp://192.0.2.7:8001") for text in said)
