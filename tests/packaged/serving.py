"""The packaged executable as a server without a window."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(executable: Path, environment: dict[str, str], folder: Path, *arguments: str) -> Iterator[int]:
    """The port of its one server; its settings and data are in ``folder``. It must end well in the end."""
    folders = ["--config-dir", str(folder / "config"), "--data-dir", str(folder / "data")]
    command = [str(executable), "serve", *arguments, *folders]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            lines = iter(process.stdout)
            number = int(next(line for line in lines if line.startswith("Started")).rpartition(":")[2])
            next(line for line in lines if line.startswith("Press Ctrl+C"))
            yield number
            process.terminate()
            process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 0
