"""Variables of a shell: those that the text itself sets are known, others become variables of a request."""

import re
from dataclasses import dataclass, field

_DOLLAR = re.compile(
    r"\$(?:(?P<name>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)(?::?[-=](?P<default>[^{}]*))?\}|(?P<special>[0-9@*#?!-]|\$))"
)
_NESTING = re.compile(r"'[^']*'|\"(?:\\.|[^\"\\])*\"|\\.|[()]", re.DOTALL)
_TICKS = re.compile(r"`((?:\\.|[^`\\])*)`", re.DOTALL)
_LONGEST_SHOWN = 60


@dataclass(slots=True)
class Variables:
    """``values`` are those that are known, ``inside`` the commands whose output would be a part of a word."""

    values: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)

    def expand(self, text: str, at: int) -> tuple[str, int]:
        """What the dollar sign or backtick at ``at`` stands for, and where the text goes on."""
        ticks = _TICKS.match(text, at)
        if ticks is not None or text.startswith("$(", at):
            end = ticks.end() if ticks is not None else _end_of(text, at + 1)
            return self._substitution(text[at:end]), end
        found = _DOLLAR.match(text, at)
        if found is None:
            return text[at], at + 1
        return self._value(found), found.end()

    def expanded(self, text: str, at: int, quote: str) -> tuple[str, int]:
        """The text from ``at`` to the quote (to the end without one) as in double quotes, and where that is."""
        special = f"{quote}\\$`"
        plain = re.compile(f"[^{re.escape(special)}]+")
        pieces: list[str] = []
        while at < len(text) and not (quote and text[at] == quote):
            if found := plain.match(text, at):
                piece, at = found[0], found.end()
            elif text[at] == "\\":
                piece, at = _unescaped(text[at : at + 2], special), at + 2
            else:
                piece, at = self.expand(text, at)
            pieces.append(piece)
        return "".join(pieces), at

    def _value(self, found: re.Match[str]) -> str:
        name = found["name"] or found["braced"]
        if not name:
            self.warnings.append(f"“{found[0]}” has a value in a script only; it stands as typed.")
            return found[0]
        default: str | None = found["default"]
        value = self.values.get(name, default)
        if value is None:
            self.warnings.append(f"The value of ${name} is not known here: “{{{{{name}}}}}” takes its place.")
            return f"{{{{{name}}}}}"
        return value

    def _substitution(self, text: str) -> str:
        if text.startswith("$(("):
            self.warnings.append(f"“{_shown(text)}” is not computed; it stands as typed.")
            return text
        self.inside.append(text[2:-1] if text.startswith("$(") else text[1:-1])
        self.warnings.append(f"“{_shown(text)}” is what another command gives; it stands as typed.")
        return text


def _unescaped(pair: str, special: str) -> str:
    if pair == "\\\n":
        return ""
    return pair[1:] if pair[1:] and pair[1:] in special else pair


def _end_of(text: str, at: int) -> int:
    """Behind the parenthesis that closes the one at ``at``."""
    depth = 0
    for found in _NESTING.finditer(text, at):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return len(text)


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
