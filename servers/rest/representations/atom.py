"""Atom (RFC 4287): a collection is a feed, a document an entry, and the entry document a feed of what it links to."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from servers.logs import visible
from servers.rest.bodies.xml_values import ATOM, STEP, attribute, container, plain
from servers.rest.definition import Definition
from servers.rest.representations.text import block, scalar
from servers.rest.representations.xml import DECLARATION
from servers.rest.strict_json import Json
from servers.rest.views import Item, Link, Listing, View

_TAG = "tag:portside.localhost,2026"
_AUTHOR = f"{STEP}<author><name>Portside</name></author>"
_NEVER = 0  # seconds since the epoch: the time of what is empty or does not change
_RENAMED = {"prev": "previous"}  # RFC 5005, section 3
_KNOWN = frozenset({"self", "first", "previous", "next", "last", "collection", "item", "up", "related"})


def render(view: View) -> str:
    """A valid feed or entry document; its ids are tag URIs (RFC 4151), the same on every host and port."""
    if isinstance(view, Item):
        text = _entry(view, "", attribute("xmlns", ATOM), _AUTHOR)
    elif isinstance(view, Listing):
        text = _listing(view)
    else:
        targets = {link.href: link for link in view.links[1:]}
        head = (*_head(_id("service", "/"), view.title, _NEVER, STEP), _page("/", STEP))
        text = _feed(head, view.links[:1], map(_target, targets.values()))
    return DECLARATION + text


def _listing(listing: Listing) -> str:
    updated = max((item.row.updated for item in listing.items), default=_NEVER)
    head = (
        *_head(_feed_id(listing), listing.title, updated, STEP),
        _text("subtitle", f"{len(listing.items):,} of {listing.total:,} documents", STEP),
        _page(_without_format(listing.links[0].href, listing.definition), STEP),
    )
    return _feed(head, listing.links, (_entry(item, STEP) for item in listing.items))


def _feed(head: Iterable[str], links: tuple[Link, ...], entries: Iterable[str]) -> str:
    return container("feed", attribute("xmlns", ATOM), (*head, _AUTHOR, *_links(links, STEP), *entries))


def _entry(item: Item, indent: str, attributes: str = "", *more: str) -> str:
    """An entry; as a document of its own it needs an author, inside a feed it has the feed's."""
    inner, members = indent + STEP, item.members()
    path = "/".join(quote(part, safe="") for part in ("", item.definition.name, item.row.key))
    children = (
        *_head(_id("item", path), item.title, item.row.updated, inner),
        *more,
        _page(_without_format(item.path, item.definition), inner),
        *_links(item.links, inner),
        _text("summary", block(members), inner),
        f'{inner}<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{_xhtml(members)}</div></content>',
    )
    return container("entry", attributes, children, indent)


def _xhtml(value: Json) -> str:
    """A value for feed readers. They take the elements of the XML representation, like <id>, for those of Atom."""
    if isinstance(value, dict) and value:
        rows = (f"<dt>{plain(visible(name))}</dt><dd>{_xhtml(member)}</dd>" for name, member in value.items())
        return f"<dl>{''.join(rows)}</dl>"
    if isinstance(value, list) and value:
        return f"<ul>{''.join(f'<li>{_xhtml(one)}</li>' for one in value)}</ul>"
    return "<br/>".join(map(plain, scalar(value).split("\n")))


def _target(link: Link) -> str:
    """The entry for something that the entry document links to."""
    title, inner = link.title or link.rel, STEP * 2
    page, summary = _link("alternate", link.href, "", inner), _text("summary", title, inner)
    return container("entry", "", (*_head(_id("link", link.href), title, _NEVER, inner), page, summary), STEP)


def _head(identity: str, title: str, updated: int, indent: str) -> Iterator[str]:
    yield _text("id", identity, indent)
    yield _text("title", title, indent)
    yield _text("updated", f"{datetime.fromtimestamp(updated, UTC):%Y-%m-%dT%H:%M:%SZ}", indent)


def _text(name: str, text: str, indent: str) -> str:
    return f"{indent}<{name}>{plain(text)}</{name}>"


def _links(links: tuple[Link, ...], indent: str) -> Iterator[str]:
    """The links; those of a relation that is not registered for Atom are related, under the relation's name."""
    for link in links:
        rel = _RENAMED.get(link.rel, link.rel)
        if rel not in _KNOWN:
            yield _link("related", link.href, link.title or link.rel, indent)
        else:
            yield _link(rel, link.href, link.title, indent, "application/atom+xml" if rel == "self" else "")


def _link(rel: str, href: str, title: str, indent: str, media_type: str = "") -> str:
    optional = (attribute(name, value) for name, value in (("type", media_type), ("title", title)) if value)
    return f"{indent}<link{attribute('rel', rel)}{attribute('href', href)}{''.join(optional)}/>"


def _page(href: str, indent: str) -> str:
    return _link("alternate", href, "", indent, "text/html")


def _id(kind: str, path: str) -> str:
    return f"{_TAG}:{kind}:{path}"


def _feed_id(listing: Listing) -> str:
    """All pages of one query are one feed, so it has the id of the first."""
    first = next((link.href for link in listing.links if link.rel == "first"), listing.links[0].href)
    return _id("feed", _without_format(first, listing.definition))


def _without_format(href: str, definition: Definition) -> str:
    """The path of the resource itself: that of a page in a browser, and no matter how Atom was asked for."""
    parts = urlsplit(href)
    words = {"_format"} if "format" in definition.properties else {"_format", "format"}
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in words]
    return parts.path + ("?" + urlencode(kept) if kept else "")
