"""Finds files under one set of rules, and makes their forms when these are first asked for."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from servers.guard import Refusal
from servers.http.files.codings import CODINGS, IDENTITY, SUFFIXES, compress, is_compressible
from servers.http.files.forms import Form, compressed, form_of
from servers.http.files.lookup import look_up, special_file
from servers.http.files.memory import Found, Memory, see
from servers.http.files.opened import Changed, Opened
from servers.http.site import Place, media_type

SMALL = 256 * 1024
"""Bytes up to which a file is kept in memory."""

LARGEST = 8 * 1024 * 1024
"""Bytes up to which a file is compressed, and a page transformed."""

LEAST = 200
"""Bytes up to which it is not worth while."""

_NEGOTIATED = {"Vary": "Accept-Encoding"}

Transform = Callable[[bytes], bytes]


class Finder:
    """What files are found, for as long as the settings stay the same; ``headers`` are those that all of them get.

    ``transform`` changes pages (text/html of at most LARGEST bytes) before they are sent.
    """

    def __init__(
        self, root: Path, headers: Mapping[str, str], *, compression: bool, transform: Transform | None
    ) -> None:
        self.memory = Memory()
        self._root = root
        self._headers = headers
        self._compression = compression
        self._transform = transform

    async def found(self, path: str) -> Found:
        """The file that a decoded path stands for. Raises what ``look_up`` does, and Changed."""
        found = self.memory.get(path)
        if found is None:
            found = await self._look(look_up(self._root, path))
            self.memory.put(path, found)
        return found

    async def form(self, path: str, found: Found, coding: str) -> Form:
        """The form of it in a coding that it offers. Raises Changed."""
        form = found.forms.get(coding)
        if form is None:
            form = found.forms[coding] = await _compressed(found, coding)
            self.memory.put(path, found)
        return form

    async def _look(self, place: Place) -> Found:
        content_type = media_type(place.real)
        is_negotiated = self._compression and is_compressible(content_type)
        headers = {"Content-Type": content_type, **self._headers, **(_NEGOTIATED if is_negotiated else {})}
        transform = self._transform if content_type.startswith("text/html") else None
        siblings = self._siblings(place) if is_negotiated and transform is None else {}
        seen = see(self._root, [place, *siblings.values()], with_folder=is_negotiated)
        identity = await _of_file(place, headers, IDENTITY, transform)
        forms = {IDENTITY: identity}
        for coding, sibling in siblings.items():
            with suppress(Refusal):
                form = await _of_file(sibling, headers, coding, None)
                if form.changed_ns >= identity.changed_ns:
                    forms[coding] = form
        may_pack = is_negotiated and LEAST < identity.size <= LARGEST
        offers = tuple(coding for coding in CODINGS if may_pack or coding in forms)
        is_lasting = seen is not None and seen.matches([form.signature for form in forms.values()])
        return Found(seen if is_lasting else None, forms, (*offers, IDENTITY) if offers else ())

    def _siblings(self, place: Place) -> dict[str, Place]:
        """The compressed forms that lie beside a file, under the same rules."""
        found = {coding: special_file(self._root, place.path + suffix) for coding, suffix in SUFFIXES.items()}
        return {coding: sibling for coding, sibling in found.items() if sibling is not None}


async def _of_file(place: Place, headers: Mapping[str, str], coding: str, transform: Transform | None) -> Form:
    with Opened(place) as opened:
        body = await opened.whole() if opened.size <= (SMALL if transform is None else LARGEST) else None
        if transform is not None and body is not None:
            body = transform(body)
        size = opened.size if body is None else len(body)
        return form_of(place, opened.signature, size, body, headers, coding)


async def _compressed(found: Found, coding: str) -> Form:
    """Compress in a thread, once for all who ask meanwhile."""
    identity = found.forms[IDENTITY]
    coming = found.coming.get(coding)
    if coming is None:
        coming = asyncio.get_running_loop().run_in_executor(None, _pack, identity, coding)
        found.coming[coding] = coming
    try:
        body = await asyncio.shield(coming)
    finally:
        found.coming.pop(coding, None)
    if body is None:
        raise Changed
    return compressed(identity, coding, body)


def _pack(identity: Form, coding: str) -> bytes | None:
    """The bytes in a coding; None when the file is not any more what it was."""
    if identity.body is not None:
        return compress(identity.body, coding)
    try:
        with Opened(identity.place) as opened:
            if opened.signature != identity.signature:
                return None
            return compress(opened.whole_now(), coding)
    except (Changed, Refusal):
        return None
