"""A page of a collection as a table: which columns and cells it has, and where its heads and forms lead."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, unquote_plus

from servers.rest.strict_json import Json, write
from servers.rest.views import Item, Listing

MAX_COLUMNS = 60
"""A table has at most so many; further members are on the items' own pages."""

CELL, TITLE = 60, 1000
"""Characters that a cell shows, and that the tool tip of a longer one holds."""

_PAGING = frozenset({"_page", "_start", "_end"})
_IN_QUERY = "%/?:@!$'()*+,;="
_NUMBER = re.compile("[0-9]{1,18}")
_SORTING = frozenset({"_sort", "_order"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: a path, and the raw query string."""

    path: str
    query: str

    def value(self, name: str) -> str:
        """The first value of a parameter; empty where it was not given."""
        return next((value for found, value in self.pairs() if found == name), "")

    def pairs(self, without: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
        """The parameters, decoded, but for those named."""
        parts = (piece.partition("=") for piece in self._pieces(without))
        return [(unquote_plus(name), unquote_plus(value)) for name, _, value in parts]

    def href(self, without: frozenset[str], *added: str) -> str:
        """The same with other parameters; those that stay are kept as they were written."""
        kept = (quote(piece, safe=_IN_QUERY, errors="replace") for piece in self._pieces(without))
        query = "&".join([*kept, *added])
        return f"{self.path}?{query}" if query else self.path

    def _pieces(self, without: frozenset[str]) -> list[str]:
        pieces = filter(None, self.query.split("&"))
        return [piece for piece in pieces if unquote_plus(piece.partition("=")[0]) not in without]


class Column(NamedTuple):
    """A member: where a click on the head leads (empty if nowhere), and how it is sorted now, as ARIA has it."""

    name: str
    href: str
    sorted: str


class Cell(NamedTuple):
    """A value in the table: ``title`` is more of a text that was cut, ``href`` leads to what it is about."""

    text: str
    title: str
    href: str


class Table(NamedTuple):
    """The rows of cells under their columns; ``more`` says how many members had no room."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: int


def table(listing: Listing, asked: Asked) -> Table:
    """The table of a page: the id and the members of the schema come first, in its order."""
    documents = [item.members() for item in listing.items]
    present = dict.fromkeys(name for document in documents for name in document)
    known = [name for name in ("id", *listing.definition.properties) if name in present]
    names = list(dict.fromkeys([*known, *present]))
    shown = names[:MAX_COLUMNS]
    main = next((name for name in ("name", "title") if name in shown), shown[0] if shown else "")
    rows = tuple(
        tuple(_cell(item, document, name, main) for name in shown)
        for item, document in zip(listing.items, documents, strict=True)
    )
    embedded = {name for item in listing.items for name in item.extra}
    columns = tuple(Column(name, "", "") if name in embedded else _column(name, asked) for name in shown)
    return Table(columns, rows, len(names) - len(shown))


def search_again(asked: Asked) -> list[tuple[str, str]]:
    """What a search keeps of the query."""
    return asked.pairs(_PAGING | {"q"})


def first_row(listing: Listing, asked: Asked) -> int:
    """The number, from 1, that the first row of a page has among all that the query finds."""
    start, page = (int(value) if _NUMBER.fullmatch(value) else 0 for value in map(asked.value, ("_start", "_page")))
    if start or page < 2:
        return start + 1
    is_last = all(link.rel != "next" for link in listing.links)
    return (listing.total if is_last else page * len(listing.items)) - len(listing.items) + 1


def plain(value: Json) -> str:
    """A value in one line: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else write(value)


def cut(text: str, length: int) -> str:
    """The text, or as much of it as fits, with an ellipsis."""
    return text if len(text) <= length else text[: length - 1] + "…"


def target(item: Item, name: str) -> str:
    """Where the document is that a member names by its id (``teamId``); empty where it names none."""
    stem = name.removesuffix("Id").removesuffix("_id")
    own = {"self", "collection", name}
    return next((link.href for link in item.links if link.rel == stem and link.rel not in own), "")


def _cell(item: Item, document: Mapping[str, Json], name: str, main: str) -> Cell:
    text = plain(document[name]) if name in document else ""
    if name == main:
        text, href = text or item.title, item.path
    else:
        href = target(item, name) if text else ""
    return Cell(cut(text, CELL), cut(text, TITLE) if len(text) > CELL else "", href)


def _column(name: str, asked: Asked) -> Column:
    if name.startswith("-") or not name.replace("_", "").isalnum():
        return Column(name, "", "")
    first = asked.value("_sort").split(",")[0]
    down = first.startswith("-") or asked.value("_order").split(",")[0] == "desc"
    now = first.removeprefix("-") == name
    word = quote(name, safe="")
    href = asked.href(_SORTING | _PAGING, f"_sort=-{word}" if now and not down else f"_sort={word}")
    return Column(name, href, ("descending" if down else "ascending") if now else "")
