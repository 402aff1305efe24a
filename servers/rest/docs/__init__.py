"""The documentation page: the OpenAPI document for people to read, on one page that fetches nothing."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from servers.rest.docs.operations import Operation, operations
from servers.rest.docs.schemas import tables
from servers.rest.queries.words import WORDS
from servers.rest.templates import Style, render
from servers.settings import RestSettings
from servers.status import MEANINGS, official_reason

_STYLE = Style("docs.css", form_action="'none'")

HEADERS = _STYLE.policy
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
    return render(
        "docs.html",
        css=_STYLE.css,
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


def _sections(tags: Sequence[Mapping[str, str]], every: Sequence[Operation]) -> list[Section]:
    return [Section(tag["name"], tag["description"], [one for one in every if tag["name"] == one.tag]) for tag in tags]
