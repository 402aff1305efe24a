"""Conditional requests (RFC 9110, section 13), for every server that has entity tags."""

import re
from collections.abc import Collection, Sequence
from typing import Protocol

from servers.http_dates import parse_http_date

_TAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\U0010ffff]*")')
_SAFE = ("GET", "HEAD")

FieldValues = Sequence[str]


class Fields(Protocol):
    """Header fields of a request."""

    def __contains__(self, name: object) -> bool: ...

    def getall(self, name: str, default: tuple[()], /) -> FieldValues: ...


def matches(values: FieldValues, tags: Collection[str]) -> bool:
    """Whether fields with entity tags name one of ``tags``, by the weak comparison (section 8.8.3.2), or any: ``*``."""
    return "*" in values or any(tag in tags for value in values for _, tag in _TAG.findall(value))


def matches_strongly(values: FieldValues, tags: Collection[str]) -> bool:
    """Whether fields with entity tags name one of ``tags``, by the strong comparison, or any."""
    return "*" in values or any(tag in tags and not weak for value in values for weak, tag in _TAG.findall(value))


def outcome(method: str, fields: Fields, tag: str, modified: int | None) -> int:
    """The status that the conditions of a request lead to, in the order of section 13.2.2: 412, 304, or 200 to go on.

    ``tag`` is the strong entity tag of the representation, with its quotes; ``modified`` the second it last changed.
    """
    if not holds(fields, tag, modified):
        return 412
    if "If-None-Match" in fields:
        unchanged = matches(fields.getall("If-None-Match", ()), (tag,))
    else:
        since = _date(fields, "If-Modified-Since")
        unchanged = method in _SAFE and since is not None and modified is not None and modified <= since
    if not unchanged:
        return 200
    return 304 if method in _SAFE else 412


def holds(fields: Fields, tag: str, modified: int | None) -> bool:
    """Whether If-Match or, without it, If-Unmodified-Since is true (sections 13.1.1 and 13.1.4)."""
    if "If-Match" in fields:
        return matches_strongly(fields.getall("If-Match", ()), (tag,))
    since = _date(fields, "If-Unmodified-Since")
    return since is None or modified is None or modified <= since


def range_holds(fields: Fields, tag: str, modified: int, now: float) -> bool:
    """Whether a range may be sent, as far as If-Range decides (section 13.1.5).

    A date counts only when it is a strong validator (section 8.8.2.2): a file may change twice in the second ``now``.
    """
    values = fields.getall("If-Range", ())
    if not values:
        return True
    if len(values) != 1:
        return False
    return values[0] == tag or (parse_http_date(values[0]) == modified and modified + 1 <= now)


def _date(fields: Fields, name: str) -> int | None:
    values = fields.getall(name, ())
    return parse_http_date(values[0]) if len(values) == 1 else None
