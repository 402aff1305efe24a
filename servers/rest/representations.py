"""What clients see of resources: JSON texts with links, put together from stored text without parsing it again."""

from collections.abc import Iterable

from servers.rest.store import Row
from servers.rest.strict_json import write_document


def entry(collections: Iterable[str]) -> str:
    """The document at ``/``: a client that knows only this one finds the rest through its links."""
    links = [("self", "/"), *((name, f"/{name}") for name in collections)]
    return write_document({"title": "Portside REST service"})[:-2] + _tail(links)


def item(collection: str, row: Row) -> str:
    """One document between its id and its links."""
    links = [("self", f"/{collection}/{row.id}"), ("collection", f"/{collection}")]
    return f'{{\n  "id": {row.id},\n{row.text[2:-2]}{_tail(links)}'


def listing(collection: str, rows: Iterable[Row]) -> str:
    """The collection with the representations of all its documents."""
    texts = ",\n".join("    " + item(collection, row).replace("\n", "\n    ") for row in rows)
    inside = f"[\n{texts}\n  ]" if texts else "[]"
    return f'{{\n  "{collection}": {inside}{_tail([("self", f"/{collection}"), ("up", "/")])}'


def _tail(links: list[tuple[str, str]]) -> str:
    """The last member; relations and paths are names of ours, which need no escapes."""
    rows = ",\n".join(f'    {{"rel": "{rel}", "href": "{href}"}}' for rel, href in links)
    return f',\n  "links": [\n{rows}\n  ]\n}}'
