"""Describes the whole service as an OpenAPI 3.1 document."""

from collections.abc import Iterable
from typing import Any

from servers import VERSION
from servers.rest.definition import Definition, Relation
from servers.rest.openapi import parameters, paths, responses, schemas
from servers.rest.openapi.names import Resource, resources

_DESCRIPTION = """\
Begin at /: its links lead to every collection, their links to the items and pages, and those back.

Every resource is there as JSON, XML, HTML, XHTML, plain text and Atom. The Accept header chooses \
(RFC 9110, section 12.5.1), or the query word format. Request bodies are JSON, XML or a form's.

Every representation has an entity tag. Send it back in If-None-Match, and a representation that is still the same is \
not sent again (304); send it in If-Match with a change, and the change is refused if someone else was faster (412).

Whatever goes wrong is told in a problem document (RFC 9457).

HEAD is answered wherever GET is, and OPTIONS everywhere: its Allow header names the methods of the resource. \
Under /lab are endpoints to try the features of a client with; GET /lab explains them."""


def document(
    definitions: Iterable[Definition],
    relations: Iterable[Relation],
    *,
    title: str,
    read_only: bool = False,
    secured: bool = False,
) -> dict[str, Any]:
    """The OpenAPI document (version 3.1.0) of a service with these collections, for JSON to be made from.

    ``read_only``: every change is refused. ``secured``: every request needs a bearer token.
    """
    every = resources(definitions, relations, read_only=read_only)
    components = {
        "schemas": schemas.components(every),
        "parameters": parameters.components(),
        "headers": responses.headers(),
        "responses": responses.components(),
    }
    if secured:
        components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer", "description": _TOKEN}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": VERSION,
            "description": _DESCRIPTION,
            "license": {"name": "MIT License", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "tags": [_tag(one) for one in every.values()] + [{"name": "service", "description": "What the service is."}],
        "paths": paths.paths(every, secured=secured),
        "components": components,
        **({"security": [{"token": []}]} if secured else {}),
    }


_TOKEN = "The token that is set in the panel of the service (RFC 6750, section 2.1)."  # noqa: S105 - words about one


def _tag(resource: Resource) -> dict[str, str]:
    refusal = f" {resource.refusal}" if resource.refusal else ""
    return {"name": resource.name, "description": f"The collection “{resource.name}”.{refusal}"}
