"""JSON representations: put together from the stored text, without parsing it again, wherever that can be."""

from collections.abc import Iterable

from servers.rest.strict_json import Json, write, write_document
from servers.rest.views import Entry, Item, Link, Listing, View


def render(view: View) -> str:
    """The JSON text; a collection without hypermedia is an array of its documents alone."""
    if isinstance(view, Item):
        return _item(view)
    if isinstance(view, Entry):
        return write_document({"title": view.title, "links": _links(view.links)})
    return _listing(view)


def _item(item: Item) -> str:
    links = item.links if item.definition.hypermedia else ()
    if not item.extra and item.fields is None:
        return item.row.whole_text[:-2] + _tail(links)
    return write_document({**item.members(), **({"links": _links(links)} if links else {})})


def _listing(view: Listing) -> str:
    items = map(_item, view.items)
    if not view.definition.hypermedia:
        return f"[\n{_indented(items, 2)}\n]" if view.items else "[]"
    inside = f"[\n{_indented(items, 4)}\n  ]" if view.items else "[]"
    return f"{{\n  {write(view.definition.name)}: {inside}{_tail(view.links)}"


def _indented(texts: Iterable[str], width: int) -> str:
    """One text after another; a stored text has line breaks between its members only."""
    space = " " * width
    return ",\n".join(space + text.replace("\n", f"\n{space}") for text in texts)


def _tail(links: Iterable[Link]) -> str:
    rows = ",\n".join("    " + write(link) for link in _links(links))
    return f',\n  "links": [\n{rows}\n  ]\n}}' if rows else "\n}"


def _links(links: Iterable[Link]) -> list[Json]:
    return [{"rel": link.rel, "href": link.href, **({"title": link.title} if link.title else {})} for link in links]
