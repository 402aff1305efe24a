"""JSONPath and XPath over a body: what they select is shown as it was received."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from desktop.explorer.reading.filter_jobs import FilterError, Place, select_json
from desktop.explorer.reading.jobs import JobDied, in_process
from desktop.explorer.reading.source import source_of
from desktop.explorer.reading.xml_jobs import select_xml
from desktop.explorer.sending.blob import Blob

__all__ = ["FilterError", "Filtered", "Place", "jsonpath", "xpath"]

LARGEST = 100 * 1024 * 1024
"""Bytes of a body that can be filtered: it is parsed as a whole, away from the window."""

PATIENCE = 30.0
"""Seconds that a filter may take."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """``text`` has the selected values, one after another, each followed by a line end; ``count`` is their number.

    ``places`` are those of the values in ``text``; ``note`` is a sentence where these are not all, else empty.
    """

    text: Blob
    count: int
    places: tuple[Place, ...]
    note: str = ""


async def jsonpath(blob: Blob, path: str) -> Filtered:
    """Select by a JSONPath (RFC 9535) from a JSON text in UTF-8, or from each of several values. Raises FilterError."""
    return await _filtered(blob, select_json, path)


async def xpath(blob: Blob, expression: str, content_type: str = "") -> Filtered:
    """Select by an XPath 1.0 from XML, or from HTML where the content type says so. Raises FilterError.

    Prefixes are those of the document; its default namespace has the prefix ``_``. Elements of XML are shown as they
    were received, those of HTML as a browser would put them right.
    """
    return await _filtered(blob, select_xml, expression, content_type)


class _News(NamedTuple):
    pieces: list[bytes]
    places: list[Place]


async def _filtered(blob: Blob, select: Callable[..., int], *arguments: str) -> Filtered:
    if blob.size > LARGEST:
        raise FilterError(f"A body of more than {LARGEST >> 20} MB cannot be filtered; searching it is possible.")
    news = _News([], [])

    def take(one: tuple[bytes, list[Place]]) -> None:
        news.pieces.append(one[0])
        news.places.extend(one[1])

    try:
        async with asyncio.timeout(PATIENCE):
            count = await in_process(select, source_of(blob), *arguments, progress=take)
    except TimeoutError:
        raise FilterError(f"The filter was given up after {PATIENCE:.0f} s.") from None
    except (OSError, JobDied) as error:
        raise FilterError(f"The body could not be filtered: {error}") from None
    text = Blob()
    for piece in news.pieces:
        await text.append(piece)
    shown = len(news.places)
    note = f"The first {shown:,} of {count:,} values are shown." if shown < count else ""
    return Filtered(text, count, tuple(news.places), note)
