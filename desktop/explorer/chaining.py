"""The variables of a collection: those that its file sets, and what earlier responses brought."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from desktop.explorer.client import Reply
from desktop.explorer.content import content_type_of, decode, text_of
from desktop.explorer.request import fill
from servers.exchange import header

_RESPONSE = re.compile(r"(?P<name>.+?)\.response\.(?:headers\.(?P<header>[^\s.]+)|body(?:\.(?P<path>.+))?)")
_STEP = re.compile(r"""\.([^.\[\]]+)|\[(?:([0-9]{1,9})|"([^"]*)"|'([^']*)')\]""")


class Variables(Mapping[str, str]):
    """What stands for each name.

    ``values`` may use other variables. ``replies`` are the responses so far by request name; of one called ``created``
    there are ``created.response.headers.Location``, ``created.response.body.*`` (all of it) and
    ``created.response.body.$.id`` (a member of a JSON body, a number as it was written; members and elements in the
    notation of RFC 9535, section 2.3). ``%name`` is the value percent-encoded. A name without a value is no key.
    """

    def __init__(self, values: Mapping[str, str], replies: Mapping[str, Reply]) -> None:
        self._values = values
        self._replies = replies
        self._open: set[str] = set()

    def __getitem__(self, name: str) -> str:
        if name.startswith("%"):
            return quote(self[name[1:]], safe="")
        if name in self._values and name not in self._open:
            return self._fill(name)
        found = _RESPONSE.fullmatch(name)
        reply = self._replies.get(found["name"]) if found is not None else None
        value = _part_of(reply, found) if found is not None and reply is not None else None
        if value is None:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def _fill(self, name: str) -> str:
        """The value with the variables in it replaced; one that leads back to itself stays as written."""
        self._open.add(name)
        try:
            return fill(self._values[name], self)
        finally:
            self._open.discard(name)


def _part_of(reply: Reply, reference: re.Match[str]) -> str | None:
    headers = reply.exchange.response_headers
    if reference["header"] is not None:
        return header(headers, reference["header"])
    body = text_of(decode(reply.body, headers).data, content_type_of(headers))
    path = reference["path"] or "*"
    if path == "*":
        return body
    return _member(body, path.removeprefix("$")) if path.startswith("$") else None


def _member(body: str, path: str) -> str | None:
    """The text of the string, number, true, false or null that a path leads to in a JSON text."""
    try:
        value: Any = json.loads(body, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return None
    at = 0
    while (step := _STEP.match(path, at)) is not None:
        at = step.end()
        try:
            value = value[int(step[2])] if step[2] and isinstance(value, list) else _of_object(value, step)
        except (KeyError, IndexError):
            return None
    if at < len(path) or isinstance(value, dict | list):
        return None
    return value if isinstance(value, str) else json.dumps(value)


def _of_object(value: Any, step: re.Match[str]) -> Any:
    if not isinstance(value, dict) or step[2]:
        raise KeyError(step[0])
    return value[next(name for name in (step[1], step[3], step[4]) if name is not None)]
