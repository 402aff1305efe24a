"""What files, folders and requests may be called, on any system that a collection is shared with."""

import re
from collections.abc import Callable
from pathlib import Path

from desktop.explorer.workspace.files import FOLDER_FILE, SUFFIXES

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(?:\..*)?", re.IGNORECASE)
_DIGITS = re.compile(r"(\d+)")
_LONGEST = 255
"""Bytes that a name may have on the usual file systems."""


class Refused(Exception):
    """Why something cannot be done to a collection, as a sentence for the user; nothing has been changed."""


def checked_name(name: str) -> str:
    """A name for a file or folder, without the blanks around it. Raises Refused."""
    name = name.strip()
    bad = _FORBIDDEN.search(name)
    if not name:
        raise Refused("A name is needed.")
    if bad is not None:
        shown = f"“{bad[0]}”" if bad[0].isprintable() else "control characters"
        raise Refused(f"A name cannot contain {shown}.")
    if name.startswith("."):
        raise Refused("A name cannot begin with a dot: it would be hidden.")
    if name.endswith(".") or _DEVICES.fullmatch(name):
        raise Refused(f"“{name}” cannot be a name: Windows would not take it.")
    if len(name.encode("utf-8", "surrogateescape")) > _LONGEST:
        raise Refused("The name is too long.")
    return name


def checked_file_name(name: str, suffix: str = SUFFIXES[0]) -> str:
    """A name for a file of requests, with ``suffix`` where it has none. Raises Refused."""
    name = checked_name(name)
    if not name.lower().endswith(SUFFIXES):
        name = checked_name(name + suffix)
    if name.lower() == FOLDER_FILE:
        raise Refused(f"“{FOLDER_FILE}” is the name of the file that speaks for its folder.")
    return name


def free_name(wanted: str, is_taken: Callable[[str], bool]) -> str:
    """``wanted``, or with the first number from 2 behind its stem that makes it free."""
    stem, suffix = split(wanted)
    name, number = wanted, 1
    while is_taken(name):
        number += 1
        name = f"{stem} {number}{suffix}"
    return name


def split(name: str) -> tuple[str, str]:
    """A name as its stem and, for a file of requests, the suffix."""
    suffix = Path(name).suffix
    return (name[: -len(suffix)], suffix) if suffix.lower() in SUFFIXES else (name, "")


def natural(name: str) -> tuple[list[str | int], str]:
    """The key by which names are sorted: without regard to case, and 9 before 10."""
    return [int(one) if one.isdecimal() else one for one in _DIGITS.split(name.casefold())], name
