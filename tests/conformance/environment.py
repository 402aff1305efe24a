"""An environment for the Autobahn test suite, which runs on Python 2.7 alone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "build" / "conformance"

_PINNED = Path(__file__).with_name("autobahn.txt")
_PYTHON = FOLDER / "python2.7"
_INSTALLED = FOLDER / "installed.txt"
_VIRTUALENV = "virtualenv==20.21.1"
"""The last version that makes environments of Python 2.7."""


class CannotRun(Exception):
    """The suite cannot be run; the text is a sentence that says what it needs."""


def suite() -> Path:
    """The suite's program, installed on first use and when its pinned versions change. Raises CannotRun."""
    if not (_INSTALLED.exists() and _INSTALLED.read_text() == _PINNED.read_text()):
        _install(_python())
    return _PYTHON / "bin" / "wstest"


def _install(python: str) -> None:
    print(f"Installing the Autobahn test suite for {python} into {FOLDER}.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    quiet = ["--quiet", "--quiet"]
    uv = [sys.executable, "-m", "uv", "tool", "run", *quiet, "--from", _VIRTUALENV]
    _run(*uv, "virtualenv", *quiet, "--no-download", "--clear", "--python", python, str(_PYTHON))
    _run(str(_PYTHON / "bin" / "pip"), "install", *quiet, "--no-deps", "--requirement", str(_PINNED))
    shutil.copy(_PINNED, _INSTALLED)


def _python() -> str:
    for candidate in _candidates():
        ask = [candidate, "-c", "import sys; sys.exit(sys.version_info[:2] != (2, 7))"]
        try:
            if subprocess.run(ask, check=False, capture_output=True).returncode == 0:
                return candidate
        except OSError:
            continue
    raise CannotRun(
        "The Autobahn test suite needs Python 2.7: put python2.7 on the PATH or name it in AUTOBAHN_PYTHON."
    )


def _candidates() -> Iterator[str]:
    if named := os.environ.get("AUTOBAHN_PYTHON"):
        yield named
        return
    if found := shutil.which("python2.7"):
        yield found  # may be pyenv's stand-in, which refuses unless that version is switched on
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from map(str, sorted(versions.glob("2.7*/bin/python2.7")))


def _run(*command: str) -> None:
    if subprocess.run(command, check=False).returncode:
        raise CannotRun(f"The Autobahn test suite cannot be installed: “{' '.join(command)}” failed.")
