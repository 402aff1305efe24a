"""The packaged executable: it passes its self-test, and its window opens and closes under a real X server."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

from servers import VERSION


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of its own, on a display that it chooses itself."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as numbers:
            yield f":{numbers.readline().strip()}"
        server.terminate()


def start(executable: Path, *arguments: str, environment: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [str(executable), *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_self_test(executable: Path, environment: dict[str, str]) -> None:
    done = subprocess.run([executable, "--self-test"], env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Portside {VERSION} self-test passed")
    assert done.stdout.count("\n") == 1


def test_version(executable: Path, environment: dict[str, str]) -> None:
    done = subprocess.run([executable, "--version"], env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, f"Portside {VERSION}\n")


def test_without_a_display_it_says_so(executable: Path, environment: dict[str, str]) -> None:
    done = subprocess.run([executable], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "no display is set" in done.stderr
    assert "make serve" in done.stderr
    assert done.stderr.count("\n") == 1


def test_window_opens_serves_and_quits_on_sigterm(
    executable: Path, environment: dict[str, str], display: str, tmp_path: Path
) -> None:
    environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    ports = ["--http-port", "0", "--rest-port", "0", "--ws-port", "0"]
    folders = ["--config-dir", str(tmp_path / "config"), "--data-dir", str(tmp_path / "data")]
    with start(executable, "--start", *ports, *folders, environment=environment) as process:
        search = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "^Portside$"]
        subprocess.run(search, env=environment, check=True, timeout=60, stdout=subprocess.DEVNULL)
        answers = sorted(status(port) for port in three_ports(process))
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    assert answers == [200, 200, 426]
    assert (process.returncode, errors) == (0, "")


def three_ports(process: "subprocess.Popen[str]") -> set[int]:
    """Wait until the process listens on the ports of the three servers."""
    for _ in range(600):
        listening = [one for one in psutil.Process(process.pid).net_connections("tcp") if one.status == "LISTEN"]
        ports = {one.laddr.port for one in listening}
        if len(ports) == 3:
            return ports
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    raise AssertionError("the three servers have not started")


def status(port: int) -> int:
    """What a GET of the root answers; 426 is a WebSocket server that is asked for a page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/", headers={"Host": "localhost"})
    answer = connection.getresponse().status
    connection.close()
    return answer
