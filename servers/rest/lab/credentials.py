"""Endpoints behind HTTP authentication: the Basic scheme (RFC 7617) and bearer tokens (RFC 6750)."""

import re
from base64 import b64decode
from hmac import compare_digest

from aiohttp import web

from servers.guard import Refusal
from servers.rest.lab.answers import json_response
from servers.rest.lab.digest import Digest
from servers.rest.lab.endpoints import Theme, endpoint

REALM = "Portside lab"
BASIC_CHALLENGE = f'Basic realm="{REALM}", charset="UTF-8"'
USER = "user"
PASSWORD = "secret"  # noqa: S105 - the lab's documented password
_BEARER = f'Bearer realm="{REALM}"'
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")


def theme() -> Theme:
    """Each scheme, with the user and the password ``user`` and ``secret`` or those in the path."""
    digest = Digest(REALM, USER, PASSWORD)
    own = "The same with a user and a password of your choice."
    known = f"user {USER}, password {PASSWORD}"
    return Theme(
        "Authentication",
        (
            endpoint("basic-auth", f"Basic: {known}.", GET=_basic),
            endpoint("basic-auth/{user}/{password}", own, "basic-auth/ada/lovelace", GET=_basic),
            endpoint("bearer", "Bearer: any token, or the one that token in the query names.", GET=_bearer),
            endpoint("digest-auth", f"Digest with SHA-256 or MD5: {known}; algorithm chooses one.", GET=digest.answer),
            endpoint("digest-auth/{user}/{password}", own, "digest-auth/ada/lovelace", GET=digest.answer),
        ),
    )


async def _basic(request: web.BaseRequest, user: str = USER, password: str = PASSWORD) -> web.Response:
    if ":" in user:
        raise Refusal(400, "A user name of the Basic scheme has no colon.")
    sent = _decoded(_credentials(request, "basic"))
    if sent is None or not compare_digest(sent, f"{user}:{password}".encode()):
        raise Refusal(401, "This needs a user and a password.", {"WWW-Authenticate": BASIC_CHALLENGE})
    return json_response({"authenticated": True, "user": user})


async def _bearer(request: web.BaseRequest) -> web.Response:
    token = _credentials(request, "bearer")
    if not token:
        raise Refusal(401, "This needs a bearer token.", {"WWW-Authenticate": _BEARER})
    wanted = request.query.get("token", token)
    if _TOKEN.fullmatch(token) is None or not compare_digest(token.encode(), wanted.encode()):
        challenge = f'{_BEARER}, error="invalid_token"'
        raise Refusal(401, "The bearer token is not the right one.", {"WWW-Authenticate": challenge})
    return json_response({"authenticated": True, "token": token})


def _credentials(request: web.BaseRequest, scheme: str) -> str:
    """What the Authorization field says for the scheme; empty where it is missing or of another one."""
    sent, _, credentials = request.headers.get("Authorization", "").partition(" ")
    return credentials.strip(" ") if sent.lower() == scheme else ""


def _decoded(credentials: str) -> bytes | None:
    try:
        return b64decode(credentials.encode(), validate=True)
    except ValueError:
        return None
