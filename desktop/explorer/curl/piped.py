"""What a command reads: its redirected input, or what a simple command in front of the pipe prints."""

import re
from itertools import chain, repeat

from desktop.explorer.curl.ansi import unescaped
from desktop.explorer.curl.shell_words import Command, Input

_CONVERSION = re.compile(r"%(%|s|b|d)")
_ECHO_OPTION = re.compile(r"-[neE]+")


def input_of(command: Command) -> Input | None:
    """None where the command reads what nobody knows."""
    if command.input is not None or command.source is None:
        return command.input
    words = command.source.words
    if not words:
        return None
    if words[0] == "echo":
        return _echo(words[1:])
    if words[0] == "printf" and (form := words[2:] if words[1:2] == ["--"] else words[1:]):
        return Input(_printed(form[0], form[1:]))
    if words[0] == "cat" and len(words) == 1:
        return input_of(command.source)
    return Input(path=words[1]) if words[0] == "cat" and len(words) == 2 and words[1] != "-" else None


def _echo(words: list[str]) -> Input:
    options = ""
    while words and _ECHO_OPTION.fullmatch(words[0]):
        options, words = options + words[0], words[1:]
    text = " ".join(words)
    text = unescaped(text) if "e" in options else text
    return Input(text if "n" in options else f"{text}\n")


def _printed(form: str, arguments: list[str]) -> str:
    """What printf prints: the format is used again while arguments are left."""
    form = unescaped(form)
    conversions = sum(found[1] != "%" for found in _CONVERSION.finditer(form))
    times = max(1, -(-len(arguments) // conversions)) if conversions else 1
    values = chain(arguments, repeat(""))

    def converted(found: re.Match[str]) -> str:
        if found[1] == "%":
            return "%"
        value = next(values)
        return unescaped(value) if found[1] == "b" else value

    return "".join(_CONVERSION.sub(converted, form) for _ in range(times))
