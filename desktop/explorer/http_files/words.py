"""The words of a tag's value; one that holds spaces stands in quotes, escaped as in JSON (RFC 8259, section 7)."""

import json
import re

_WORD = re.compile(r'"(?:[^"\\]|\\.)*"(?!\S)|(?:\{\{[^{}]*\}\}|\S)+')
_BARE = re.compile(r'(?!=)(?:\{\{[^{}\r\n]*\}\}|[^\s{}"])+')
_RAW = re.compile(r'(?![="\s])[^\r\n]*(?<!\s)')


def split(text: str, most: int = -1) -> list[str]:
    """The words as written, ``{{a variable}}`` as part of one; after ``most`` of them the rest as it stands."""
    words: list[str] = []
    at = 0
    while len(words) != most and (found := _WORD.search(text, at)) is not None:
        words.append(found[0])
        at = found.end()
    rest = text[at:].strip()
    return [*words, rest] if rest else words


def plain(word: str) -> str:
    """What a word, or the rest of a line, means."""
    if len(word) > 1 and word[0] == word[-1] == '"':
        try:
            return str(json.loads(word))
        except ValueError:
            return word
    return word


def quoted(text: str) -> str:
    """The text as one word."""
    return text if _BARE.fullmatch(text) else _in_quotes(text)


def rest(text: str) -> str:
    """The text as the rest of a line; quotes only where it would not be the same without."""
    return text if text and _RAW.fullmatch(text) else _in_quotes(text)


def _in_quotes(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
