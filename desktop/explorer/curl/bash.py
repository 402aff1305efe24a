"""Reads the commands of a bash script, as far as requests need them."""

import re
from collections.abc import Iterator

from desktop.explorer.curl.bash_words import Token, Words
from desktop.explorer.curl.expansion import Variables
from desktop.explorer.curl.shell_words import Command, Input, Script

_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=", re.ASCII)
_KEYWORDS = ("$", "!", "{", "}", "if", "then", "elif", "else", "fi", "while", "until", "do", "done")
_IN_FRONT = frozenset((*_KEYWORDS, "sudo", "time", "exec", "command", "env", "nohup"))
"""Words that may stand in front of a command and say nothing of a request."""

_SETTERS = frozenset(("export", "declare", "local", "readonly", "typeset"))
_PROMPT = re.compile(r"^[ \t]*[$%][ \t]+(?=curl)", re.MULTILINE)
_DEEPEST = 5


def read(text: str, depth: int = 0) -> Script:
    """The commands of a script in order; those inside ``$(…)`` come first."""
    variables = Variables()
    commands = tuple(_Reader(Words(_PROMPT.sub("", text), variables), variables).commands())
    inner = [read(one, depth + 1) for one in variables.inside] if depth < _DEEPEST else []
    found = [command for script in inner for command in script.commands if is_curl(command)]
    told = [warning for script in inner if any(map(is_curl, script.commands)) for warning in script.warnings]
    return Script((*found, *commands), (*told, *variables.warnings))


def is_curl(command: Command) -> bool:
    """Whether it is curl that runs."""
    name = re.split(r"[/\\]", command.words[0])[-1].lower() if command.words else ""
    return name in ("curl", "curl.exe")


class _Reader:
    """Puts tokens together."""

    def __init__(self, words: Words, variables: Variables) -> None:
        self._tokens = iter(words)
        self._variables = variables

    def commands(self) -> Iterator[Command]:
        command = Command()
        for token in self._tokens:
            if not token.is_operator:
                self._add(command, token.text)
            elif "<" in token.text or ">" in token.text:
                self._redirect(command, token)
            else:
                yield from self._finished(command)
                command = Command(source=command if token.text in ("|", "|&") else None)
        yield from self._finished(command)

    def _add(self, command: Command, word: str) -> None:
        if command.words or not (word in _IN_FRONT or _ASSIGNMENT.match(word)):
            command.words.append(word)
        elif "=" in word:
            self._set(word)

    def _set(self, word: str) -> None:
        name, _, value = word.partition("=")
        if "$(" not in value and "`" not in value:
            self._variables.values[name] = value

    def _redirect(self, command: Command, token: Token) -> None:
        if token.text == "<<":
            command.input = token.input
            return
        word = next(self._tokens, Token(""))
        if token.text == "<<<":
            command.input = Input(f"{word.text}\n")
        elif token.text == "<":
            command.input = Input(path=word.text)

    def _finished(self, command: Command) -> Iterator[Command]:
        if command.words and command.words[0] in _SETTERS:
            for word in filter(_ASSIGNMENT.match, command.words[1:]):
                self._set(word)
        elif command.words:
            yield command
