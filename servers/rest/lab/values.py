"""Reads what a request asks for in its path and its query: numbers within bounds, words out of a list."""

import re
from collections.abc import Sequence
from typing import NoReturn

from aiohttp import web

from servers.guard import Refusal

_WHOLE = re.compile(r"[0-9]{1,12}")
_FRACTION = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?")


def whole(text: str, name: str, lowest: int, highest: int) -> int:
    """The whole number in ``text``. Raises Refusal 400 where it is none or out of bounds; ``name`` says of what."""
    if _WHOLE.fullmatch(text) is None or not lowest <= int(text) <= highest:
        _refuse(f"{name} must be a whole number from {lowest:,} to {highest:,}.")
    return int(text)


def fraction(text: str, name: str, highest: int) -> float:
    """The decimal number from 0 to ``highest`` in ``text``. Raises Refusal 400 where it is none or out of bounds."""
    if _FRACTION.fullmatch(text) is None or float(text) > highest:
        _refuse(f"{name} must be a number from 0 to {highest:,}; fractions are written like 0.5.")
    return float(text)


def one_of(text: str, name: str, words: Sequence[str]) -> str:
    """``text`` itself. Raises Refusal 400 where it is not among ``words``."""
    if text not in words:
        _refuse(f"{name} must be one of {', '.join(words)}.")
    return text


def option(request: web.BaseRequest, name: str, default: str) -> str:
    """The value of a query parameter, the first where it comes twice."""
    return request.query.get(name, default)


def _refuse(sentence: str) -> NoReturn:
    raise Refusal(400, sentence)
