"""Digest authentication (RFC 7616) with MD5 and SHA-256, qop=auth; its nonces are bounded in number and in life."""

import hashlib
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hmac import compare_digest
from time import monotonic

from aiohttp import web

from servers.guard import Refusal
from servers.rest import media, problems
from servers.rest.lab.answers import NO_STORE, json_response
from servers.rest.lab.values import one_of, option

LIFETIME = 300.0
"""Seconds for which a nonce is good."""

MAX_NONCES = 1000
_SCHEME = re.compile(r"digest[ \t]+", re.IGNORECASE)
_PARAMETER = re.compile(r'[ \t]*([A-Za-z0-9*_-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]++|\\.)*+)"|([^",; \t]++))[ \t]*(?:,|\Z)')
_COUNT = re.compile(r"[0-9A-Fa-f]{8}")
_NEEDED = ("username", "realm", "nonce", "uri", "response", "qop", "nc", "cnonce")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


_ALGORITHMS: Mapping[str, Callable[[str], str]] = {"SHA-256": _sha256, "MD5": _md5}
"""In the order in which they are offered, the better first."""


@dataclass(slots=True)
class _Nonce:
    """Until when a nonce is good, and the greatest count that came with it."""

    expires: float
    count: int = 0


class Digest:
    """The endpoint: its realm, its usual user, and the nonces that are in use."""

    def __init__(self, realm: str, user: str, password: str) -> None:
        self._realm = realm
        self._user = user
        self._password = password
        self._nonces: OrderedDict[str, _Nonce] = OrderedDict()

    async def answer(self, request: web.BaseRequest, user: str = "", password: str = "") -> web.Response:
        """Let those in who prove that they know the password. Raises Refusal 400 for malformed credentials."""
        asked = option(request, "algorithm", "")
        offered = [one_of(asked, "algorithm", tuple(_ALGORITHMS))] if asked else list(_ALGORITHMS)
        header = request.headers.get("Authorization", "")
        scheme = _SCHEME.match(header)
        if scheme is None:
            return self._challenge(request, offered, is_stale=False)
        sent = _parameters(header[scheme.end() :])
        algorithm = _check(sent, request.raw_path)
        known = {"username": user or self._user, "realm": self._realm}
        if algorithm not in offered or any(sent[name] != value for name, value in known.items()):
            return self._challenge(request, offered, is_stale=False)
        expected = _response(sent, password or self._password, request.method, _ALGORITHMS[algorithm])
        if not compare_digest(sent["response"].lower().encode(), expected.encode()):
            return self._challenge(request, offered, is_stale=False)
        if not self._is_fresh(sent["nonce"], int(sent["nc"], 16)):
            return self._challenge(request, offered, is_stale=True)
        return json_response({"authenticated": True, "user": sent["username"], "algorithm": algorithm})

    def _is_fresh(self, nonce: str, count: int) -> bool:
        """Whether the nonce is one of ours, still good, and comes with a new count: no request is taken twice."""
        known = self._nonces.get(nonce)
        if known is None or known.expires < monotonic() or count <= known.count:
            return False
        known.count = count
        return True

    def _challenge(self, request: web.BaseRequest, offered: list[str], *, is_stale: bool) -> web.Response:
        """A field of its own for each algorithm (RFC 7616, section 3.7): many clients read no further than one."""
        why = "The nonce is used up; take the new one." if is_stale else "This needs a user and a password."
        body = problems.body(problems.at(Refusal(401, why), request.rel_url.path_safe))
        response = web.Response(status=401, body=body, headers={**NO_STORE, "Content-Type": media.PROBLEM})
        nonce = self._issue()
        for algorithm in offered:
            text = f'Digest realm="{self._realm}", qop="auth", algorithm={algorithm}, nonce="{nonce}", charset=UTF-8'
            response.headers.add("WWW-Authenticate", text + (", stale=true" if is_stale else ""))
        return response

    def _issue(self) -> str:
        nonce = secrets.token_urlsafe(24)
        self._nonces[nonce] = _Nonce(monotonic() + LIFETIME)
        if len(self._nonces) > MAX_NONCES:
            self._nonces.popitem(last=False)
        return nonce


def _parameters(text: str) -> dict[str, str]:
    """The credentials' parameters. Raises Refusal 400 where they are malformed or one comes twice."""
    parameters: dict[str, str] = {}
    end = 0
    while end < len(text):
        match = _PARAMETER.match(text, end)
        if match is None or match[1].lower() in parameters:
            raise Refusal(400, "The Authorization header is malformed (RFC 7616, section 3.4).")
        parameters[match[1].lower()] = match[3] or re.sub(r"\\(.)", r"\1", match[2] or "")
        end = match.end()
    return parameters


def _check(sent: Mapping[str, str], target: str) -> str:
    """The algorithm that the credentials were made with. Raises Refusal 400 for credentials that cannot be right."""
    missing = [name for name in _NEEDED if not sent.get(name)]
    if missing:
        raise Refusal(400, f"The Authorization header lacks {', '.join(missing)} (RFC 7616, section 3.4).")
    if sent["uri"] != target:
        raise Refusal(400, "The uri in the Authorization header is not the one of the request.")
    if sent["qop"] != "auth" or _COUNT.fullmatch(sent["nc"]) is None:
        raise Refusal(400, "The Authorization header must have qop=auth and an nc of eight hexadecimal digits.")
    return one_of(sent.get("algorithm", "MD5").upper(), "The algorithm", tuple(_ALGORITHMS))


def _response(sent: Mapping[str, str], password: str, method: str, digest: Callable[[str], str]) -> str:
    """What the client must have computed (RFC 7616, section 3.4.1)."""
    secret = digest(f"{sent['username']}:{sent['realm']}:{password}")
    action = digest(f"{method}:{sent['uri']}")
    return digest(":".join((secret, sent["nonce"], sent["nc"], sent["cnonce"], sent["qop"], action)))
