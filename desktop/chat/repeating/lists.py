"""Lists of messages for a series: typed one a line, or read from a file; knows nothing of Qt."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from desktop.chat.outgoing import Form, Outgoing
from servers.logs import visible

MOST = 10_000
"""Messages that a list may have."""

LARGEST = 16 * 1024 * 1024
"""Bytes that the file of a list may have."""

_SPACE = re.compile(r"[ \t\r\n]*")
_READER = json.JSONDecoder(parse_int=str, parse_float=str)  # a number may have more digits than Python reads
_JSON_LINES = {".jsonl", ".ndjson"}


def typed_list(text: str) -> tuple[Outgoing, ...]:
    """The messages of a text with one a line; empty lines are none. Raises ValueError with a sentence for too many."""
    return _bounded(Outgoing(line) for line in _lines(text))


def read_list(path: Path) -> tuple[Outgoing, ...]:
    """The messages of a file in UTF-8; blocks while it is read. Raises ValueError with a sentence.

    Each element of a JSON array and each line of JSON Lines is a message: a string its text, everything else the JSON
    as it is written there. In other files each line is one.
    """
    name = visible(path.name)
    try:
        messages = _bounded(_messages(_content(path), path.suffix.lower()))
    except OSError as error:
        raise ValueError(f"“{name}” cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise ValueError(f"“{name}” cannot be used: {error}") from error
    if not messages:
        raise ValueError(f"“{name}” has no messages in it.")
    return messages


def _content(path: Path) -> str:
    if not path.is_file():
        raise ValueError("there is no such file." if not path.exists() else "it is not a file.")
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValueError(f"it has more than the {LARGEST // 1024**2} MiB that a list may have.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8 text (byte {error.start:,}).") from None


def _messages(text: str, suffix: str) -> Iterator[Outgoing]:
    if suffix == ".json" and text.lstrip().startswith("["):
        return _elements(text)
    if suffix == ".json" or suffix in _JSON_LINES:
        return _json_lines(text)
    return (Outgoing(line) for line in _lines(text))


def _lines(text: str) -> Iterator[str]:
    """The lines that are not empty; nothing but line feeds, with or without carriage returns, ends one."""
    return (line for line in text.replace("\r\n", "\n").split("\n") if line.strip())


def _elements(text: str) -> Iterator[Outgoing]:
    """Those of a JSON array (RFC 8259, section 5)."""
    at = _after_space(text, _after_space(text, 0) + 1)
    while text[at : at + 1] != "]":
        message, at = _value(text, at)
        yield message
        at = _after_space(text, at)
        if text[at : at + 1] == ",":
            at = _after_space(text, at + 1)
            if text[at : at + 1] == "]":
                raise ValueError(f"line {_line(text, at):,} has a comma before the end of the array.")
        elif text[at : at + 1] != "]":
            raise ValueError(f"line {_line(text, at):,} lacks a comma or the end of the array.")
    if _after_space(text, at + 1) != len(text):
        raise ValueError(f"line {_line(text, at):,} ends the array, but more follows.")


def _json_lines(text: str) -> Iterator[Outgoing]:
    for number, line in enumerate(text.split("\n"), 1):
        written = line.strip(" \t\r")
        if not written:
            continue
        try:
            message, end = _value(written, 0)
        except ValueError:
            end = -1
        if end != len(written):
            raise ValueError(f"line {number:,} is not one JSON value, as each line of JSON Lines is.")
        yield message


def _value(text: str, at: int) -> tuple[Outgoing, int]:
    """The message that a JSON value is, and where it ends."""
    try:
        value, end = _READER.raw_decode(text, at)
    except RecursionError:
        raise ValueError(f"line {_line(text, at):,} has JSON that is nested too deep.") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno:,} is not JSON ({error.msg}).") from None
    is_text = text[at] == '"'
    return Outgoing(value) if is_text else Outgoing(text[at:end], Form.JSON), end


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _bounded(messages: Iterator[Outgoing]) -> tuple[Outgoing, ...]:
    found: list[Outgoing] = []
    for message in messages:
        if len(found) == MOST:
            raise ValueError(f"a list may have {MOST:,} messages, and there are more.")
        found.append(message)
    return tuple(found)
