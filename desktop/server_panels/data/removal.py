"""Deletes documents, a few between two turns of the event loop, and puts back what was deleted last."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from desktop.server_panels.data.editing import EXPECTED, sentence

if TYPE_CHECKING:
    from servers.rest.service import Service
    from servers.rest.storage.rows import Row

_AT_ONCE = 10
"""Writes in one turn of the loop, which also answers clients and paints."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The documents that were deleted or put back, those that were not, and why not."""

    done: tuple["Row", ...]
    rest: tuple["Row", ...] = ()
    fault: str = ""


async def delete(service: "Service", collection: str, keys: Iterable[str]) -> Outcome:
    """Delete documents; those that are gone already count for nothing."""
    done: list[Row] = []
    for turn, key in enumerate(keys, 1):
        try:
            done.append(service.delete(collection, key))
        except EXPECTED as refusal:
            if getattr(refusal, "status", None) != HTTPStatus.NOT_FOUND:
                return Outcome(tuple(done), (), sentence(refusal))
        if turn % _AT_ONCE == 0:
            await asyncio.sleep(0)
    return Outcome(tuple(done))


async def put_back(service: "Service", collection: str, rows: tuple["Row", ...]) -> Outcome:
    """Create deleted documents again, with the ids that they had; at the first refusal the rest stays deleted."""
    for at, row in enumerate(rows):
        try:
            service.create(collection, {"id": row.id, **row.document()})
        except EXPECTED as refusal:
            return Outcome(rows[:at], rows[at:], sentence(refusal, "id"))
        if at % _AT_ONCE == _AT_ONCE - 1:
            await asyncio.sleep(0)
    return Outcome(rows)
