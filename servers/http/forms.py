"""Reads the forms that are posted to dynamic pages: their fields, and the files by name and size."""

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, web

from servers.guard import Refusal
from servers.web import BODY_DEADLINE, check_encoding, invite, read_body

MAX_FORM = 1024 * 1024
"""Bytes that all fields together may have."""

MAX_FILES = 64 * 1024 * 1024
"""Bytes that the whole body may have with its files, which are counted and not kept."""

MAX_FIELDS = 1000
_URLENCODED, _MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
_ACCEPTED = f"{_URLENCODED}, {_MULTIPART}"
_TOO_MUCH = {"Connection": "close"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; of a file ``value`` is the name that was sent, and ``size`` its length in bytes."""

    name: str
    value: str
    size: int | None = None


async def read_form(request: web.BaseRequest) -> list[Field]:
    """The fields in their order. Raises Refusal 400, 408, 413 and 415."""
    if request.content_type == _MULTIPART:
        return await _multipart(request)
    body = await read_body(request, MAX_FORM)
    if request.content_type != _URLENCODED:
        raise Refusal(415, f"A dynamic page takes forms as {_URLENCODED} or {_MULTIPART}.", {"Accept-Post": _ACCEPTED})
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except ValueError:
        raise Refusal(400, f"The form is not valid UTF-8 or has more than {MAX_FIELDS:,} fields.") from None
    return [Field(name, value) for name, value in pairs]


async def _multipart(request: web.BaseRequest) -> list[Field]:
    """A form with files (RFC 7578)."""
    check_encoding(request)
    if (request.content_length or 0) > MAX_FILES:
        raise _too_large()
    await invite(request)
    try:
        async with asyncio.timeout(BODY_DEADLINE):
            return await _Parts().read(await request.multipart())
    except TimeoutError:
        raise Refusal(408, "The form did not arrive in time.", _TOO_MUCH) from None
    except (ValueError, AssertionError, LookupError, web.HTTPException) as error:
        if isinstance(error, web.HTTPException):
            raise
        raise Refusal(400, "The form is not well-formed multipart/form-data (RFC 7578).", _TOO_MUCH) from None


class _Parts:
    """Counts what comes while the parts are read."""

    def __init__(self) -> None:
        self._fields: list[Field] = []
        self._in_fields = self._in_all = 0

    async def read(self, reader: MultipartReader) -> list[Field]:
        while (part := await reader.next()) is not None:
            if not isinstance(part, BodyPartReader) or part.name is None:
                raise ValueError("a part is no field")
            if len(self._fields) == MAX_FIELDS:
                raise Refusal(400, f"The form has more than {MAX_FIELDS:,} fields.", _TOO_MUCH)
            self._fields.append(await self._field(part, part.name))
        return self._fields

    async def _field(self, part: BodyPartReader, name: str) -> Field:
        is_file = part.filename is not None
        content, size = bytearray(), 0
        while chunk := await part.read_chunk():
            size += len(chunk)
            self._count(len(chunk), is_file=is_file)
            if not is_file:
                content += chunk
        return Field(name, part.filename or "", size) if is_file else Field(name, content.decode("utf-8"))

    def _count(self, size: int, *, is_file: bool) -> None:
        self._in_all += size
        self._in_fields += 0 if is_file else size
        if self._in_all > MAX_FILES or self._in_fields > MAX_FORM:
            raise _too_large()


def _too_large() -> Refusal:
    return Refusal(413, f"The form is larger than {MAX_FORM:,} bytes, or {MAX_FILES:,} with its files.", _TOO_MUCH)
