"""The documents in request bodies: JSON, XML and the fields of forms, read strictly."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from servers.guard import Refusal
from servers.logs import visible
from servers.rest import media
from servers.rest.bodies.typed_text import Schema, kinds, schema_of_items, text_of, value_of
from servers.rest.bodies.xml_reading import read_xml
from servers.rest.definition import Definition
from servers.rest.problems import Fault, invalid, pointer
from servers.rest.strict_json import Json, JsonError, read, write

ACCEPT_POST = "application/json, application/xml, text/xml, application/x-www-form-urlencoded"
"""The value of the Accept-Post header field: what a document may be sent as."""

FORM = "application/x-www-form-urlencoded"

MAX_FIELDS = 1000
"""A form may have so many fields."""

_STRAY_PERCENT = re.compile(b"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Form:
    """What a form sent: the members of the document, the ``control`` fields, and the ``texts`` of the members.

    Names of control fields begin with "_", like ``_method``; they are no part of the document.
    """

    members: dict[str, Json]
    control: Mapping[str, str]
    texts: Mapping[str, str]


def read_document(data: bytes, content_type: str, definition: Definition) -> dict[str, Json]:
    """The members of the document in a request body, which is to be an item of ``definition``; not yet validated.

    Raises Refusal, and nothing else: 415 for another media type (``content_type`` is the header field's value, empty
    where there is none), 400 for content that is not what the type says.
    """
    kind = media.parse(content_type)
    if kind is not None and kind.is_json:
        return _read_json(_not_empty(data))
    if kind is not None and _is_xml(kind):
        return _strict(read_xml(_not_empty(data), _charset(kind), definition))
    if is_form(content_type):
        return read_form(data, definition).members
    what = f"“{visible(content_type[:100])}”" if content_type else "no Content-Type"
    detail = f"The body must be JSON, XML or the fields of a form, in UTF-8; the request has {what}."
    raise Refusal(415, detail, {"Accept-Post": ACCEPT_POST})


def is_form(content_type: str) -> bool:
    """Whether the body is the fields of a form in UTF-8, the only encoding they may have."""
    kind = media.parse(content_type)
    return kind is not None and f"{kind.type}/{kind.subtype}" == FORM and _charset(kind) in {"", "utf-8"}


def read_form(data: bytes, definition: Definition) -> Form:
    """Read the fields of a form (URL standard, section 5.1), strictly in UTF-8; Refusal 400 for any other bytes.

    An empty text leaves its member out. A field that is there several times is an array if the schema says so. Browsers
    send every line break as CR LF; it becomes a line feed.
    """
    fields: dict[str, list[str]] = {}
    for name, text in _fields(data):
        fields.setdefault(name, []).append(text)
    control = {name: _only(name, texts) for name, texts in fields.items() if name.startswith("_")}
    sent = {name: kept for name, texts in fields.items() if name not in control and (kept := [t for t in texts if t])}
    members = {name: _value(name, texts, definition.properties.get(name, {})) for name, texts in sent.items()}
    shown = {name: texts[0] if len(texts) == 1 else text_of(members[name]) for name, texts in sent.items()}
    return Form(_strict(members), control, shown)


def _read_json(data: bytes) -> dict[str, Json]:
    try:
        value = read(data)
    except JsonError as error:
        raise Refusal(400, str(error)) from error
    if not isinstance(value, dict):
        raise invalid([Fault("", "It must be a JSON object.")])
    return value


def _fields(data: bytes) -> Iterator[tuple[str, str]]:
    if data.count(b"&") >= MAX_FIELDS:
        raise Refusal(400, f"The form has more than {MAX_FIELDS:,} fields.")
    for number, field in enumerate(data.split(b"&"), 1):
        if field:
            name, _, value = field.partition(b"=")
            yield _decoded(name, number), _decoded(value, number).replace("\r\n", "\n")


def _decoded(encoded: bytes, number: int) -> str:
    if _STRAY_PERCENT.search(encoded):
        raise Refusal(400, f"Field {number} of the form has a “%” without two hexadecimal digits after it.")
    try:
        return unquote_to_bytes(encoded.replace(b"+", b" ")).decode()
    except UnicodeDecodeError as error:
        raise Refusal(400, f"Field {number} of the form is not UTF-8.") from error


def _value(name: str, texts: list[str], schema: Schema) -> Json:
    """The value of a member; the text of a whole array is JSON text, any other text is one element of it."""
    is_array = "array" in kinds(schema)
    if is_array and len(texts) > 1:
        return [value_of(text, schema_of_items(schema)) for text in texts]
    text = _only(name, texts)
    if kinds(schema) == ("array",) and not text.lstrip().startswith("["):
        return [value_of(text, schema_of_items(schema))]
    return value_of(text, schema)


def _only(name: str, texts: list[str]) -> str:
    if len(texts) > 1:
        raise invalid([Fault(pointer(name), f"It is there {len(texts)} times; it can have one value only.")])
    return texts[0]


def _strict(members: dict[str, Json]) -> dict[str, Json]:
    """The same, held to the limits of JSON bodies as a whole: JSON inside a text could go deeper than either may."""
    return _read_json(write(members).encode())


def _not_empty(data: bytes) -> bytes:
    if not data:
        raise Refusal(400, "The request body is empty; it must be a document.")
    return data


def _is_xml(kind: media.MediaType) -> bool:
    """Whether content of this type is XML (RFC 7303) that may be a document, in an encoding that is read."""
    named = kind.type in {"application", "text"} and kind.subtype == "xml"
    other = kind.subtype.endswith("+xml") and kind.subtype != "problem+xml"
    return (named or other) and _charset(kind) in {"", "utf-8", "utf-16"}


def _charset(kind: media.MediaType) -> str:
    return next((value for name, value in kind.parameters if name == "charset"), "")
