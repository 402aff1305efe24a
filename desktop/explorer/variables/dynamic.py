"""Values that are made when they are asked for: identifiers, times, random numbers, the system's environment."""

import math
import os
import random
import re
import string
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

EXAMPLES = (
    "$uuid",
    "$timestamp",
    "$isoTimestamp",
    "$randomInt 0 1000",
    "$random.alphanumeric(8)",
    "$random.email",
    "$datetime iso8601",
    "$localDatetime rfc1123",
    "$processEnv HOME",
    "$dotenv NAME",
)
"""What is offered for completion; each can be written so."""

_MAX = 1000
_CALL = re.compile(r"\$random\.(\w+)(?:\(([^()]*)\))?")
_TIME = re.compile(r"""\$(datetime|localDatetime)\s+("[^"]*"|'[^']*'|\S+)(?:\s+([+-]?\d{1,6})\s*([a-zA-Z]+))?""")
_STAMP = re.compile(r"\$timestamp(?:\s+([+-]?\d{1,6})\s*([a-zA-Z]+))?")
_INT = re.compile(r"\$randomInt(?:\s+(-?\d{1,18})\s+(-?\d{1,18}))?")
_NAMED = re.compile(r"\$(processEnv|dotenv)\s+(%?)([^\s%]+)")
_TOKEN = re.compile(r"\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DD|D|dddd|ddd|HH|H|hh|h|mm|m|ss|s|SSS|A|a|ZZ|Z|X|x")
_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_MONTHS = {"M": 1, "y": 12}
_PICTURES = {
    "YY": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m", "DD": "%d", "dddd": "%A", "ddd": "%a",
    "HH": "%H", "hh": "%I", "mm": "%M", "ss": "%S", "A": "%p", "ZZ": "%z",
}  # fmt: skip

Lookup = Callable[[str], str | None]
"""Gives the value of a name; None where it has none."""


def value(name: str, dotenv: Lookup, variable: Lookup) -> str | None:
    """A new value for a name with ``$``; None for one that is not known, or that is asked for wrongly.

    ``dotenv`` gives a value from the `.env` file; ``variable`` that of another variable, for ``$processEnv %name``.
    """
    if len(name) > _MAX:
        return None
    if name in ("$uuid", "$guid", "$random.uuid"):
        return str(uuid.uuid4())
    if name == "$isoTimestamp":
        return _iso(datetime.now(UTC))
    for pattern, make in ((_STAMP, _timestamp), (_INT, _random_int), (_TIME, _time), (_CALL, _random)):
        found = pattern.fullmatch(name)
        if found is not None:
            return make(found)
    found = _NAMED.fullmatch(name)
    return None if found is None else _named(found, dotenv, variable)


def _named(found: re.Match[str], dotenv: Lookup, variable: Lookup) -> str | None:
    name = variable(found[3]) if found[2] else found[3]
    if name is None:
        return None
    return _of_process(name) if found[1] == "processEnv" else dotenv(name)


def _of_process(name: str) -> str | None:
    try:
        return os.environ.get(name)
    except UnicodeEncodeError:  # no system has names with half a character
        return None


def _timestamp(found: re.Match[str]) -> str | None:
    moment = _moved(datetime.now(UTC), found[1], found[2])
    return None if moment is None else str(int(moment.timestamp()))


def _random_int(found: re.Match[str]) -> str | None:
    least, most = int(found[1] or 0), int(found[2] or _MAX)
    return str(random.randrange(least, most)) if least < most else None  # noqa: S311 - sample data, not a secret


def _time(found: re.Match[str]) -> str | None:
    now = datetime.now(UTC) if found[1] == "datetime" else datetime.now().astimezone()
    moment = _moved(now, found[3], found[4])
    return None if moment is None else _formatted(moment, found[2])


def _formatted(moment: datetime, form: str) -> str:
    if form == "iso8601":
        return _iso(moment)
    if form == "rfc1123":
        return format_datetime(moment, usegmt=moment.tzinfo is UTC)
    return _TOKEN.sub(lambda token: _piece(moment, token), form.strip("\"'"))


def _piece(moment: datetime, token: re.Match[str]) -> str:
    text = token[0]
    if token[1] is not None:
        return token[1]
    single = {
        "M": moment.month,
        "D": moment.day,
        "H": moment.hour,
        "h": moment.hour % 12 or 12,
        "m": moment.minute,
        "s": moment.second,
        "SSS": f"{moment.microsecond // 1000:03}",
        "a": moment.strftime("%p").lower(),
        "Z": f"{moment:%z}"[:3] + ":" + f"{moment:%z}"[3:],
        "YYYY": f"{moment.year:04}",
        "X": int(moment.timestamp()),
        "x": int(moment.timestamp() * 1000),
    }
    return str(single[text]) if text in single else moment.strftime(_PICTURES[text])


def _iso(moment: datetime) -> str:
    text = moment.isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def _moved(moment: datetime, amount: str | None, unit: str | None) -> datetime | None:
    """The moment moved by so many units; None where there is no such unit or no such moment."""
    if amount is None or unit is None:
        return moment
    try:
        if unit in _MONTHS:
            months = moment.year * 12 + moment.month - 1 + int(amount) * _MONTHS[unit]
            last = (datetime(months // 12 + months % 12 // 11, (months + 1) % 12 + 1, 1) - timedelta(days=1)).day  # noqa: DTZ001
            return moment.replace(year=months // 12, month=months % 12 + 1, day=min(moment.day, last))
        return moment + timedelta(seconds=int(amount) * _SECONDS[unit])
    except (KeyError, ValueError, OverflowError):
        return None


def _random(found: re.Match[str]) -> str | None:
    kind, arguments = found[1], [one.strip() for one in (found[2] or "").split(",") if one.strip()]
    alphabets = {
        "alphabetic": string.ascii_letters,
        "alphanumeric": string.ascii_letters + string.digits,
        "hexadecimal": "0123456789abcdef",
        "numeric": string.digits,
    }
    try:
        if kind == "email":
            return f"{_letters(string.ascii_lowercase, 8)}@example.com"
        if kind in alphabets:
            return _letters(alphabets[kind], min(int(arguments[0]) if arguments else 10, _MAX))
        least, most = (float(one) for one in (arguments or ("0", str(_MAX))))
        if kind == "integer" and least < most:
            return str(random.randrange(int(least), int(most)))  # noqa: S311 - sample data, not a secret
        number = random.uniform(least, most)  # noqa: S311 - sample data
        return f"{number:.6g}" if kind == "float" and math.isfinite(number) else None
    except (ValueError, OverflowError):
        return None


def _letters(alphabet: str, count: int) -> str:
    if count < 0:
        raise ValueError(count)
    return "".join(random.choices(alphabet, k=count))  # noqa: S311 - sample data, not a secret
