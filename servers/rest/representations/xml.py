"""XML: a document's members are the elements of one that has its name, links are Atom's link elements."""

from collections.abc import Iterator

from servers.guard import Refusal
from servers.rest.bodies.xml_values import ATOM, STEP, attribute, container, members, plain
from servers.rest.problems import members as problem_members
from servers.rest.views import Entry, Item, Link, Listing, View

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'

_NAMESPACE = attribute("xmlns:atom", ATOM)


def render(view: View) -> str:
    """The XML text of a resource; what a client sends back for an item reads as the same document."""
    if isinstance(view, Entry):
        title = f"{STEP}<title>{plain(view.title)}</title>"
        text = container("service", _NAMESPACE, (title, *_links(view.links, STEP)))
    elif isinstance(view, Listing):
        text = _listing(view)
    else:
        text = _item(view, _NAMESPACE, "")
    return DECLARATION + text


def render_problem(refusal: Refusal) -> str:
    """The problem document as application/problem+xml (RFC 9457, appendix B)."""
    inside = (_problem_member(name, value, STEP) for name, value in problem_members(refusal).items())
    return DECLARATION + container("problem", attribute("xmlns", "urn:ietf:rfc:7807"), inside)


def _item(item: Item, attributes: str, indent: str) -> str:
    shown = members(item.members(), item.definition.schema, indent + STEP)
    return container(item.definition.singular, attributes, (*shown, *_links(item.links, indent + STEP)), indent)


def _listing(listing: Listing) -> str:
    items = (_item(item, "", STEP) for item in listing.items)
    attributes = _NAMESPACE + attribute("total", str(listing.total))
    return container(listing.definition.name, attributes, (*items, *_links(listing.links, STEP)))


def _links(links: tuple[Link, ...], indent: str) -> Iterator[str]:
    for link in links:
        title = attribute("title", link.title) if link.title else ""
        yield f"{indent}<atom:link{attribute('rel', link.rel)}{attribute('href', link.href)}{title}/>"


def _problem_member(name: str, value: object, indent: str) -> str:
    if isinstance(value, dict):
        return container(name, "", (_problem_member(*member, indent + STEP) for member in value.items()), indent)
    if isinstance(value, list):
        return container(name, "", (_problem_member("i", one, indent + STEP) for one in value), indent)
    return f"{indent}<{name}>{plain(str(value))}</{name}>"
