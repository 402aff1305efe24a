"""URLs that stand for several: sets and ranges in them (curl manual, “URL globbing”)."""

import re
from itertools import islice, product

LIMIT = 100
"""So many URLs at most come of one."""

_PIECE = re.compile(
    r"(?P<literal>\{\{[^{}\r\n]*\}\}|\[[0-9A-Fa-f:.%]*:[0-9A-Fa-f:.%a-z]*\]|\[\]|\\[][{}])"
    r"|\{(?P<set>[^{}]*)\}"
    r"|\[(?P<first>\d+)-(?P<last>\d+)(?::(?P<step>\d+))?\]"
    r"|\[(?P<from>[A-Za-z])-(?P<to>[A-Za-z])(?::(?P<by>\d+))?\]"
    r"|(?P<bad>[][{}])"
)


def expanded(url: str, warnings: list[str]) -> list[str]:
    """The URLs in curl's order; one that curl would refuse stays as typed, and one with variables keeps them."""
    choices: list[list[str]] = []
    at = 0
    for found in _PIECE.finditer(url):
        if found["bad"]:
            warnings.append(f"curl takes “{found['bad']}” in “{url}” for a set or range, which is not one: it stays.")
            return [url]
        choices += ([url[at : found.start()]], _choices(found))
        at = found.end()
    made = ["".join(one) for one in islice(product(*choices, [url[at:]]), LIMIT + 1)]
    if len(made) > LIMIT:
        warnings.append(f"“{url}” stands for more than {LIMIT} URLs; these are the first {LIMIT}.")
    return made[:LIMIT]


def _choices(found: re.Match[str]) -> list[str]:
    if found["literal"]:
        return [found[0].removeprefix("\\")]
    if found["set"] is not None:
        return found["set"].split(",")
    if found["first"]:
        width = len(found["first"]) if found["first"].startswith("0") else 0
        numbers = range(int(found["first"]), int(found["last"]) + 1, int(found["step"] or 1) or 1)
        return [str(number).zfill(width) for number in islice(numbers, LIMIT + 1)] or [found[0]]
    letters = range(ord(found["from"]), ord(found["to"]) + 1, int(found["by"] or 1) or 1)
    return [chr(letter) for letter in letters] or [found[0]]
