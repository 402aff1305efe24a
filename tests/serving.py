"""The servers in a process of their own, as `main.py serve` runs them: for tests that drive them from outside."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MAIN = Path(__file__).resolve().parent.parent / "main.py"
_URL = re.compile(r"Started (HTTP|REST|WebSocket) server at (\w+://localhost:(\d+))")


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[dict[str, int]]:
    """Run `main.py serve` with free ports and its own folders; gives the ports by the servers' titles."""
    ports = [part for name in ("http", "rest", "ws") for part in (f"--{name}-port", "0")]
    directories = ["--config-dir", str(folder / "config"), "--data-dir", str(folder / "data")]
    command = [sys.executable, str(MAIN), "serve", *arguments, *ports, *directories]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            found: dict[str, int] = {}
            for line in process.stdout:
                if match := _URL.match(line):
                    found[match[1]] = int(match[3])
                if line.startswith("Press Ctrl+C"):
                    break
            yield found
        finally:
            process.terminate()
            try:
                process.communicate(timeout=10)
            finally:
                process.kill()
    assert process.returncode == 0
