"""Links from one page of a collection to the others, and links as a header field."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from servers.rest.queries.query import Query
from servers.rest.views import Link

_IN_QUERY = "!$()*,-./:;?@_~"
_IN_REFERENCE = "!#$%&'()*+,-./:;=?@[]_~"
_TITLES = {"first": "First page", "prev": "Previous page", "next": "Next page", "last": "Last page"}


def page_links(path: str, pairs: Sequence[tuple[str, str]], query: Query, total: int) -> tuple[Link, ...]:
    """The link ``self``, then ``first``, ``prev``, ``next`` and ``last`` (RFC 8288, RFC 5005) where they apply.

    ``path`` is percent-encoded, ``pairs`` are the decoded names and values of the request; all of them but those that
    choose the page stay, in order. Pages beyond the end have no ``next``, and the last page as ``prev``.
    """
    found = _pages(query, total) if query.page is not None else _windows(query, total, pairs)
    others = ((rel, _reference(path, _with(pairs, words)), _TITLES[rel]) for rel, words in found)
    return (Link("self", _reference(path, pairs)), *(Link(*other) for other in others))


def link_header(links: Iterable[Link]) -> str:
    """The value of a Link header field (RFC 8288, section 3), in ASCII; titles beyond it as ``title*`` (RFC 8187)."""
    return ", ".join(
        f'<{quote(link.href, safe=_IN_REFERENCE)}>; rel="{quote(link.rel, safe=_IN_REFERENCE)}"{_title(link.title)}'
        for link in links
    )


def _pages(query: Query, total: int) -> Iterator[tuple[str, dict[str, int]]]:
    page, last = query.page or 1, max(1, -(-total // max(1, query.limit)))
    yield "first", {"_page": 1}
    if page > 1:
        yield "prev", {"_page": min(page - 1, last)}
    if page < last:
        yield "next", {"_page": page + 1}
    yield "last", {"_page": last}


def _windows(query: Query, total: int, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, dict[str, int]]]:
    """Pages of a client that counts documents; the last one is in step with the page at hand."""
    offset, limit = query.offset, query.limit
    if not limit or (not offset and total <= limit):
        return
    ends = any(name == "_end" for name, _ in pairs)
    step = offset % limit if offset < total else 0
    last = step + (total - 1 - step) // limit * limit if total > step else 0
    places = {"first": 0, "prev": min(max(0, offset - limit), last), "next": offset + limit, "last": last}
    for rel, start in places.items():
        if (rel != "prev" or offset) and (rel != "next" or start < total):
            yield rel, {"_start": start, "_end": start + limit} if ends else {"_start": start}


def _with(pairs: Sequence[tuple[str, str]], words: Mapping[str, int]) -> list[tuple[str, str]]:
    """The pairs with these words in the places that they have, or at the end."""
    given = {name for name, _ in pairs}
    kept = [(name, str(words.get(name, value))) for name, value in pairs]
    return kept + [(name, str(value)) for name, value in words.items() if name not in given]


def _reference(path: str, pairs: Sequence[tuple[str, str]]) -> str:
    query = "&".join(f"{quote(name, safe=_IN_QUERY)}={quote(value, safe=_IN_QUERY)}" for name, value in pairs)
    return f"{path}?{query}" if query else path


def _title(title: str) -> str:
    if title.isascii() and title.isprintable():
        text = title.replace("\\", r"\\").replace('"', r"\"")
        return f'; title="{text}"' if title else ""
    return f"; title*=UTF-8''{quote(title, safe='')}"
