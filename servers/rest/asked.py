"""What a request asks for, apart from its path: the query, the representation, its body as a document."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from servers.guard import Refusal
from servers.request_body import read_body
from servers.rest import media
from servers.rest.bodies import documents
from servers.rest.definition import Definition
from servers.rest.formats import Format, wanted
from servers.rest.problems import Fault, invalid
from servers.rest.strict_json import Json, JsonError, read

ACCEPT_PATCH = "application/merge-patch+json, application/json"
"""The value of the Accept-Patch header field (RFC 5789, section 3.1)."""

_PATCHES = {("application", "merge-patch+json"), ("application", "json")}


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that somebody filled in, kept so that a refusal can show it again with all that was typed."""

    definition: Definition
    texts: Mapping[str, str]
    method: str
    tag: str


TYPED = web.RequestKey("typed", Typed)


def pairs_of(request: web.BaseRequest) -> list[tuple[str, str]]:
    """The names and values in the query, decoded, in order."""
    return list(request.rel_url.query.items()) if request.rel_url.raw_query_string else []


def format_of(request: web.BaseRequest, definition: Definition | None = None) -> Format:
    """The representation that is asked for; a collection with a member ``format`` has ``_format`` for the word."""
    return wanted(request.headers.getall("Accept", ()), named_format(request, definition))


def named_format(request: web.BaseRequest, definition: Definition | None = None) -> str | None:
    """The name of a representation in the query, None where there is none."""
    if not request.rel_url.raw_query_string:
        return None
    words = request.rel_url.query
    also = None if definition is not None and "format" in definition.properties else words.get("format")
    return words.get("_format", also)


def content_type_of(request: web.BaseRequest) -> str:
    """The Content-Type; empty where there is none or more than one."""
    sent = request.headers.getall("Content-Type", ())
    return sent[0] if len(sent) == 1 else ""


async def document_in(request: web.BaseRequest, definition: Definition, limit: int) -> dict[str, Json]:
    """The members in the body of at most ``limit`` bytes, not yet validated. Raises Refusal 400, 413 or 415."""
    data = await read_body(request, limit)
    content_type = content_type_of(request)
    if documents.is_form(content_type):
        return (await form_in(request, definition, limit, data)).members
    return documents.read_document(data, content_type, definition)


async def form_in(
    request: web.BaseRequest, definition: Definition, limit: int, data: bytes | None = None
) -> documents.Form:
    """The form in the body; the request keeps it, so that nothing that was typed is lost."""
    if not documents.is_form(content_type_of(request)):
        detail = f"Only forms are posted here, as {documents.FORM}: with _method PUT or DELETE."
        raise Refusal(415, detail, {"Accept-Post": documents.FORM})
    form = documents.read_form(await read_body(request, limit) if data is None else data, definition)
    method = form.control.get("_method", "POST")
    request[TYPED] = Typed(definition, form.texts, method, form.control.get("_match", ""))
    return form


async def patch_in(request: web.BaseRequest, limit: int) -> dict[str, Json]:
    """The merge patch in the body. Raises Refusal 400, 413 or 415."""
    data = await read_body(request, limit)
    kind = media.parse(content_type_of(request))
    if kind is None or not kind.is_json or (kind.type, kind.subtype) not in _PATCHES:
        raise Refusal(415, f"A patch must be one of {ACCEPT_PATCH}.", {"Accept-Patch": ACCEPT_PATCH})
    try:
        patch = read(data)
    except JsonError as error:
        raise Refusal(400, str(error)) from error
    if not isinstance(patch, dict):
        raise invalid([Fault("", "It must be a JSON object: a merge patch with members of the resource.")])
    return patch
