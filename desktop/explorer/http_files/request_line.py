"""The line that says what is requested of whom: ``[METHOD ]target[ HTTP/1.1]``, the target perhaps over several."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from desktop.explorer.model.request import METHODS

CONTINUED = re.compile(r"[ \t]+\S|[?&]")
"""How a line begins that carries the target on."""

_METHOD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|\{\{[^{}]*\}\}")
_VERSION = re.compile(r"[ \t]HTTP/([0-9][0-9.]*)\Z")
_TARGET = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|/|\{\{")
_FIRST = re.compile(r"(\s*)(\S+)(\s+)(?=\S)")


class RequestLine(NamedTuple):
    """``word`` is whether the method is written; without one it is GET."""

    method: str
    target: str
    version: str
    word: bool


def read(lines: Sequence[str]) -> RequestLine:
    """What the lines say. A word in capitals is a method, another one only in front of what looks like a target."""
    line = "".join(one.strip() for one in lines)
    version = ""
    if "HTTP/" in line and (found := _VERSION.search(line)) is not None:
        line, version = line[: found.start()].rstrip(), found[1]
    word, *rest = line.split(None, 1)
    target = rest[0] if rest else ""
    if _METHOD.fullmatch(word) is None:
        return RequestLine("GET", line, version, False)
    if (word.isupper() and word[0] != "{") or (target and word.upper() in METHODS):
        return RequestLine(word.upper(), target, version, True)
    if _TARGET.match(target):
        return RequestLine(word, target, version, True)
    return RequestLine("GET", line, version, False)


def changed(lines: Sequence[str], method: str, target: str) -> list[str]:
    """The lines with another method, or on one line with another target; nothing else changes."""
    old = read(lines)
    first = lines[0].lstrip()
    indent = lines[0][: len(lines[0]) - len(first)]
    if target == old.target:
        rest = first[len(old.method) :] if old.word else f" {first}"
        return [f"{indent}{method}{rest}", *lines[1:]]
    gap = found[3] if old.word and (found := _FIRST.match(lines[0])) is not None else " "
    version = f" HTTP/{old.version}" if old.version else ""
    bare = f"{indent}{target}{version}"
    if not old.word and target and read([bare]) == (method, target, old.version, False):
        return [bare]
    return [f"{indent}{method}{gap if target else ''}{target}{version}"]
