"""Reads what the options of the command line are given; what cannot be is a sentence that argparse shows."""

import enum
import os
import re
import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any, TypeVar

E = TypeVar("E", bound=enum.Enum)

SERVER_NAMES = ("http", "rest", "ws")
PASSWORD_VARIABLE = "PORTSIDE_HTTP_PASSWORD"  # noqa: S105 - the name of it

_DATA_FILES = {".json", ".csv", ".tsv"}
_SIZE = re.compile(r"([0-9]{1,15}) ?([KMGT]?)(?:I?B)?", re.IGNORECASE)
_UNITS = ("", "K", "M", "G", "T")
_LARGEST = 2**63 - 1


def server_or_path(text: str) -> str | Path:
    """The name of a server, or the path of a folder or a data file; the REST server says why a file cannot be read."""
    path = Path(text)
    if text in SERVER_NAMES:
        return text
    if text and (os.path.exists(path) or path.suffix.lower() in _DATA_FILES):
        return path
    names = ", ".join(SERVER_NAMES)
    raise ArgumentTypeError(
        f"“{text}” is neither a server ({names}) nor a JSON or CSV file, and there is no such folder"
    )


def port(text: str) -> int:
    """A port; 0 is any that is free."""
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise ArgumentTypeError(f"“{text}” is not a port: give a number from 0 to 65535")
    return int(text)


def size(text: str) -> int:
    """Bytes, as a number or in KiB, MiB, GiB or TiB."""
    match = _SIZE.fullmatch(text.strip())
    number = int(match[1]) * 1024 ** _UNITS.index(match[2].upper()) if match else 0
    if not 0 < number <= _LARGEST:
        raise ArgumentTypeError(f"“{text}” is not a size: give bytes, or a number with K, M, G or T, such as 10M")
    return number


def user(text: str) -> str:
    """A user name for Basic authentication; empty for none."""
    from servers.http.access import user_fault

    if fault := user_fault(text):
        raise ArgumentTypeError(fault.removesuffix("."))
    return text


def one_of(kind: type[E]) -> dict[str, Any]:
    """The arguments of an option that takes one of these words."""
    words = [one.value for one in kind]

    def read(text: str) -> E:
        try:
            return kind(text)
        except ValueError:
            raise ArgumentTypeError(f"“{text}” is none of {', '.join(words)}") from None

    return {"type": read, "metavar": "|".join(words)}


def password_of(name: str) -> str:
    """The password of a user, from the environment or, at a terminal, asked for. Raises ValueError without one."""
    password = os.environ.get(PASSWORD_VARIABLE)
    if password is None and sys.stdin is not None and sys.stdin.isatty():
        password = _ask_for_password(name)
    if not password:
        raise ValueError(f"The user “{name}” needs a password: set {PASSWORD_VARIABLE} in the environment.")
    return password


def _ask_for_password(name: str) -> str | None:
    from getpass import getpass

    from servers.logs import visible

    try:
        return getpass(f"Password for “{visible(name)}”: ")
    except (EOFError, KeyboardInterrupt):
        sys.stderr.write("\n")
        return None
