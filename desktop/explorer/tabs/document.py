"""A request that is open: as it is typed, and as its file has it."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from desktop.explorer.http_files.http_file import Part, parse
from desktop.explorer.model.request import Request
from desktop.explorer.model.stored import restore, store
from desktop.explorer.workspace.origin import Origin

UNNAMED = "New request"
_LONGEST = 200  # characters of a name


@dataclass(frozen=True, slots=True)
class Document:
    """``origin`` is the place in a file, None where it has none yet; ``title`` names a request without a place."""

    request: Request
    origin: Origin | None = None
    title: str = ""

    @property
    def part(self) -> Part | None:
        """The part of the file, as it was read; None without a place."""
        return None if self.origin is None else _part(self.origin.text)

    @property
    def saved(self) -> Request:
        """The request as its file has it; an empty one without a place."""
        part = self.part
        return Request() if part is None or part.request is None else part.request

    @property
    def name(self) -> str:
        """What the tab is called: as in the tree of the collections."""
        part = self.part
        called = "" if part is None else part.title or part.name
        return (self.title or called)[:_LONGEST] or short(self.request) or UNNAMED


def opened(origin: Origin) -> Document:
    """The document of a part as its file has it."""
    empty = Document(Request(), origin)
    return replace(empty, request=empty.saved)


def short(request: Request) -> str:
    """The path of a request, as a name for it; empty for an empty URL."""
    url = request.url.strip()
    _, _, rest = url.partition("://")
    place, slash, path = (rest or url).partition("/")
    return f"/{path}"[:_LONGEST] if slash and path else place[:_LONGEST]


def to_json(document: Document) -> dict[str, Any]:
    """The document in the types of JSON."""
    origin = document.origin
    place = None if origin is None else {"path": str(origin.path), "index": origin.index, "text": origin.text}
    return {"request": store(document.request), "origin": place, "title": document.title}


def from_json(stored: dict[str, Any]) -> Document:
    """The document that ``to_json`` was given. Raises ValueError for other shapes."""
    try:
        place, title = stored["origin"], stored["title"]
        origin = None if place is None else Origin(Path(place["path"]), int(place["index"]), str(place["text"]))
        return Document(restore(stored["request"]), origin, str(title))
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"not a document: {error}") from error


@lru_cache(64)
def _part(text: str) -> Part | None:
    """The part with this text; it may be long, and is asked for whenever a tab is named."""
    return next(iter(parse(text).parts), None)
