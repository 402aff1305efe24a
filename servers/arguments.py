"""The command line: what may be said there."""

import argparse
import os
from pathlib import Path
from typing import Any, NamedTuple

from servers import VERSION
from servers.argument_values import (
    PASSWORD_VARIABLE,
    SERVER_NAMES,
    one_of,
    password_of,
    port,
    server_or_path,
    size,
    user,
)
from servers.settings import Caching, Cors, Mode

_SITE_SWITCHES = {
    "listing": "list what is in folders without an index.html",
    "spa": "answer paths that no file has with the site's index.html, for single-page apps",
    "live-reload": "load pages again when a file of the site changes",
    "compression": "send texts compressed to clients that take it",
    "uploads": "let clients add files",
}
_SWITCH: dict[str, Any] = {"action": argparse.BooleanOptionalAction}


class Served(NamedTuple):
    """What `serve` is to serve: the names of the servers, a data file for REST, a folder for HTTP."""

    names: list[str]
    file: Path | None
    folder: Path | None


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """The options, and in ``served`` what is to be served; None where an option was not given.

    Asks for the password where the user of this run needs one and the environment has none. Raises SystemExit, with a
    sentence on stderr, for what cannot be.
    """
    parser = _parser()
    options, others = parser.parse_known_args(arguments)
    options.password = None
    try:
        options.served = served([*options.what, *_between(options, others)])
        if options.user is not None and options.command in (None, "serve"):
            options.password = options.user and password_of(options.user)
    except (ValueError, argparse.ArgumentTypeError) as error:
        parser.error(str(error))
    return options


def _between(options: argparse.Namespace, others: list[str]) -> list[str | Path]:
    """What is to be served and stands after an option, where argparse does not look for more of it.

    Raises ValueError where some of it is something else.
    """
    if others and (options.command != "serve" or any(text.startswith("-") for text in others)):
        raise ValueError(f"Not understood: {' '.join(others)}.")
    return [server_or_path(text) for text in others]


def served(what: list[str | Path]) -> Served:
    """The servers to run, the last data file, the folder; a file asks for the REST server, a folder for HTTP.

    Raises ValueError for two folders.
    """
    names = [one for one in what if isinstance(one, str)]
    paths = [one for one in what if isinstance(one, Path)]
    folders = [path for path in paths if os.path.isdir(path)]
    files = [path for path in paths if path not in folders]
    if len(folders) > 1:
        raise ValueError("Only one folder can be served at a time.")
    asked_for = [*names, *(["http"] if folders else []), *(["rest"] if files else [])]
    return Served(
        list(dict.fromkeys(asked_for)) or list(SERVER_NAMES),
        files[-1] if files else None,
        folders[0].resolve() if folders else None,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="portside",
        usage="portside [OPTION ...] [serve|chat|authority ...]",
        description="A desktop workbench for HTTP, REST and WebSockets.",
        parents=[_common()],
    )
    parser.set_defaults(what=[])
    parser.add_argument("--version", action="version", version=f"Portside {VERSION}")
    parser.add_argument("--start", action="store_true", help="open the window with all three servers started")
    parser.add_argument("--self-test", action="store_true", help="try all servers and clients once, and exit 0 or 1")
    commands = parser.add_subparsers(prog="portside", dest="command", metavar="serve|chat|authority")
    serve = commands.add_parser(
        "serve",
        help="run servers without a window",
        usage="portside serve [http] [rest] [ws] [FOLDER] [FILE] [OPTION ...]",
        parents=[_common(default=argparse.SUPPRESS)],
    )
    serve.add_argument(
        "what",
        nargs="*",
        metavar="http|rest|ws|FOLDER|FILE",
        help="which servers (default: all), a folder for HTTP, and data for REST",
        type=server_or_path,
    )
    _add_chat_and_authority(commands)
    return parser


def _add_chat_and_authority(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
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


def _common(default: str | None = None) -> argparse.ArgumentParser:
    """The options that stand before and after the command; there they must not undo what stood before it."""
    common = argparse.ArgumentParser(add_help=False, argument_default=default)
    listening = common.add_argument_group("where the servers listen")
    for name in SERVER_NAMES:
        listening.add_argument(f"--{name}-port", type=port, metavar="N", help=f"port of the {name} server, 0 for any")
    listening.add_argument("--host", metavar="H", help="address to listen on (default: this computer only)")
    listening.add_argument("--tls", **_SWITCH, help="speak https and wss, under a certificate of your own")
    _add_site(common.add_argument_group("what the HTTP server does with the folder"))
    others = common.add_argument_group("what the other servers do")
    others.add_argument("--rest-cors", **one_of(Cors), help="whose pages may use the REST service")
    others.add_argument("--ws-mode", **one_of(Mode), help="what the WebSocket server does with a message")
    _add_folders(common)
    return common


def _add_site(site: "argparse._ArgumentGroup") -> None:
    for name, what in _SITE_SWITCHES.items():
        site.add_argument(f"--{name}", **_SWITCH, help=what)
    site.add_argument(
        "--max-upload", type=size, metavar="SIZE", help="the most that one upload may have, in bytes, or 10M, 2G"
    )
    site.add_argument("--cache", **one_of(Caching), help="how long browsers may keep files")
    site.add_argument(
        "--cors", **one_of(Cors), help="whose pages may read what is served: nobody's, this computer's, anybody's"
    )
    site.add_argument(
        "--user",
        type=user,
        metavar="NAME",
        help=f"who may use the HTTP server, with the password in the environment variable {PASSWORD_VARIABLE} or asked "
        "for; '' for everybody",
    )


def _folders(default: str) -> argparse.ArgumentParser:
    folders = argparse.ArgumentParser(add_help=False, argument_default=default)
    _add_folders(folders)
    return folders


def _add_folders(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("where Portside keeps its own")
    group.add_argument("--config-dir", type=Path, metavar="DIR", help="where the settings are")
    group.add_argument("--data-dir", type=Path, metavar="DIR", help="where the data is")
