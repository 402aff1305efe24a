"""Finds where values stand in a JSON text, by their paths, so that they can be shown as they were written."""

import json
import re
from collections.abc import Callable, Iterable
from json.decoder import scanstring  # type: ignore[attr-defined] # its stub leaves it out
from typing import Any

Step = str | int

_BLANK = re.compile(r"[ \t\n\r]*+")
_STEP = re.compile(r"\[(?:(?P<index>0|[1-9][0-9]{0,17})|'(?P<name>(?:[^'\\]|\\.)*+)')\]")
_PATH = re.compile(rf"\$(?:{re.sub('<[a-z]+>', ':', _STEP.pattern).replace('?P:', '?:')})*+")
_ESCAPED = re.compile(r"[\x00-\x1f'\\]")
_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "'": "\\'", "\\": "\\\\"}
_decoder: Any = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)
_skip: Callable[[str, int], tuple[Any, int]] = _decoder.scan_once  # json's own C code: faster than token by token


class Wanted:
    """Paths to look for, as a tree of their steps; each node has the place of its value once that has been found."""

    def __init__(self) -> None:
        self.steps: dict[Step, Wanted] = {}
        self.place = -1, -1

    def add(self, path: Iterable[Step]) -> "Wanted":
        """The node for a path."""
        node = self
        for step in path:
            node = node.steps.setdefault(step, Wanted())
        return node


def normalized(path: Iterable[Step]) -> str:
    """The normalized path of RFC 9535, section 2.7."""
    steps = (f"[{step}]" if isinstance(step, int) else f"['{_ESCAPED.sub(_escape, step)}']" for step in path)
    return "$" + "".join(steps)


def steps_of(path: str) -> list[Step]:
    """The steps of a normalized path. Raises ValueError for anything else."""
    if not _PATH.fullmatch(path):
        raise ValueError(f"“{path}” is not a path like $['name'][0].")
    names = ((found["index"], found["name"]) for found in _STEP.finditer(path))
    return [int(index) if index else _unescaped(name) for index, name in names]


def locate(text: str, start: int, wanted: Wanted) -> int:
    """Note in ``wanted`` where its values stand in the JSON value at ``start``; the offset at which that value ends.

    Of members with the same name the last counts, as it does for those who parse the text. The value must be JSON.
    """
    begin = after_blanks(text, start)
    if not wanted.steps or text[begin] not in "{[":
        end = _skip(text, begin)[1]
    else:
        end = (_in_object if text[begin] == "{" else _in_array)(text, after_blanks(text, begin + 1), wanted)
    wanted.place = begin, end
    return end


def after_blanks(text: str, position: int) -> int:
    """Where the next token starts."""
    found = _BLANK.match(text, position)
    return found.end() if found else position


def _in_object(text: str, position: int, wanted: Wanted) -> int:
    while text[position] != "}":
        name, position = scanstring(text, position + 1, False)
        position = _in_value(text, after_blanks(text, position) + 1, wanted.steps.get(name))
    return position + 1


def _in_array(text: str, position: int, wanted: Wanted) -> int:
    index = 0
    while text[position] != "]":
        position = _in_value(text, position, wanted.steps.get(index))
        index += 1
    return position + 1


def _in_value(text: str, position: int, wanted: Wanted | None) -> int:
    """Go over one value and the comma after it."""
    begin = after_blanks(text, position)
    end = _skip(text, begin)[1] if wanted is None else locate(text, begin, wanted)
    position = after_blanks(text, end)
    return after_blanks(text, position + 1) if text[position] == "," else position


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}"


def _unescaped(name: str) -> str:
    quoted = name.replace("\\'", "'").replace('"', '\\"')
    return str(json.loads(f'"{quoted}"', strict=False))
