"""Tests of `main.py serve FILE`: a data file for the REST server."""

import signal
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.servers.test_headless import PORTS, _command, serving
from tests.servers.wire import ask


def _written(tmp_path: Path, content: str) -> str:
    path = tmp_path / "db.json"
    path.write_text(content)
    return str(path)


def test_a_data_file_is_served_and_gone_on_with(run: Run, tmp_path: Path) -> None:
    file = _written(tmp_path, '{"books": [{"id": 1}], "authors": [], "zoom\\u001b": 1}')

    async def scenario() -> None:
        async with serving(tmp_path, file, *PORTS) as child:
            assert child.lines[0].startswith("Started REST server at ")
            assert child.lines[1] == "Serving db.json: /books, /authors"
            assert child.lines[2].startswith("Not served, because no array: zoom\\x1b.")
            assert child.lines[3:] == ["Press Ctrl+C to stop."]
            assert (await ask(child.ports[0], "DELETE", "/books/1")).status == 200
            assert (await child.end(signal.SIGTERM))[0] == 0
        async with serving(tmp_path, "rest", file, *PORTS) as child:
            assert child.lines[1:3] == [
                "Serving db.json: /books, /authors",
                "db.json is as it was when it was opened before; what was written since then is still there.",
            ]
            assert (await ask(child.ports[0], "GET", "/books/1")).status == 404
            assert (await child.end(signal.SIGTERM))[0] == 0

    run(scenario())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            '{"books": [{}],\n "books": []}',
            "db.json, line 2: ",
        ),
        ("[]", "db.json: It must be an object"),
        (None, "db.json: It cannot be read: No such"),
    ],
)
def test_a_bad_data_file_is_a_sentence(tmp_path: Path, content: str | None, sentence: str) -> None:
    file = str(tmp_path / "db.json") if content is None else _written(tmp_path, content)
    command = _command(tmp_path, file, *PORTS)
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("The REST server cannot start: ")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
