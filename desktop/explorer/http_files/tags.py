"""What the tags of a request (``# @tag value``) say about how it is sent, read and written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from desktop.explorer.http_files.auth_words import from_words
from desktop.explorer.http_files.words import plain, quoted, rest, split
from desktop.explorer.model.auth import Auth
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Pair, Request
from desktop.widgets.proxy_choice import NO_PROXY, SYSTEM_PROXY

Statements = dict[str, tuple[str, ...]]
"""The values of each tag, by its name."""

AUTH, BLANK_LINES = "auth", "blank-lines"

_FLAGS = {
    "no-redirect": ("follow", False),
    "keep-method": ("keep_method", True),
    "insecure": ("verify", False),
    "no-keep-alive": ("keep_alive", False),
    "no-cookie-jar": ("cookies", False),
    "no-log": ("log", False),
    "strip-comments": ("comments", False),
}
_SECONDS = {"timeout": "timeout", "connection-timeout": "connect_timeout"}
_TEXTS = {"ca-file": "ca_file", "proxy": "proxy"}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|)", re.ASCII | re.IGNORECASE)
_UNITS = {"ms": Decimal("0.001"), "s": Decimal(1), "m": Decimal(60), "": Decimal(1)}
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_USUAL = Options()


@dataclass(frozen=True, slots=True)
class Said:
    """``auth`` is None where no tag says anything; ``blank_lines`` below the body belong to it."""

    options: Options = _USUAL
    auth: Auth | None = None
    ticked_off: tuple[tuple[int, str], ...] = ()
    path_values: tuple[Pair, ...] = ()
    blank_lines: int = 0


NOTHING_SAID = Said()


def said(tags: Iterable[Pair]) -> Said:
    """What the tags say. Of several that set the same, the last counts; what makes no sense says nothing."""
    options: dict[str, Any] = {}
    others: dict[str, Any] = {}
    off: list[tuple[int, str]] = []
    values: list[Pair] = []
    for name, value in tags:
        if name == "path":
            values += _path_value(value)
        elif name == "query-off":
            off += _ticked_off(value)
        elif name == AUTH:
            others["auth"] = from_words(value)
        elif name == BLANK_LINES and _NUMBER.fullmatch(value):
            others["blank_lines"] = int(value)
        else:
            options.update(_option(name, value))
    if not (options or others or off or values):
        return NOTHING_SAID
    return Said(Options(**options), ticked_off=tuple(off), path_values=tuple(values), **others)


def statements(request: Request, blank_lines: int = 0) -> Statements:
    """The tags that say what the request has beyond the usual, apart from its auth."""
    made = _option_statements(request.options)
    made["query-off"] = tuple(f"{row} {rest(text)}" for row, text in request.ticked_off)
    made["path"] = tuple(
        f"{quoted(name)} {rest(value)}" if value else quoted(name) for name, value in request.path_values
    )
    made[BLANK_LINES] = (str(blank_lines),) if blank_lines else ()
    return made


def usual_form(name: str, value: str) -> str:
    """The value of one tag as it would be written now."""
    found = said([(name, value)])
    request = Request(options=found.options, ticked_off=found.ticked_off, path_values=found.path_values)
    return next(iter(statements(request, found.blank_lines).get(name, ())), value)


def _option_statements(options: Options) -> Statements:
    made: Statements = {}
    for name, (field, value) in _FLAGS.items():
        made[name] = ("",) if getattr(options, field) == value else ()
    for name, field in _SECONDS.items():
        made[name] = (_seconds(getattr(options, field)),) if _differs(options, field) else ()
    for name, field in _TEXTS.items():
        made[name] = (rest(getattr(options, field)),) if _differs(options, field) else ()
    made["max-redirects"] = (str(options.max_redirects),) if _differs(options, "max_redirects") else ()
    certificate = [quoted(options.client_cert), *([quoted(options.client_key)] if options.client_key else [])]
    made["client-cert"] = (" ".join(certificate),) if options.client_cert or options.client_key else ()
    made["without"] = (",".join(sorted(options.without)),) if options.without else ()
    return made


def _differs(options: Options, field: str) -> bool:
    return bool(getattr(options, field) != getattr(_USUAL, field))


def _option(name: str, value: str) -> dict[str, Any]:
    """The fields of Options that a tag sets."""
    if name in _FLAGS:
        field, flag = _FLAGS[name]
        return {field: flag}
    if name in _SECONDS:
        return _duration(_SECONDS[name], value)
    if name in _TEXTS and value:
        text = plain(value)
        known = text.lower() if name == "proxy" and text.lower() in (NO_PROXY, SYSTEM_PROXY) else text
        return {_TEXTS[name]: known}
    if name == "max-redirects" and _NUMBER.fullmatch(value):
        return {"max_redirects": int(value)}
    if name == "client-cert":
        certificate, key, *_ = [*(plain(word) for word in split(value)), "", ""]
        return {"client_cert": certificate, "client_key": key}
    if name == "without":
        return {"without": frozenset(re.findall(r"[^\s,]+", value.lower()))}
    return {}


def _duration(field: str, value: str) -> dict[str, float | None]:
    if value.lower() == "none":
        return {field: None}
    found = _DURATION.fullmatch(value)
    return {field: float(Decimal(found[1]) * _UNITS[found[2].lower()])} if found is not None else {}


def _seconds(value: float | None) -> str:
    return "none" if value is None else format(Decimal(repr(value)).normalize(), "f")


def _path_value(value: str) -> list[Pair]:
    name, text, *_ = [*split(value, 1), "", ""]
    return [(plain(name), plain(text))] if name else []


def _ticked_off(value: str) -> list[tuple[int, str]]:
    number, text, *_ = [*split(value, 1), "", ""]
    return [(int(number), plain(text))] if _NUMBER.fullmatch(number) else []
