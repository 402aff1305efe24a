"""Resources as pages for people: XHTML that is also HTML, with links and forms that work, and no script."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup, escape

from servers.guard import Refusal
from servers.rest.definition import Definition
from servers.rest.forms import MAX_FIELDS, Form, fields, fits, texts_of
from servers.rest.problems import Problem, member_of
from servers.rest.representations.html_listing import Asked, cut, first_row, plain, search_again, table, target
from servers.rest.strict_json import Json, Number, write
from servers.rest.templates import Style
from servers.rest.templates import render as fill
from servers.rest.views import Item, Link, Listing, View
from servers.status import MEANINGS, official_reason

_STYLE = Style("pages.css", form_action="'self'")

HEADERS = _STYLE.policy
"""Header fields for the pages of this module: nothing but their own style sheet, and forms only to this server."""

_FORMATS = (
    ("json", "JSON", "application/json"),
    ("xml", "XML", "application/xml"),
    ("text", "text", "text/plain"),
    ("atom", "Atom", "application/atom+xml"),
)
_INLINE = 2000
"""Characters of JSON up to which a nested value is spread out; longer ones stay JSON."""

_KEPT_IN_FIELDS = re.compile("[\t\n\u202a-\u202e\u2066-\u2069]")


class Member(NamedTuple):
    """A member on an item's page: ``links`` in its place if it names other resources, ``json`` if it is too large."""

    name: str
    value: Json
    links: tuple[Link, ...]
    json: str


def render(view: View, *, tag: str = "", query: str = "", note: str = "", gone: bool = False) -> str:
    """The page of a resource, to be sent with HEADERS as text/html or application/xhtml+xml.

    ``tag`` is the entity tag that its forms name as the state they change, ``query`` the raw query string that was
    asked, ``note`` a sentence to begin with. What is ``gone`` has no forms and no other representations.
    """
    asked = Asked(view.links[0].href.partition("?")[0], query)
    if isinstance(view, Item):
        return _item(view, asked, tag, note, gone)
    if isinstance(view, Listing):
        return _listing(view, asked, note)
    return _page("entry.html", view.title, formats=_formats(asked), note=note, entry=view)


def problem(
    refusal: Refusal,
    *,
    definition: Definition | None = None,
    path: str = "",
    texts: Mapping[str, str] = {},
    method: str = "POST",
    tag: str = "",
) -> str:
    """The page of a refusal; with a ``definition``, the form that was sent again, with the ``texts`` that were typed.

    ``path`` is where the request went, ``method`` the one that was meant, ``tag`` the entity tag that the form named.
    After a 412 the form names any: whoever sends it again has been told that it replaces what others wrote.
    """
    faults = refusal.faults if isinstance(refusal, Problem) else ()
    form = None
    if definition is not None and not definition.protected and method in {"POST", "PUT"} and len(texts) <= MAX_FIELDS:
        form = Form(path, method, tag, "Create" if method == "POST" else "Save", fields(definition, texts, faults))
        if refusal.status == 412:
            form = replace(form, tag="*", button="Save over it")
    return _page(
        "problem.html",
        f"{refusal.status} {official_reason(refusal.status)}",
        refusal=refusal,
        meaning=MEANINGS.get(refusal.status, ""),
        faults=[(fault, _anchor(form, member_of(fault))) for fault in faults],
        form=form,
        path=path,
        what=definition.singular if definition else "resource",
    )


def _item(item: Item, asked: Asked, tag: str, note: str, gone: bool) -> str:
    document = item.row.document()
    changeable = not (gone or item.definition.protected)
    form = None
    if changeable and fits(document):
        form = Form(item.path, "PUT", tag, "Save", fields(item.definition, texts_of(document), document=document))
    return _page(
        "item.html",
        item.title,
        formats=[] if gone else _formats(asked, item.definition),
        note=note,
        item=item,
        collection=asked.path.rpartition("/")[0],
        members=[_member(item, name, value) for name, value in item.members().items()],
        form=form,
        tag=tag,
        changeable=changeable,
        gone=gone,
        max_fields=MAX_FIELDS,
    )


def _listing(listing: Listing, asked: Asked, note: str) -> str:
    definition = listing.definition
    form = Form(asked.path, "POST", "", "Create", fields(definition, {}))
    return _page(
        "list.html",
        listing.title,
        formats=_formats(asked, definition),
        note=note,
        listing=listing,
        asked=asked,
        first=first_row(listing, asked),
        table=table(listing, asked),
        pages={link.rel: link.href for link in listing.links if link.rel in {"first", "prev", "next", "last"}},
        kept=search_again(asked),
        form=None if definition.protected else form,
    )


def _page(template: str, heading: str, **context: object) -> str:
    given = {"formats": (), "note": ""} | context
    return fill(template, heading=heading, css=_STYLE.css, exact=_exact, cut=cut, **given)


def _exact(text: str) -> Markup:
    """An attribute's or a field's text that the parsers of HTML and of XML both give back as it is."""
    return Markup(_KEPT_IN_FIELDS.sub(lambda match: f"&#{ord(match[0])};", str(escape(text))))  # noqa: S704 - escaped


def _formats(asked: Asked, definition: Definition | None = None) -> list[Link]:
    """Links to the other representations; a collection with a member ``format`` is asked with ``_format``."""
    word = "_format" if definition and "format" in definition.properties else "format"
    return [Link(kind, asked.href(frozenset({word}), f"{word}={name}"), title) for name, title, kind in _FORMATS]


def _member(item: Item, name: str, value: Json) -> Member:
    links = _embedded(item, name, value) if name in item.extra else ()
    if isinstance(value, str | Number):
        href = target(item, name)
        links = (Link("", href, plain(value)),) if href else ()
    text = write(value) if isinstance(value, dict | list) else ""
    return Member(name, value, links, text if len(text) > _INLINE else "")


def _embedded(item: Item, name: str, value: Json) -> tuple[Link, ...]:
    """Links to resources that are shown inside another: a list of its children, or its parent."""
    if isinstance(value, list):
        return tuple(
            Link("", f"/{quote(name, safe='')}/{quote(plain(one['id']), safe='')}", _name(one))
            for one in value
            if isinstance(one, dict) and "id" in one
        )
    href = next((link.href for link in item.links if link.rel == name), "")
    return (Link("", href, _name(value)),) if href and isinstance(value, dict) else ()


def _name(document: Mapping[str, Json]) -> str:
    names = (document.get(member) for member in ("name", "title"))
    found = next((name for name in names if isinstance(name, str) and name), None)
    return found or plain(document.get("id", ""))


def _anchor(form: Form | None, name: str) -> str:
    """The id of the field of a member; empty where there is none."""
    names = [field.name for field in form.fields] if form else []
    return f"field-{names.index(name) + 1}" if name in names else ""
