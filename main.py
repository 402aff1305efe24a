"""The only entry: the window by default, the servers or a chat client without one, the self-test."""

import argparse
import multiprocessing
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from servers import VERSION
from servers.settings import Mode

if TYPE_CHECKING:
    from desktop.settings import SettingsFile
    from servers.settings import Listen
    from servers.workbench import WorkbenchSettings

L = TypeVar("L", bound="Listen")

SERVER_NAMES = ("http", "rest", "ws")


@dataclass(frozen=True, slots=True)
class Directories:
    """Where a run keeps its settings and its data."""

    config: Path
    data: Path


def main(arguments: list[str] | None = None) -> int:
    """Run Portside and return its exit code."""
    options = _parser().parse_args(arguments)
    directories = _directories(options)
    if options.command == "serve":
        return _serve(options, directories)
    if options.command == "chat":
        return _chat(options, directories.data)
    if options.command == "authority":
        return _authority(options.file, directories.data)
    os.environ.setdefault("QT_API", "pyside6")
    if options.self_test:
        from desktop.self_test import run_self_test

        return run_self_test()
    return _open_window(options, directories)


def _serve(options: argparse.Namespace, directories: Directories) -> int:
    import asyncio

    from desktop.settings import SettingsFile
    from servers.headless import serve
    from servers.recorder import Recorder
    from servers.workbench import Workbench

    async def run() -> int:
        settings = _settings(options, SettingsFile(directories.config))
        return await serve(Workbench(settings, directories.data, Recorder()), *_servers_and_file(options.what))

    return asyncio.run(run())


def _chat(options: argparse.Namespace, data_dir: Path) -> int:
    from desktop.chat.target import Target
    from desktop.chat.terminal.client import chat
    from servers.tls import certificate_path

    return chat(Target(options.url, options.name), data_dir, certificate_path(data_dir.absolute()))


def _authority(file: Path | None, data_dir: Path) -> int:
    import asyncio

    from servers.disk import write_atomically
    from servers.tls import explanation, local_authority

    authority = local_authority(data_dir.absolute())
    try:
        certificate = asyncio.run(authority.certificate())
        if file is None:
            print(certificate.pem, end="", flush=True)
        elif file.exists():
            raise FileExistsError(f"{file} is there already. Give another name.")
        else:
            write_atomically(file, certificate.pem.encode())
    except OSError as error:
        print(f"The certificate was not written: {error.strerror or error}", file=sys.stderr)
        return 1
    words = authority.notice, explanation((file or authority.path).absolute())
    print(*filter(None, words), f"SHA-256 fingerprint: {certificate.fingerprint}", sep="\n", file=sys.stderr)
    return 0


def _open_window(options: argparse.Namespace, directories: Directories) -> int:
    from desktop.display import display_fault

    if fault := display_fault():
        print(
            f"Portside cannot open its window because {fault}: run it from a desktop session, "
            "or run the servers without a window with `make serve`.",
            file=sys.stderr,
        )
        return 1
    from desktop.app import run
    from desktop.settings import SettingsFile

    settings_file = SettingsFile(directories.config)
    settings = _settings(options, settings_file)
    return run(settings_file, settings, directories.data, start=options.start)


def _settings(options: argparse.Namespace, file: "SettingsFile") -> "WorkbenchSettings":
    """The stored settings with the options of this run laid over them."""
    stored = file.workbench()
    ws = _listening(stored.ws, options, options.ws_port)
    return replace(
        stored,
        http=_listening(stored.http, options, options.http_port),
        rest=_listening(stored.rest, options, options.rest_port),
        ws=replace(ws, mode=Mode(options.ws_mode)) if options.ws_mode else ws,
    )


def _listening(settings: L, options: argparse.Namespace, port: int | None) -> L:
    return replace(
        settings,
        host=options.host or settings.host,
        port=settings.port if port is None else port,
        tls=settings.tls if options.tls is None else options.tls,
    )


def _directories(options: argparse.Namespace) -> Directories:
    from platformdirs import PlatformDirs

    places = PlatformDirs("portside", appauthor=False)
    return Directories(options.config_dir or places.user_config_path, options.data_dir or places.user_data_path)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="portside", description="A desktop workbench for HTTP, REST and WebSockets.", parents=[_common()]
    )
    parser.add_argument("--version", action="version", version=f"Portside {VERSION}")
    parser.add_argument("--start", action="store_true", help="open the window with all three servers started")
    parser.add_argument("--self-test", action="store_true", help="try all servers and clients once, and exit 0 or 1")
    commands = parser.add_subparsers(dest="command", metavar="serve|chat|authority")
    serve = commands.add_parser(
        "serve", help="run servers without a window", parents=[_common(default=argparse.SUPPRESS)]
    )
    serve.add_argument(
        "what",
        nargs="*",
        metavar="http|rest|ws|FILE",
        help="which servers (default: all), and data for REST",
        type=_served,
    )
    chat = commands.add_parser(
        "chat", help="talk to a WebSocket server in the terminal", parents=[_folders(argparse.SUPPRESS)]
    )
    chat.add_argument("url", metavar="URL", help="a ws:// or wss:// URL, such as ws://localhost:8002")
    chat.add_argument("--name", default="", metavar="N", help="what you are called in Portside's chat")
    authority = commands.add_parser(
        "authority",
        help="print the certificate that clients of https:// and wss:// need",
        parents=[_folders(argparse.SUPPRESS)],
    )
    authority.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a new file for it (default: print it)")
    return parser


def _common(default: str | None = None) -> argparse.ArgumentParser:
    """The options that stand before and after the command; there they must not undo what stood before it."""
    common = argparse.ArgumentParser(add_help=False, argument_default=default, parents=[_folders(default)])
    for name in SERVER_NAMES:
        common.add_argument(f"--{name}-port", type=_port, metavar="N", help=f"port of the {name} server, 0 for any")
    common.add_argument(
        "--ws-mode", choices=[mode.value for mode in Mode], help="what the WebSocket server does with a message"
    )
    common.add_argument("--host", metavar="H", help="address to listen on (default: this computer only)")
    common.add_argument(
        "--tls", action=argparse.BooleanOptionalAction, help="speak https and wss, under a certificate of your own"
    )
    return common


def _folders(default: str | None) -> argparse.ArgumentParser:
    folders = argparse.ArgumentParser(add_help=False, argument_default=default)
    folders.add_argument("--config-dir", type=Path, metavar="DIR", help="where the settings are")
    folders.add_argument("--data-dir", type=Path, metavar="DIR", help="where the data is")
    return folders


def _served(text: str) -> str | Path:
    if text in SERVER_NAMES:
        return text
    if "." in text or Path(text).exists():
        return Path(text)
    names = ", ".join(SERVER_NAMES)
    raise argparse.ArgumentTypeError(f"“{text}” is neither a server ({names}) nor a JSON or CSV file")


def _servers_and_file(what: list[str | Path]) -> tuple[list[str], Path | None]:
    """The servers to run, and the last data file; a file alone asks for the REST server."""
    names = [one for one in what if isinstance(one, str)]
    files = [one for one in what if isinstance(one, Path)]
    if files:
        return list(dict.fromkeys([*names, "rest"])), files[-1]
    return names or list(SERVER_NAMES), None


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"“{text}” is not a port: give a number from 0 to 65535")
    return int(text)


if __name__ == "__main__":
    multiprocessing.freeze_support()  # the packaged program is its own child where a long search runs
    sys.exit(main())
