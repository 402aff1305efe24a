"""The only entry: the window by default, the servers or a chat client without one, the self-test."""

import multiprocessing
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from servers.arguments import parse
from servers.overlay import overlay

if TYPE_CHECKING:
    import argparse


@dataclass(frozen=True, slots=True)
class Directories:
    """Where a run keeps its settings and its data."""

    config: Path
    data: Path


def main(arguments: list[str] | None = None) -> int:
    """Run Portside and return its exit code."""
    options = parse(arguments)
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


def _serve(options: "argparse.Namespace", directories: Directories) -> int:
    import asyncio

    from desktop.settings import SettingsFile
    from servers.headless import serve
    from servers.recorder import Recorder
    from servers.workbench import Workbench

    async def run() -> int:
        settings = overlay(SettingsFile(directories.config).workbench(), options)
        workbench = Workbench(settings, directories.data, Recorder())
        return await serve(workbench, options.served.names, options.served.file)

    return asyncio.run(run())


def _chat(options: "argparse.Namespace", data_dir: Path) -> int:
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


def _open_window(options: "argparse.Namespace", directories: Directories) -> int:
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
    settings = overlay(settings_file.workbench(), options)
    return run(settings_file, settings, directories.data, start=options.start)


def _directories(options: "argparse.Namespace") -> Directories:
    from platformdirs import PlatformDirs

    places = PlatformDirs("portside", appauthor=False)
    return Directories(options.config_dir or places.user_config_path, options.data_dir or places.user_data_path)


if __name__ == "__main__":
    multiprocessing.freeze_support()  # the packaged program is its own child where a long search runs
    sys.exit(main())
