"""Plain text for people: a line for each member, what is inside one indented, links at the end."""

import re
from collections.abc import Iterator, Mapping

from servers.logs import visible
from servers.rest.strict_json import Json, write
from servers.rest.views import Item, Link, Listing, View

_STEP = "  "
_WIDEST = 24
_MAX_TITLE = 100

# What moves a terminal's cursor, colours it, starts a line or turns the direction of what follows; joiners do not.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def render(view: View) -> str:
    """The text of a resource, with no white space at the end of a line."""
    if isinstance(view, Item):
        blocks = [block(view.members()), _links(view.links)]
    elif isinstance(view, Listing):
        blocks = [_head(view.title, _count(view)), *map(_item, view.items), _links(view.links)]
    else:
        blocks = [_head(view.title), _links(view.links)]
    return "\n\n".join(one for one in blocks if one)


def block(members: Mapping[str, Json]) -> str:
    """The members as lines ``name: value``, aligned."""
    return "\n".join(_members(members))


def scalar(value: Json) -> str:
    """A value that has nothing inside as text that harms no terminal; it may have several lines."""
    text = value if isinstance(value, str) else write(value)
    return _HARMFUL.sub(lambda found: visible(found[0]), text)


def _head(title: str, *lines: str) -> str:
    shown = visible(title[:_MAX_TITLE])
    return "\n".join((shown, "=" * len(shown), *lines))


def _count(listing: Listing) -> str:
    total = "1 document" if listing.total == 1 else f"{listing.total:,} documents"
    return total if len(listing.items) == listing.total else f"{len(listing.items):,} of {total}"


def _item(item: Item) -> str:
    return "\n".join((item.path, *_indented(_members(item.members()))))


def _links(links: tuple[Link, ...]) -> str:
    if not links:
        return ""
    rels = max(len(link.rel) for link in links)
    paths = max(len(link.href) for link in links)
    lines = (f"{_STEP}{link.rel:{rels}}  {link.href:{paths}}  {visible(link.title)}".rstrip() for link in links)
    return "\n".join(("Links", *lines))


def _members(members: Mapping[str, Json]) -> Iterator[str]:
    names = {name: f"{visible(name)}:" for name in members}
    scalars = (len(shown) for name, shown in names.items() if not _is_nested(members[name]))
    width = max((length for length in scalars if length <= _WIDEST), default=0)
    for name, value in members.items():
        if _is_nested(value):
            yield names[name]
            yield from _indented(_nested(value))
        else:
            yield from _hanging(f"{names[name]:{width}} ", scalar(value))


def _nested(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _members(value)
    elif isinstance(value, list):
        for one in value:
            lines = "\n".join(_nested(one)) if _is_nested(one) else scalar(one)
            yield from _hanging("- ", lines)


def _hanging(start: str, text: str) -> Iterator[str]:
    """The text after ``start``, its other lines below its first, so that a line break in it cannot fake a member."""
    for line in text.split("\n"):
        yield f"{start}{line}".rstrip()
        start = " " * len(start)


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (line and _STEP + line for line in lines)


def _is_nested(value: Json) -> bool:
    return isinstance(value, dict | list) and bool(value)
