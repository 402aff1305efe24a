"""Reads the forms that are posted to dynamic pages: their fields, and the files by name and size."""

from contextlib import aclosing
from dataclasses import dataclass
from urllib.parse import parse_qsl

from aiohttp import web

from servers.guard import Refusal
from servers.multipart import Part
from servers.request_body import body_parts, read_body

MAX_FORM = 1024 * 1024
"""Bytes that all fields together may have."""

MAX_FILES = 64 * 1024 * 1024
"""Bytes that the whole body may have with its files, which are counted and not kept."""

MAX_FIELDS = 1000
MULTIPART = "multipart/form-data"
"""The media type of forms with files."""

_URLENCODED = "application/x-www-form-urlencoded"
_ACCEPTED = f"{_URLENCODED}, {MULTIPART}"
_TOO_MUCH = {"Connection": "close"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; of a file ``value`` is the name that was sent, and ``size`` its length in bytes."""

    name: str
    value: str
    size: int | None = None


async def read_form(request: web.BaseRequest) -> list[Field]:
    """The fields in their order. Raises Refusal 400, 408, 413 and 415."""
    if request.content_type == MULTIPART:
        return await _multipart(request)
    body = await read_body(request, MAX_FORM)
    if request.content_type != _URLENCODED:
        raise Refusal(415, f"A dynamic page takes forms as {_URLENCODED} or {MULTIPART}.", {"Accept-Post": _ACCEPTED})
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
    except ValueError:
        raise Refusal(400, f"The form is not valid UTF-8 or has more than {MAX_FIELDS:,} fields.") from None
    return [Field(name, value) for name, value in pairs]


async def _multipart(request: web.BaseRequest) -> list[Field]:
    """A form with files (RFC 7578), of which only the sizes are kept."""
    parts = _Parts()
    async with aclosing(body_parts(request, MAX_FILES)) as events:
        async for event in events:
            parts.take(event)
    return parts.fields()


class _Parts:
    """What has come of a form."""

    def __init__(self) -> None:
        self._parts: list[Part] = []
        self._sizes: list[int] = []
        self._values: list[bytearray] = []
        self._in_fields = 0

    def take(self, event: Part | bytes) -> None:
        """Take the next part, or more of the last one."""
        if isinstance(event, Part):
            if not event.name:
                raise _malformed("Every part of it must have a name.")
            self._parts.append(event)
            self._sizes.append(0)
            self._values.append(bytearray())
            return
        self._sizes[-1] += len(event)
        if self._parts[-1].filename is None:
            self._values[-1] += event
            self._in_fields += len(event)
            if self._in_fields > MAX_FORM:
                raise Refusal(413, f"The fields of the form are larger than {MAX_FORM:,} bytes.", _TOO_MUCH)

    def fields(self) -> list[Field]:
        """All of it."""
        try:
            return [
                Field(part.name, value.decode("utf-8"))
                if part.filename is None
                else Field(part.name, part.filename, size)
                for part, size, value in zip(self._parts, self._sizes, self._values, strict=True)
            ]
        except UnicodeDecodeError:
            raise _malformed("Its fields are not valid UTF-8.") from None


def _malformed(sentence: str) -> Refusal:
    return Refusal(400, f"The form is not well-formed multipart/form-data (RFC 7578). {sentence}", _TOO_MUCH)
