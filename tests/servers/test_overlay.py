"""The options of the command line, laid over what is stored."""

import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.settings import SettingsFile
from servers.argument_values import PASSWORD_VARIABLE
from servers.arguments import parse
from servers.overlay import overlay
from servers.settings import Caching, Cors, HttpSettings, Mode
from servers.workbench import WorkbenchSettings


@pytest.fixture(autouse=True)
def no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "stdin", None)


def settings(folder: Path, *arguments: str) -> WorkbenchSettings:
    return overlay(SettingsFile(folder).workbench(), parse(list(arguments)))


def test_options_are_laid_over_what_is_stored(tmp_path: Path) -> None:
    SettingsFile(tmp_path).set("rest", "port", 5050)
    seen = settings(tmp_path, "--http-port", "0", "--ws-mode", "echo")
    assert (seen.http.port, seen.rest.port, seen.ws.port, seen.ws.mode) == (0, 5050, 8002, Mode.ECHO)
    assert settings(tmp_path).ws.mode is Mode.BROADCAST_REPLY


@pytest.mark.parametrize(
    "arguments",
    [("--ws-port", "9", "serve", "ws"), ("serve", "ws", "--ws-port", "9"), ("serve", "--ws-port", "9", "ws", "http")],
)
def test_options_stand_before_or_after_the_command(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert settings(tmp_path, *arguments).ws.port == 9


@pytest.mark.parametrize("arguments", [("--tls",), ("--tls", "serve"), ("serve", "ws", "--tls")])
def test_tls_is_for_all_servers_of_the_run(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    seen = settings(tmp_path, *arguments)
    assert (seen.http.tls, seen.rest.tls, seen.ws.tls) == (True, True, True)
    SettingsFile(tmp_path).set("rest", "tls", True)
    stored = settings(tmp_path, "serve")
    assert (stored.http.tls, stored.rest.tls, stored.ws.tls) == (False, True, False)
    assert not settings(tmp_path, "serve", "--no-tls").rest.tls


def test_the_folder_is_absolute_and_for_this_run_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    SettingsFile(tmp_path).set("http", "root", "stored")
    assert settings(tmp_path, "serve", ".").http.root == tmp_path
    assert settings(tmp_path, "serve").http.root == tmp_path / "stored"
    assert settings(tmp_path / "none", "serve").http.root is None


@pytest.mark.parametrize(
    ("arguments", "changes"),
    [
        (["--no-listing"], {"listing": False}),
        (["--spa"], {"spa": True}),
        (["--live-reload"], {"live_reload": True}),
        (["--no-compression"], {"compression": False}),
        (["--uploads", "--max-upload", "10M"], {"uploads": True, "max_upload": 10 * 1024**2}),
        (["--cache", "hour"], {"cache": Caching.HOUR}),
        (["--cors", "local"], {"cors": Cors.LOCAL}),
        (["--rest-cors", "any"], {}),
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_what_the_site_tab_has_is_an_option(
    tmp_path: Path, arguments: list[str], changes: dict[str, Any], place: int
) -> None:
    line = [*arguments, "serve", "http"] if place == 0 else ["serve", "http", *arguments]
    assert settings(tmp_path, *line).http == HttpSettings(**changes)
    assert settings(tmp_path, *arguments).http == HttpSettings(**changes)


def test_switches_that_are_stored_can_be_switched_off(tmp_path: Path) -> None:
    stored = SettingsFile(tmp_path)
    for key in ("spa", "live_reload", "uploads"):
        stored.set("http", key, True)
    stored.set("http", "cors", "any")
    stored.set("rest", "cors", "any")
    stored.set("http", "max_upload", 5 * 1024**3)
    seen = settings(tmp_path, "serve", "--no-spa", "--no-uploads", "--cors", "off", "--rest-cors", "local")
    assert seen.http == HttpSettings(live_reload=True, max_upload=5 * 1024**3)
    assert seen.rest.cors is Cors.LOCAL
    assert settings(tmp_path).http.cors is settings(tmp_path).rest.cors is Cors.ANY


def test_the_password_is_that_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "pä:ss wörd")
    seen = settings(tmp_path, "serve", "--user", "joe").http
    assert (seen.user, seen.password) == ("joe", "pä:ss wörd")
    assert (settings(tmp_path, "serve").http.user, settings(tmp_path, "serve").http.password) == ("", "")
    assert "wörd" not in repr(seen)


def test_an_empty_user_switches_the_password_off(tmp_path: Path) -> None:
    stored = SettingsFile(tmp_path)
    stored.set("http", "user", "ann")
    stored.set("http", "password", "secret")
    assert settings(tmp_path, "serve").http.password == "secret"
    assert settings(tmp_path, "serve", "--user", "").http == HttpSettings()
