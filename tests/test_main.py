"""The command line: options, the version, the self-test, and the sentence where there is no display."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import main
from servers import VERSION
from servers.argument_values import PASSWORD_VARIABLE
from servers.arguments import parse

MAIN = Path(main.__file__)


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run main.py as a process that has no display unless ``environment`` gives it one."""
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    bare.pop("QT_QPA_PLATFORM", None)
    bare.pop(PASSWORD_VARIABLE, None)
    command = [sys.executable, str(MAIN), *arguments]
    return subprocess.run(
        command, env=bare | environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )


def test_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"Portside {VERSION}\n", "")


def test_self_test() -> None:
    done = run("--self-test")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Portside {VERSION} self-test passed: GET http://localhost:")
    assert done.stdout.count("\n") == 1


def test_without_a_display_one_sentence_says_so(tmp_path: Path) -> None:
    done = run("--config-dir", str(tmp_path), "--data-dir", str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "no display is set" in done.stderr
    assert "make serve" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_display_that_does_not_answer_is_said_too(tmp_path: Path) -> None:
    done = run("--config-dir", str(tmp_path), "--data-dir", str(tmp_path), DISPLAY=":987654")
    assert (done.returncode, done.stdout) == (1, "")
    assert "the display :987654 does not answer" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_thread_that_is_stuck_does_not_keep_the_program(tmp_path: Path) -> None:
    code = (
        "import asyncio, sys, threading, main, desktop.app as app\n"
        "load = app.Application._load\n"
        "async def load_and_leave(self, start):\n"
        "    await load(self, start)\n"
        "    self.stuck = asyncio.get_running_loop().run_in_executor(None, threading.Event().wait)\n"
        "    self.request_exit()\n"
        "app.Application._load = load_and_leave\n"
        "sys.exit(main.main(['--config-dir', sys.argv[1], '--data-dir', sys.argv[1]]))"
    )
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code, str(tmp_path)]
    assert (
        subprocess.run(command, cwd=MAIN.parent, env=environment, timeout=30, stderr=subprocess.DEVNULL).returncode == 0
    )


@pytest.mark.parametrize("arguments", [["--version"], ["serve", "--help"], ["chat", "ws://127.0.0.1:1"]])
def test_what_needs_no_window_loads_no_qt(arguments: list[str]) -> None:
    code = (
        "import sys, main\n"
        "try: main.main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "assert not {'PySide6', 'shiboken6', 'qasync', 'aiohttp'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, *arguments], cwd=MAIN.parent, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["serve", "ftp"], "“ftp” is neither a server (http, rest, ws) nor a JSON or CSV file, and there is no such"),
        (["serve", "http", "../nowhere.d/site"], "“../nowhere.d/site” is neither a server"),
        (["serve", "--max-upload", "much"], "“much” is not a size: give bytes, or a number with K, M, G or T"),
        (["serve", "--cors", "all"], "“all” is none of off, local, any"),
        (["serve", "--user", "a:b"], "A user name must not contain a colon"),
        (["serve", "--user", "joe"], "The user “joe” needs a password: set PORTSIDE_HTTP_PASSWORD in the environment."),
        (["--http-port", "65536"], "“65536” is not a port"),
        (["--http-port", "-1"], "--http-port"),
        (["--ws-mode", "shout"], "broadcast-reply"),
    ],
)
def test_bad_options_are_said(arguments: list[str], sentence: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert sentence in done.stderr


def test_directories_are_the_users_own_unless_given(tmp_path: Path) -> None:
    given = main._directories(parse(["--config-dir", str(tmp_path)]))
    assert given.config == tmp_path
    assert given.data.name == "portside"


def test_the_authority_is_printed_with_what_trusting_it_means(tmp_path: Path) -> None:
    done = run("authority", "--data-dir", str(tmp_path))
    assert done.returncode == 0
    assert done.stdout == (tmp_path / "tls" / "authority.pem").read_text()
    assert "could pretend to be any site" in done.stderr
    assert f'"{tmp_path}/tls/authority.pem"' in done.stderr
    assert "SHA-256 fingerprint: " in done.stderr


def test_the_authority_is_written_to_a_new_file_only(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    first = run("--data-dir", str(tmp_path), "authority", str(file))
    assert (first.returncode, first.stdout) == (0, "")
    assert f'"{file}"' in first.stderr
    assert file.read_text() == (tmp_path / "tls" / "authority.pem").read_text()
    file.write_text("mine")
    again = run("--data-dir", str(tmp_path), "authority", str(file))
    assert (again.returncode, file.read_text()) == (1, "mine")
    assert again.stderr == f"The certificate was not written: {file} is there already. Give another name.\n"


def test_a_damaged_authority_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "tls").mkdir()
    (tmp_path / "tls" / "authority.key").write_text("damaged")
    done = run("authority", "--data-dir", str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "authority.key is damaged. Put back good copies" in done.stderr
