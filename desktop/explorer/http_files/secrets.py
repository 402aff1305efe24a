"""Secrets out of requests before these go into a file: variables take their place."""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from desktop.explorer.model.auth import SECRET_FIELDS, ApiKey
from desktop.explorer.model.request import Request
from desktop.widgets.variables import variables_in

_NONE: Mapping[str, str] = MappingProxyType({})
_NOT_A_WORD = re.compile(r"[\W_]+")
_SHOWN_AS = {"value": "api_key"}


def without_secrets(request: Request, name: str, taken: Mapping[str, str] = _NONE) -> tuple[Request, dict[str, str]]:
    """The request with variables in the place of what is secret in its auth, and their values.

    ``name`` is that of the request; with it the names of the variables begin. ``taken`` are the variables there are:
    one that has another value is not used. What is empty, or has a variable in it already, stays.
    """
    secret = SECRET_FIELDS | {"value"} if isinstance(request.auth, ApiKey) else SECRET_FIELDS
    values: dict[str, str] = {}
    auth: Any = request.auth
    for field in (one.name for one in fields(auth) if one.name in secret):
        text = getattr(auth, field)
        if text and not variables_in(text):
            variable = _free(_variable(name, field), text, {**taken, **values})
            values[variable] = text
            auth = replace(auth, **{field: f"{{{{{variable}}}}}"})
    return (replace(request, auth=auth), values) if values else (request, {})


def _variable(name: str, field: str) -> str:
    words = _NOT_A_WORD.sub("_", name).strip("_").lower()
    return "_".join(one for one in (words, _SHOWN_AS.get(field, field)) if one)


def _free(variable: str, value: str, taken: Mapping[str, str]) -> str:
    """The name, with a number behind it if it stands for something else."""
    number, name = 1, variable
    while taken.get(name, value) != value:
        number += 1
        name = f"{variable}_{number}"
    return name
