"""Cookies (RFC 6265): those that came, and new ones that the query names."""

import re

from aiohttp import web

from servers.guard import Refusal
from servers.rest.lab.answers import json_response, pairs, query_pairs
from servers.rest.lab.endpoints import ROOT, Endpoint, endpoint

MAX_COOKIES = 20
MAX_LENGTH = 4000
"""Characters of a cookie's name and value; browsers keep 4,096 with the attributes."""

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[!#-+\--:<-\[\]-~]*")
_ATTRIBUTES = f"Path={ROOT}; HttpOnly; SameSite=Lax"
_PAST = "Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"


def endpoints() -> tuple[Endpoint, ...]:
    """The cookie endpoints."""
    show = "Shows the cookies that came; those that the query names are set."
    return (
        endpoint("cookies", show, GET=_cookies),
        endpoint("cookies/set", "Sets what the query names, and leads back.", "cookies/set?flavour=oat", GET=_set),
        endpoint("cookies/delete", "Deletes what the query names.", "cookies/delete?flavour", GET=_delete),
    )


async def _cookies(request: web.BaseRequest) -> web.Response:
    wanted = _wanted(request)
    response = json_response({"cookies": pairs(_sent(request)), "set": pairs(wanted)})
    return _with_cookies(response, [f"{name}={value}; {_ATTRIBUTES}" for name, value in wanted])


async def _set(request: web.BaseRequest) -> web.Response:
    return _back([f"{name}={value}; {_ATTRIBUTES}" for name, value in _wanted(request)])


async def _delete(request: web.BaseRequest) -> web.Response:
    return _back([f"{name}=; {_PAST}; {_ATTRIBUTES}" for name, _ in _wanted(request)])


def _back(lines: list[str]) -> web.Response:
    response = json_response({"see": f"{ROOT}/cookies"}, 302, {"Location": "../cookies"})
    return _with_cookies(response, lines)


def _with_cookies(response: web.Response, lines: list[str]) -> web.Response:
    for line in lines:
        response.headers.add("Set-Cookie", line)
    return response


def _sent(request: web.BaseRequest) -> list[tuple[str, str]]:
    """Names and values as they came, without the leniency of a library."""
    fields = (one.partition("=") for line in request.headers.getall("Cookie", ()) for one in line.split(";"))
    return [(name.strip(" \t"), value.strip(" \t")) for name, _, value in fields if name.strip(" \t") or value]


def _wanted(request: web.BaseRequest) -> list[tuple[str, str]]:
    """The query's fields, each fit to be a cookie (RFC 6265, section 4.1.1). Raises Refusal 400 else."""
    wanted = query_pairs(request)
    if len(wanted) > MAX_COOKIES:
        raise Refusal(400, f"One answer sets at most {MAX_COOKIES} cookies.")
    for name, value in wanted:
        if _NAME.fullmatch(name) is None or _VALUE.fullmatch(value) is None or len(name + value) > MAX_LENGTH:
            raise Refusal(
                400,
                "A cookie's name is made of letters, digits and !#$%&'*+-.^_`|~, its value of visible ASCII "
                f'without ", comma, semicolon and \\; both together have at most {MAX_LENGTH:,} characters.',
            )
    return wanted
