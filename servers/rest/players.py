"""What a player is: the members that it may have, and what is wrong with a document that is not one."""

from collections.abc import Callable
from datetime import date

from servers.rest.problems import Fault, pointer
from servers.rest.strict_json import Json, Number

NAME = "players"
POSITIONS = ("goalkeeper", "defender", "midfielder", "forward")
REQUIRED = ("name",)

Check = Callable[[Json], str | None]


def faults(members: dict[str, Json]) -> list[Fault]:
    """Everything that keeps ``members`` from being a player, each fault with its JSON pointer."""
    missing = [Fault(pointer(name), "This member is required.") for name in REQUIRED if name not in members]
    wrong = ((name, _fault(name, value)) for name, value in members.items())
    return missing + [Fault(pointer(name), detail) for name, detail in wrong if detail is not None]


def _fault(name: str, value: Json) -> str | None:
    check = _CHECKS.get(name)
    return check(value) if check else f"A player has no such member; it may have {', '.join(_CHECKS)}."


def _text(value: Json) -> str | None:
    if isinstance(value, str) and value.strip() and len(value) <= 100:
        return None
    return "It must be a text of 1 to 100 characters."


def _position(value: Json) -> str | None:
    if isinstance(value, str) and value in POSITIONS:
        return None
    return f"It must be one of {', '.join(POSITIONS)}."


def _shirt_number(value: Json) -> str | None:
    exact = value.value if isinstance(value, Number) else None
    if exact is not None and 1 <= exact <= 99 and exact == exact.to_integral_value():
        return None
    return "It must be a whole number from 1 to 99."


def _date(value: Json) -> str | None:
    try:
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return None
    except ValueError:
        pass
    return "It must be a date such as 1988-12-10 (RFC 3339, full-date)."


_CHECKS: dict[str, Check] = {
    "name": _text,
    "position": _position,
    "number": _shirt_number,
    "nationality": _text,
    "team": _text,
    "born": _date,
}
