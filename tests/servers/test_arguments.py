"""The command line: what it asks to be served, and what it refuses."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from servers.argument_values import PASSWORD_VARIABLE, SERVER_NAMES
from servers.arguments import parse, served


@pytest.fixture(autouse=True)
def no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "stdin", None)


@pytest.mark.parametrize(
    ("what", "names", "file"),
    [
        ([], ["http", "rest", "ws"], None),
        (["ws", "http"], ["ws", "http"], None),
        (["db.json"], ["rest"], "db.json"),
        (["rest", "a.csv"], ["rest"], "a.csv"),
        (["ws", "a.json", "b.json"], ["ws", "rest"], "b.json"),
    ],
)
def test_a_data_file_asks_for_the_rest_server(what: list[str], names: list[str], file: str | None) -> None:
    assert parse(["serve", *what]).served == (names, file and Path(file), None)


def test_a_folder_asks_for_the_http_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "db").write_text("{}")
    monkeypatch.chdir(tmp_path)
    site, data = tmp_path / "site", Path("db")
    assert parse(["serve", "site"]).served == (["http"], None, site)
    assert parse(["serve", "http", "./site/"]).served == (["http"], None, site)
    assert parse(["serve", "ws", "site/../site"]).served == (["ws", "http"], None, site)
    assert parse(["serve", "rest", "db", "site"]).served == (["rest", "http"], data, site)
    assert parse([]).served == (list(SERVER_NAMES), None, None)


def test_one_folder_at_a_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="one folder"):
        served([tmp_path, tmp_path.parent])
    with pytest.raises(SystemExit):
        parse(["serve", str(tmp_path), str(tmp_path.parent)])
    assert "Only one folder can be served at a time." in capsys.readouterr().err


class Terminal:
    """What stdin is when somebody sits there."""

    def isatty(self) -> bool:
        return True


def _answering(answer: str | BaseException) -> Callable[[str], str]:
    def getpass(prompt: str) -> str:
        assert prompt == "Password for “joe”: "
        if isinstance(answer, BaseException):
            raise answer
        return answer

    return getpass


def test_the_password_is_asked_for_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", _answering("secret"))
    assert parse(["serve", "--user", "joe"]).password == "secret"
    assert parse(["--user", "joe", "chat", "ws://localhost"]).password is None


@pytest.mark.parametrize("answer", ["", EOFError(), KeyboardInterrupt()])
def test_no_password_is_no_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str | BaseException
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", _answering(answer))
    with pytest.raises(SystemExit):
        parse(["serve", "--user", "joe"])
    assert "The user “joe” needs a password" in capsys.readouterr().err


def test_an_empty_password_in_the_environment_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "")
    monkeypatch.setattr(sys, "stdin", Terminal())
    with pytest.raises(SystemExit):
        parse(["serve", "--user", "joe"])


@pytest.mark.parametrize("command", [[], ["serve"]])
def test_the_help_is_grouped(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse([*command, "--help"])
    text = capsys.readouterr().out
    for heading in ("where the servers listen:", "what the HTTP server does", "what the other servers do:"):
        assert text.count(heading) == 1
    assert PASSWORD_VARIABLE in text


@pytest.mark.parametrize("place", range(3))
def test_options_stand_between_what_is_served_too(tmp_path: Path, place: int) -> None:
    line = ["http", "ws", str(tmp_path)]
    line.insert(place, "--spa")
    options = parse(["serve", *line, "--host", "127.0.0.1"])
    assert options.served == (["http", "ws"], None, tmp_path)
    assert options.spa


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["serve", "http", "--spa", "ftp"], "“ftp” is neither a server"),
        (["serve", "http", "--password=x"], "Not understood: --password=x."),
        (["--nonsense"], "Not understood: --nonsense."),
        (["chat", "ws://localhost", "more"], "Not understood: more."),
        (["authority", "--spa", "file"], "Not understood: --spa."),
    ],
)
def test_what_is_not_understood_is_said(
    capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    with pytest.raises(SystemExit):
        parse(arguments)
    assert sentence in capsys.readouterr().err
