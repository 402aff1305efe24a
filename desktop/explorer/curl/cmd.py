"""Reads commands for the command prompt of Windows (cmd.exe), such as browsers copy them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.explorer.curl.shell_words import Command, Input, Script

_CARETS = re.compile(
    r"\s*(?:\S*[/\\])?curl(?:\.exe)?(?:[ \t]+(?:\^\r?\n[ \t]*)*[^\s\"'^]+)*[ \t]+\^(?:\"|\r?\n)", re.IGNORECASE
)
_CONTINUED = re.compile(r"\^[ \t]*\r?\n")
_REMARKS = re.compile(r"\A(?:[ \t]*(?:@?rem\b|::).*\n?)+", re.IGNORECASE)
_VARIABLE = re.compile(r"%%|%([A-Za-z_]\w*)%")


@dataclass(frozen=True, slots=True)
class _Character:
    """One that cmd hands on; ``bare`` is whether it may mean something to cmd, ``caret`` whether a caret was there."""

    text: str
    bare: bool = False
    caret: bool = False


def is_cmd(text: str) -> bool:
    """Whether a command was written for cmd: carets quote in it, or end its lines."""
    text = _REMARKS.sub("", text)
    if _CARETS.match(text):
        return True
    return _CONTINUED.search(text) is not None and "\\\n" not in text and "'" not in text.partition("\n")[0]


def read(text: str) -> Script:
    """The commands in order."""
    warnings: list[str] = []

    def filled(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        warnings.append(f"The value of {found[0]} is not known here: “{{{{{found[1]}}}}}” takes its place.")
        return f"{{{{{found[1]}}}}}"

    text = _VARIABLE.sub(filled, _REMARKS.sub("", text.replace("\r\n", "\n")))
    return Script(tuple(_commands(list(_characters(text)))), tuple(warnings))


def _characters(text: str) -> Iterator[_Character]:
    """What is left behind cmd: a caret outside of quotes is gone, and what follows it stands for itself."""
    at, quoted = 0, False
    while at < len(text):
        one = text[at]
        if one == "^" and not quoted:
            at += 2 if text[at + 1 : at + 2] == "\n" else 1
            if at < len(text):
                yield _Character(text[at], caret=True)
        else:
            quoted = one != "\n" and quoted != (one == '"')
            yield _Character(one, bare=not quoted and one != '"')
        at += 1


def _commands(characters: list[_Character]) -> Iterator[Command]:
    rest: list[_Character] = []
    source: Command | None = None
    at = 0
    while at <= len(characters):
        one = characters[at] if at < len(characters) else _Character("\n", bare=True)
        at += 1
        duplicates = one.text == "&" and rest[-1:] == [_Character(">", bare=True)]  # as in 2>&1
        if duplicates or not (one.bare and one.text in "\n&|()"):
            rest.append(one)
            continue
        command = _command(rest, source)
        rest = []
        single = one.text == "|" and not (at < len(characters) and characters[at] == one)
        source = command if single else None
        if command.words:
            yield command


def _command(characters: list[_Character], source: Command | None) -> Command:
    command = Command(source=source)
    words = list(_words(characters))
    at = 0
    while at < len(words):
        word, redirects = words[at]
        at += 1
        if not redirects:
            command.words.append(word)
            continue
        sign, name = word.strip("0123456789"), ""
        if at < len(words):
            name = words[at][0]
            at += 1
        if sign == "<":
            command.input = Input(path=name)
    return command


def _words(characters: list[_Character]) -> Iterator[tuple[str, bool]]:
    """The arguments as a program of Windows finds them, each with whether it is a sign that redirects."""
    word: list[str] | None = None
    quoted = False
    at = 0
    while at < len(characters):
        one = characters[at]
        if one.bare and one.text in "<>":
            if word and not "".join(word).isdigit():
                yield "".join(word), False
            yield one.text, True
            word, at = None, at + 1
        elif one.text in " \t\n" and not quoted:
            if word is not None:
                yield "".join(word), False
            word, at = None, at + 1
        elif one.text in '"\\':
            text, toggles, at = _quotes(characters, at, quoted)
            word = [*(word or []), text]
            quoted = quoted != toggles
        else:
            word = [*(word or []), one.text]
            at += 1
    if word is not None:
        yield "".join(word), False


def _quotes(characters: list[_Character], at: int, quoted: bool) -> tuple[str, bool, int]:
    """Backslashes and the quote behind them: their text, whether quoting begins or ends, and what comes next.

    Behind a caret each stands doubled, as browsers write them, where a program would not undo that by itself.
    """
    end = at
    while end < len(characters) and characters[end].text == "\\":
        end += 1
    count = end - at
    if end == len(characters) or characters[end].text != '"':
        doubled = all(one.caret for one in characters[at:end])
        return "\\" * ((count + 1) // 2 if doubled else count), False, end
    slashes = "\\" * (count // 2)
    if count % 2:
        return f'{slashes}"', False, end + 1
    if quoted and end + 1 < len(characters) and characters[end + 1].text == '"':
        return f'{slashes}"', False, end + 2
    return slashes, True, end + 1
