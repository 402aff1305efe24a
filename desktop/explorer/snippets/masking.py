"""Hides the secrets of a request that is shown to others."""

import re
from dataclasses import fields, replace
from typing import Any

from desktop.explorer.model.auth import SECRET_FIELDS, ApiKey
from desktop.explorer.model.request import Header, Request
from desktop.widgets.variables import variables_in

MASK = "***"

_SECRET_NAME = re.compile(r"authorization|cookie|token|secret|password|api-?key", re.IGNORECASE)
_SCHEME = re.compile(r"(?:Basic|Bearer|Digest)\s+", re.IGNORECASE)
_USER_INFO = re.compile(r"(//[^/?#@:]*:)[^/?#@]+@")


def masked(request: Request) -> Request:
    """The request with stars in the place of passwords, tokens and keys; variables stay as they are."""
    return replace(
        request,
        url=_USER_INFO.sub(_hidden_password, request.url),
        headers=tuple(_row(row) for row in request.headers),
        auth=_auth(request.auth),
        options=replace(request.options, proxy=_USER_INFO.sub(_hidden_password, request.options.proxy)),
    )


def _auth(auth: Any) -> Any:
    secret = SECRET_FIELDS | {"value"} if isinstance(auth, ApiKey) else SECRET_FIELDS
    names = [one.name for one in fields(auth) if one.name in secret]
    return replace(auth, **{name: _hidden(getattr(auth, name)) for name in names})


def _row(row: Header) -> Header:
    if not _SECRET_NAME.search(row.name):
        return row
    scheme = found[0] if (found := _SCHEME.match(row.value)) else ""
    return replace(row, value=scheme + _hidden(row.value[len(scheme) :]))


def _hidden(text: str) -> str:
    return text if not text or variables_in(text) else MASK


def _hidden_password(found: re.Match[str]) -> str:
    return found[0] if "{{" in found[0] else f"{found[1]}{MASK}@"
