"""Conditional requests, evaluated in the order of RFC 9110, section 13.2.2."""

import re
from collections.abc import Sequence
from datetime import datetime

from aiohttp import web

TAG = re.compile(r"[!#-~]{1,100}")
"""What may stand between the quotes of an entity tag here: visible ASCII but the quote itself."""

_LISTED = re.compile(r'(W/)?"([!#-~\x80-\U0010ffff]*)"')
_SAFE = {"GET", "HEAD"}


def outcome(request: web.BaseRequest, tag: str, modified: datetime | None = None) -> int:
    """The status that the conditions lead to: 412, 304, or 200 for going on.

    ``tag`` is the strong entity tag of the representation, without its quotes; ``modified`` when it last changed.
    """
    if _failed(request, tag, modified):
        return 412
    fields = request.headers.getall("If-None-Match", ())
    if fields:
        unchanged = _matches(fields, tag, is_weak=True)
    else:
        since = request.if_modified_since
        unchanged = request.method in _SAFE and since is not None and modified is not None and modified <= since
    if not unchanged:
        return 200
    return 304 if request.method in _SAFE else 412


def _failed(request: web.BaseRequest, tag: str, modified: datetime | None) -> bool:
    fields = request.headers.getall("If-Match", ())
    if fields:
        return not _matches(fields, tag, is_weak=False)
    since = request.if_unmodified_since
    return since is not None and modified is not None and modified > since


def _matches(fields: Sequence[str], tag: str, *, is_weak: bool) -> bool:
    """Whether a list of tags has this one; the strong comparison takes no weak tags (section 8.8.3.2)."""
    listed = ", ".join(fields)
    if listed.strip(" \t") == "*":
        return True
    return any(value == tag and (is_weak or not weak) for weak, value in _LISTED.findall(listed))
