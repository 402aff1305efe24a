"""The documentation page: the OpenAPI document for people to read, on one page that fetches nothing."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from markupsafe import Markup

from servers.resources import resource_path
from servers.rest.docs.operations import Operation, operations
from servers.rest.docs.schemas import tables
from servers.rest.queries.words import WORDS
from servers.rest.templates import render
from servers.settings import RestSettings
from servers.status import MEANINGS, official_reason

_CSS = resource_path("rest", "docs.css").read_text(encoding="utf-8")
_CSS_HASH = b64encode(sha256(_CSS.encode()).digest()).decode()

# What XML 1.0 cannot hold (section 2.2), what HTML counts as an error, and what would turn the direction of the text.
_UNSHOWN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)

HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_CSS_HASH}'; img-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
}
"""Header fields for the page: nothing but its own style sheet."""


class Section(NamedTuple):
    """The operations of one tag."""

    name: str
    about: str
    operations: Sequence[Operation]


def page(document: Mapping[str, Any]) -> str:
    """The page for an OpenAPI document of this service, to be sent with HEADERS as text/html.

    Its examples call the first of the document's servers, if its URL is absolute, else the usual port of this computer.
    """
    url = document["servers"][0]["url"].rstrip("/")
    base = url or f"http://localhost:{RestSettings().port}"
    every = list(operations(document, base))
    text = render(
        "docs.html",
        css=Markup(_CSS),  # noqa: S704 - a file of ours
        info=document["info"],
        paragraphs=document["info"]["description"].split("\n\n"),
        base=base,
        secured="security" in document,
        sections=_sections(document["tags"], every),
        deletion=next((one for one in every if one.method == "DELETE" and one.responses[0].status == "200"), None),
        tables=list(tables(document)),
        words=WORDS,
        codes=[(status, official_reason(status), meaning) for status, meaning in MEANINGS.items()],
    )
    return _UNSHOWN.sub("\ufffd", text)


def _sections(tags: Sequence[Mapping[str, str]], every: Sequence[Operation]) -> list[Section]:
    return [Section(tag["name"], tag["description"], [one for one in every if tag["name"] == one.tag]) for tag in tags]
