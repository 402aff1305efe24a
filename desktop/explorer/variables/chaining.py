"""What earlier responses brought: headers, whole bodies, members of JSON, nodes of XML."""

import json
import re
from collections.abc import Mapping
from typing import Any

from desktop.explorer.reading.content import content_type_of, text_of
from desktop.explorer.sending.reply import Reply
from servers.exchange import header

MOST = 8 * 1024 * 1024
"""Longer bodies, in bytes, are not looked into."""

_RESPONSE = re.compile(r"(?P<name>.+?)\.response\.(?:headers\.(?P<header>[^\s.]+)|body(?:\.(?P<path>.+))?)")
_STEP = re.compile(r"""\.([^.\[\]]+)|\[(?:([0-9]{1,9})|"([^"]*)"|'([^']*)')\]""")


def value_from(replies: Mapping[str, Reply], name: str) -> str | None:
    """What a name such as ``created.response.body.$.id`` stands for; ``replies`` are by the names of their requests.

    There are ``.headers.Location``, ``.body.*`` (all of it), ``.body.$.id`` (a member of JSON, a number as it was
    written; the notation of RFC 9535, section 2.3) and ``.body.//reply[1]/@id`` (XPath 1.0).
    """
    found = _RESPONSE.fullmatch(name)
    reply = replies.get(found["name"]) if found is not None else None
    return None if found is None or reply is None else _part_of(reply, found)


def _part_of(reply: Reply, reference: re.Match[str]) -> str | None:
    headers = reply.exchange.response_headers
    if reference["header"] is not None:
        return header(headers, reference["header"])
    if reply.decoded.size > MOST:
        return None
    data, path = reply.decoded.read(), reference["path"] or "*"
    if path.startswith("/"):
        return _node(data, path)
    body = text_of(data, content_type_of(headers))
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


def _node(data: bytes, path: str) -> str | None:
    """The text of the first node, or the value, that an XPath leads to; no entity is resolved, nothing is fetched."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        found = etree.fromstring(data, parser).xpath(path)
    except (etree.LxmlError, ValueError):
        return None
    first = found[0] if isinstance(found, list) and found else found
    if isinstance(first, etree._Element):
        return "".join(first.itertext())
    return None if isinstance(first, list) else _scalar(first)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
