"""Takes a text apart into words and operators as bash does (Bash Reference Manual, chapter 3.1)."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.explorer.curl.ansi import unescaped
from desktop.explorer.curl.expansion import Variables
from desktop.explorer.curl.shell_words import Input

_OPERATOR = re.compile(r"\d*(?:<<<|<<-|<<|<&|<>|<|>>|>&|>\||>)-?|&>>|&>|&&|\|\||\|&|;;|[|&;()\n]")
_BLANK = re.compile(r"(?:[ \t\r]|\\\r?\n)+")
_COMMENT = re.compile(r"#[^\n]*")
_PLAIN = re.compile(r"[^ \t\r\n'\"\\$`|&;()<>]+")
_HEREDOC_DELIMITER = re.compile(r"[ \t]*((?:'[^'\n]*'|\"[^\"\n]*\"|\\.|[^ \t\r\n'\"|&;()<>])+)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or an operator; ``input`` is what a here document says."""

    text: str
    is_operator: bool = False
    input: Input | None = None


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A here document whose lines come behind the next line break."""

    delimiter: str
    input: Input
    expands: bool
    without_tabs: bool


class Words:
    """The tokens of a text, one at a time: what a command sets is known to those behind it."""

    def __init__(self, text: str, variables: Variables) -> None:
        self._text, self._at = text, 0
        self._variables = variables
        self._waiting: list[_Waiting] = []

    def __iter__(self) -> Iterator[Token]:
        while self._skip() < len(self._text):
            operator = _OPERATOR.match(self._text, self._at)
            yield Token(self._word()) if operator is None else self._operator(operator)

    def _skip(self) -> int:
        """Go on behind blanks and comments."""
        while found := _BLANK.match(self._text, self._at) or _COMMENT.match(self._text, self._at):
            self._at = found.end()
        return self._at

    def _operator(self, found: re.Match[str]) -> Token:
        self._at = found.end()
        text = found[0].lstrip("0123456789")
        if text in ("<<", "<<-"):
            return Token("<<", True, self._heredoc(text))
        if text == "\n":
            for one in self._waiting:
                one.input.text = self._lines(one)
            self._waiting = []
        # What goes to or comes from another file descriptor is no matter of a request.
        return Token(">" if text.startswith("<") and found[0][0] in "123456789" else text, True)

    def _heredoc(self, operator: str) -> Input:
        found = _HEREDOC_DELIMITER.match(self._text, self._at)
        raw = found[1] if found is not None else ""
        self._at = found.end() if found is not None else self._at
        one = _Waiting(re.sub(r"['\"\\]", "", raw), Input(), not re.search(r"['\"\\]", raw), operator == "<<-")
        self._waiting.append(one)
        return one.input

    def _lines(self, waiting: _Waiting) -> str:
        lines: list[str] = []
        while self._at < len(self._text):
            end = self._text.find("\n", self._at) + 1 or len(self._text)
            line = self._text[self._at : end]
            self._at = end
            line = line.lstrip("\t") if waiting.without_tabs else line
            if line.rstrip("\r\n") == waiting.delimiter:
                break
            lines.append(line)
        text = "".join(lines)
        return self._variables.expanded(text, 0, "")[0] if waiting.expands else text

    def _word(self) -> str:
        pieces: list[str] = []
        if self._text.startswith("~/", self._at):
            pieces.append(os.path.expanduser("~"))
            self._at += 1
        while self._at < len(self._text) and (piece := self._piece()) is not None:
            pieces.append(piece)
        return "".join(pieces)

    def _piece(self) -> str | None:
        """The next piece of a word, or None where it ends."""
        text, at = self._text, self._at
        if found := _PLAIN.match(text, at):
            self._at = found.end()
            return found[0]
        if text[at] == "'":
            return self._quoted(at + 1, escapes=False)
        if text.startswith("$'", at):
            return unescaped(self._quoted(at + 2, escapes=True))
        if text.startswith('$"', at):
            at += 1
        if text[at] == '"':
            piece, end = self._variables.expanded(text, at + 1, '"')
            self._at = end + 1
            return piece
        if text[at] == "\\":
            return self._escaped()
        if text[at] in "$`":
            piece, self._at = self._variables.expand(text, at)
            return piece
        return None

    def _escaped(self) -> str:
        following = self._text[self._at + 1 : self._at + 3]
        if following == "\r\n" or following[:1] == "\n":
            self._at += 1 + len("\r\n" if following == "\r\n" else "\n")
            return ""
        self._at += 2
        return following[:1] or "\\"

    def _quoted(self, start: int, *, escapes: bool) -> str:
        end = start
        while end < len(self._text) and self._text[end] != "'":
            end += 2 if escapes and self._text[end] == "\\" else 1
        self._at = end + 1
        return self._text[start:end]
