"""Writes a view as the response that a client asked for, with its entity tag and its links."""

import asyncio
import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from aiohttp import web

from servers import VERSION
from servers.rest.formats import FORMATS, Format
from servers.rest.preconditions import check_if_match, matches
from servers.rest.queries.paging import link_header
from servers.rest.storage.rows import Row
from servers.rest.views import Item, Listing, View

Key = tuple[int, str, str, str]
"""The state of the service, the format, the path and the query."""

_BESIDES = re.compile(';[0-9a-f]{16}"')

AT_ONCE = 50
"""Documents of a page that are written on the event loop's thread."""

MOST_KEPT = 1024
"""Representations that are kept at most."""

LARGEST_KEPT = 8192
"""Bytes of a representation that is kept at most."""


class Written(NamedTuple):
    """A representation as it goes over the wire, its entity tag, and the header fields that belong to it."""

    body: bytes
    tag: str
    headers: dict[str, str]
    warnings: tuple[str, ...] = ()


async def write_off_loop(view: Listing, fmt: Format, query: str) -> Written:
    """The same as ``write``, in a thread if the page is so long that everything else would wait for it."""
    if len(view.items) <= AT_ONCE:
        return write(view, fmt, query)
    return await asyncio.to_thread(write, view, fmt, query)


class Memory:
    """What was written lately, so that it need not be made again.

    The first part of a key is the state of the service: what belongs to an older one is forgotten.
    """

    def __init__(self) -> None:
        self._written: dict[Key, Written] = {}
        self._state = 0

    def get(self, key: Key) -> Written | None:
        """What was kept under this key."""
        return self._written.get(key)

    def keep(self, key: Key, written: Written) -> Written:
        """Keep a small representation."""
        if len(written.body) <= LARGEST_KEPT:
            if key[0] != self._state or len(self._written) >= MOST_KEPT:
                self._state = key[0]
                self._written.clear()
            self._written[key] = written
        return written


def item_tags(row: Row) -> list[str]:
    """The strong entity tags (RFC 9110, section 8.8.3) of the whole representations of a document."""
    return [_item_tag(row, name) for name in FORMATS]


def whole_tags(values: Iterable[str]) -> list[str]:
    """Fields of entity tags in which those of a part of a document, or of more than it, are those of the whole."""
    return [_BESIDES.sub('"', value) for value in values]


def write(view: View, fmt: Format, query: str, note: str = "", *, gone: bool = False) -> Written:
    """Write a view; ``query`` is the query string that was asked, ``note`` and ``gone`` are for people's eyes."""
    tag = _item_tag(view.row, fmt.name) if isinstance(view, Item) else ""
    headers = {"Content-Type": fmt.content_type, "Vary": "Accept"}
    if fmt.module == "html":
        from servers.rest.representations import html

        text = html.render(view, tag=tag, query=query, note=note, gone=gone)
        headers |= html.HEADERS
    else:
        text = fmt.render(view)
    if isinstance(view, Listing):
        headers["X-Total-Count"] = str(view.total)
        headers["Link"] = link_header(view.links)
    elif isinstance(view, Item) and not view.definition.hypermedia:
        headers["Link"] = link_header(view.links)
    body = text.encode() if text.endswith("\n") else f"{text}\n".encode()
    if not isinstance(view, Item):
        tag = f'"{_digest(body)}-{fmt.name}"'
    elif view.extra or view.fields is not None:
        tag = f'{tag[:-1]};{_digest(body)}"'
    return Written(body, tag, {**headers, "ETag": tag})


def answer(request: web.BaseRequest, written: Written, status: int = 200) -> web.Response:
    """The response to a GET: 304 or 412 where the client's conditions say so (RFC 9110, section 13.2.2)."""
    if "If-Match" in request.headers:
        check_if_match(request.headers.getall("If-Match"), (written.tag,))
    if "If-None-Match" in request.headers and matches(request.headers.getall("If-None-Match"), (written.tag,)):
        kept = {name: value for name, value in written.headers.items() if name != "Content-Type"}
        return web.Response(status=304, headers=kept)
    return web.Response(body=written.body, status=status, headers=written.headers)


def _item_tag(row: Row, name: str) -> str:
    """The digest tells apart the stores that may answer at one address, and the programs that write them."""
    digest = blake2b(f"{VERSION} {row.updated} {row.text}".encode(), digest_size=4).hexdigest()
    return f'"{row.version}-{digest}-{name}"'


def _digest(body: bytes) -> str:
    return blake2b(body, digest_size=8).hexdigest()
