"""The representations that resources have, and which of them a request asks for (RFC 9110, section 12)."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from servers.guard import Refusal
from servers.rest import media
from servers.rest.representations import json
from servers.rest.views import View


class Format(NamedTuple):
    """A representation: its name in ``?format=`` and in entity tags, its Content-Type, the module that writes it."""

    name: str
    content_type: str
    module: str

    def render(self, view: View) -> str:
        """The text of a view in this representation; HTML knows more and has a way of its own."""
        return _renderer(self.module)(view)


JSON = Format("json", "application/json; charset=utf-8", "json")
HTML = Format("html", "text/html; charset=utf-8", "html")
XHTML = Format("xhtml", "application/xhtml+xml; charset=utf-8", "html")
XML = Format("xml", "application/xml; charset=utf-8", "xml")
TEXT = Format("text", "text/plain; charset=utf-8", "text")
ATOM = Format("atom", "application/atom+xml; charset=utf-8", "atom")

FORMATS = {one.name: one for one in (JSON, HTML, XHTML, XML, TEXT, ATOM)}
"""In the order in which the server prefers them where a client likes several alike."""

_OFFERS = {one.content_type: one for one in FORMATS.values()} | {
    "text/xml; charset=utf-8": XML,
    "application/atom+xml; type=feed": ATOM,  # RFC 5023, section 12.1
    "application/atom+xml; type=entry": ATOM,
}
_TYPES = ", ".join(one.content_type.partition(";")[0] for one in FORMATS.values())

PROBLEM_JSON = "application/problem+json"
PROBLEM_XML = "application/problem+xml"
_PROBLEM_OFFERS = {
    "application/json": PROBLEM_JSON,
    PROBLEM_JSON: PROBLEM_JSON,
    "text/html": HTML.content_type,
    "application/xhtml+xml": XHTML.content_type,
    "application/xml": PROBLEM_XML,
    "text/xml": PROBLEM_XML,
    PROBLEM_XML: PROBLEM_XML,
}


def wanted(accept: Sequence[str], named: str | None) -> Format:
    """The format that the query names, else what the Accept fields like best. Raises Refusal 400 or 406."""
    if named is not None:
        if named not in FORMATS:
            raise Refusal(400, f"There is no such format; there are {', '.join(FORMATS)}.")
        return FORMATS[named]
    found = media.choose(", ".join(accept) or None, tuple(_OFFERS))
    if found is None:
        raise Refusal(406, f"The Accept header excludes all representations of this resource: {_TYPES}.")
    return _OFFERS[found]


def wanted_for_problem(accept: Sequence[str], named: str | None) -> str:
    """The media type for a problem: JSON unless the client likes another better, also where it accepts none."""
    if named in FORMATS:
        accept = (FORMATS[named].content_type.partition(";")[0],)
    found = media.choose(", ".join(accept) or None, tuple(_PROBLEM_OFFERS))
    return _PROBLEM_OFFERS.get(found or "", PROBLEM_JSON)


def _renderer(module: str) -> Callable[[View], str]:
    """The modules load when they are first needed; HTML's alone brings a template engine."""
    if module == "json":
        return json.render
    if module == "xml":
        from servers.rest.representations import xml

        return xml.render
    if module == "text":
        from servers.rest.representations import text

        return text.render
    from servers.rest.representations import atom

    return atom.render
