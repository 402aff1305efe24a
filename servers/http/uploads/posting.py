"""Takes the files of a form that is posted to a folder."""

from contextlib import aclosing

from aiohttp import web

from servers.guard import Refusal
from servers.http.forms import MULTIPART
from servers.http.site import Place
from servers.http.uploads.incoming import Incoming, Stored
from servers.http.uploads.names import clean_name
from servers.logs import visible
from servers.multipart import Part
from servers.request_body import body_parts

OVERWRITE = "overwrite"
"""The form field, and the part of a query, that says that files may be replaced."""

_NO = {"0", "false", "no", "off"}
_LONGEST_WORD = 100
_HOW = "Choose “Replace files of the same name”, or add “?overwrite” to the URL, to replace it."


async def post(request: web.BaseRequest, place: Place, limit: int) -> list[Stored]:
    """Store the files of a multipart/form-data body of at most ``limit`` bytes (RFC 7578)."""
    if request.content_type != MULTIPART:
        raise Refusal(415, f"Files are added to a folder as {MULTIPART}, or with PUT.", {"Accept-Post": MULTIPART})
    async with Incoming(place, _HOW) as incoming:
        form = _Form(incoming, may_replace=may_replace(request))
        async with aclosing(body_parts(request, limit)) as events:
            async for event in events:
                await form.take(event)
        return await form.finish()


def may_replace(request: web.BaseRequest) -> bool:
    """Whether the query says that files may be replaced."""
    return OVERWRITE in request.query and _is_yes(request.query[OVERWRITE])


def _is_yes(value: str) -> bool:
    return value.strip().lower() not in _NO


class _Form:
    """The parts in their order: files, the field that says what may become of old ones, and others, which do not count.

    A file is refused as soon as its name is read: what is to count for it must have come before it.
    """

    def __init__(self, incoming: Incoming, *, may_replace: bool) -> None:
        self._incoming = incoming
        self._may_replace = may_replace
        self._names: set[str] = set()
        self._part: Part | None = None
        self._is_file = False
        self._word = b""

    async def take(self, event: Part | bytes) -> None:
        """Take the next part, or more of the last one."""
        if isinstance(event, Part):
            await self._end()
            await self._begin(event)
        elif self._is_file:
            await self._incoming.write(event)
        elif self._part is not None and self._part.filename is not None:
            clean_name("")  # a file without a name that is not empty
        elif len(self._word) < _LONGEST_WORD:
            self._word += event[:_LONGEST_WORD]

    async def finish(self) -> list[Stored]:
        """Put the files in their places."""
        await self._end()
        if not self._names:
            raise Refusal(400, "The form has no file. Choose one first.")
        return await self._incoming.put(replace=self._may_replace)

    async def _begin(self, part: Part) -> None:
        self._part, self._word = part, b""
        self._is_file = bool(part.filename)
        if not part.filename:  # empty where nobody has chosen a file
            return
        name = clean_name(part.filename.replace("%22", '"'))  # HTML, "Multipart form data"
        if name in self._names:
            raise Refusal(409, f"The form has two files with the name “{visible(name)}”. Nothing was changed.")
        self._names.add(name)
        self._incoming.check(name, replace=self._may_replace)
        await self._incoming.begin(name)

    async def _end(self) -> None:
        if self._is_file:
            await self._incoming.end()
            self._is_file = False
        elif self._part is not None and self._part.filename is None and self._part.name == OVERWRITE:
            self._may_replace = _is_yes(self._word.decode(errors="replace"))
        self._part = None
