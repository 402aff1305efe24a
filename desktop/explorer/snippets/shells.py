"""Quotes words for the shells that curl is typed in."""

import re

_PLAIN = re.compile(r"[A-Za-z0-9@%+=:,./_-]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_ANSI = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CMD_PLAIN = re.compile(r"[A-Za-z0-9@+=:,./_-]+")
_CMD_SAFE = re.compile(r"[^A-Za-z0-9\s_\-:=+~'/.,?;*`@#\\\x80-\U0010ffff]")
_BACKSLASHES = re.compile(r'(\\*)("|\Z)')
_PRINTF = {ord(one): one for one in map(chr, range(32, 127))} | {
    ord("%"): "%%",
    ord("\\"): "\\\\",
    ord("'"): "'\\''",
    ord("\n"): "\\n",
}


def bash_word(text: str) -> str:
    """The text as one word of bash (chapter 3.1.2 of its manual), with no control character but line breaks in it."""
    if _CONTROL.search(text):
        inner = "".join(_ANSI.get(one, f"\\{ord(one):03o}" if _CONTROL.match(one) else one) for one in text)
        return f"$'{inner}'"
    if _PLAIN.fullmatch(text):
        return text
    return "'" + text.replace("'", "'\\''") + "'"


def printf_words(data: bytes) -> str:
    """The words that make printf print these bytes."""
    return (
        f"printf {'-- ' if data.startswith(b'-') else ''}'"
        + "".join(_PRINTF.get(one) or f"\\{one:03o}" for one in data)
        + "'"
    )


def cmd_word(text: str) -> str:
    """The text as one argument for a program that is started from cmd.exe; of line breaks, LF only.

    The program undoes the backslashes and quotes, cmd before that the carets. A percent sign never has a letter right
    behind it, so that no variable is meant.
    """
    if _CMD_PLAIN.fullmatch(text):
        return text
    argument = _BACKSLASHES.sub(_doubled, text)
    careted = _CMD_SAFE.sub(r"^\g<0>", argument)
    careted = re.sub(r"%(?=[A-Za-z0-9_])", "%^", careted)
    return '^"' + careted.replace("\n", "^\n\n") + '^"'


def _doubled(found: re.Match[str]) -> str:
    """Backslashes before a quote mean themselves when doubled."""
    return found[1] * 2 + ('\\"' if found[2] else "")
