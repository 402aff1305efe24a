"""The packaged executable as a chat client: in a pipe, and in a terminal."""

import os
import select
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.sync.server import ServerConnection, serve


@pytest.fixture
def url() -> Iterator[str]:
    """The URL of an echo server."""

    def echo(connection: ServerConnection) -> None:
        for message in connection:
            connection.send(f"ECHO! {message!s}")

    with serve(echo, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        server.shutdown()
        thread.join()


def test_in_a_pipe(executable: Path, environment: dict[str, str], url: str) -> None:
    done = subprocess.run(
        [executable, "chat", url], input="hello\n", env=environment, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "From server: ECHO! hello\n" in done.stdout


def test_in_a_terminal(executable: Path, environment: dict[str, str], url: str) -> None:
    master, slave = os.openpty()
    environment |= {"TERM": "dumb"}
    with subprocess.Popen(
        [executable, "chat", url], stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
    ) as child:
        try:
            os.close(slave)
            seen = read_until(master, b"", b"Enter some data: ")
            os.write(master, b"hello\r")
            seen = read_until(master, seen, b"From server: ECHO! hello")
            os.write(master, b"\x04")
            read_until(master, seen, b"1000 (normal closure). Clean.")
            assert child.wait(60) == 0
        finally:
            child.kill()
    os.close(master)


def read_until(terminal: int, seen: bytes, words: bytes) -> bytes:
    while words not in seen:
        assert select.select([terminal], [], [], 60)[0], seen
        seen += os.read(terminal, 65536)  # OSError where the program has ended without saying so
    return seen
