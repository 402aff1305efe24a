"""The form endpoint: a page with an HTML form, and the fields of any form that is posted to it."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from aiohttp import web

from servers.guard import Refusal
from servers.multipart import MultipartError, Part, Splitter
from servers.request_body import read_body
from servers.rest import media
from servers.rest.lab.answers import MAX_BODY, json_response, number, page, pairs, prefers_html, readable
from servers.rest.lab.endpoints import Endpoint, endpoint
from servers.rest.strict_json import Json

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
ACCEPTED = f"{URLENCODED}, {MULTIPART}"
MAX_FIELDS = 1000


@dataclass(slots=True)
class Form:
    """The fields of a form in their order, and of each file its part and its size in bytes."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[Part, int]] = field(default_factory=list)

    def as_json(self) -> dict[str, Json]:
        """The form as it is answered."""
        files: list[Json] = [describe(part, size) for part, size in self.files]
        return {"fields": pairs(self.fields), "files": files}


def endpoints() -> tuple[Endpoint, ...]:
    """The form endpoint."""
    text = f"GET has an HTML form; POST shows the fields of a form sent as {URLENCODED} or {MULTIPART}."
    return (endpoint("form", text, GET=_show, POST=_take),)


def is_form(content_type: str) -> bool:
    """Whether a body of this type is a form that can be read."""
    return _kind(content_type) in {URLENCODED, MULTIPART}


def read_form(body: bytes, content_type: str) -> Form:
    """Read a form. Raises Refusal 415 for a body of another type and 400 for a malformed one."""
    if not is_form(content_type):
        raise Refusal(415, f"This endpoint takes forms as {ACCEPTED}.", {"Accept-Post": ACCEPTED})
    try:
        return _multipart(body, content_type) if _kind(content_type) == MULTIPART else _urlencoded(body)
    except MultipartError as error:
        raise Refusal(400, str(error)) from error
    except ValueError:
        raise Refusal(400, f"The form is not valid UTF-8 or has more than {MAX_FIELDS:,} fields.") from None


def describe(part: Part, size: int) -> dict[str, Json]:
    """The head of a part and the size of its content."""
    return {
        "name": readable(part.name),
        "filename": None if part.filename is None else readable(part.filename),
        "type": None if part.content_type is None else readable(part.content_type),
        "size": number(size),
    }


async def _show(_request: web.BaseRequest) -> web.Response:
    return page("lab/form.html", form=None)


async def _take(request: web.BaseRequest) -> web.Response:
    body = await read_body(request, MAX_BODY)
    form = read_form(body, request.headers.get("Content-Type", ""))
    return page("lab/form.html", form=form) if prefers_html(request) else json_response(form.as_json())


def _kind(content_type: str) -> str:
    kind = media.parse(content_type)
    return f"{kind.type}/{kind.subtype}" if kind is not None else ""


def _urlencoded(body: bytes) -> Form:
    return Form(parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS))


def _multipart(body: bytes, content_type: str) -> Form:
    splitter = Splitter(content_type)
    parts: list[tuple[Part, bytearray]] = []
    for event in splitter.feed(body):
        if isinstance(event, Part):
            parts.append((event, bytearray()))
        else:
            parts[-1][1].extend(event)
    splitter.finish()
    return Form(
        [(part.name, content.decode()) for part, content in parts if part.filename is None],
        [(part, len(content)) for part, content in parts if part.filename is not None],
    )
