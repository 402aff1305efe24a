"""Answers the challenge of a server for a digest of the password (RFC 7616, and RFC 2617 where qop is not offered)."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from urllib.parse import quote

from desktop.explorer.model.auth import Digest
from desktop.explorer.model.url import Target
from desktop.explorer.sending.origins import origin
from servers.exchange import Headers

_ALGORITHMS = {"MD5": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512_256"}
_SESSION = "-SESS"
_WORD = re.compile(r'([^\s,="]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?')
_UNSENDABLE = re.compile(r"[\r\n\0\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(.)")

Parameters = dict[str, str]


@dataclass(slots=True)
class Challenge:
    """What a server asks for; ``count`` is how many answers its nonce has had."""

    parameters: Parameters
    count: int = 0

    def covers(self, target: Target) -> bool:
        """Whether ``target``, on the server that gave it, is in its protection space (RFC 7616, section 3.3)."""
        places = tuple(self.parameters.get("domain", "").split())
        return not places or target.path.startswith(places) or str(target).startswith(places)

    def answer(self, auth: Digest, method: str, uri: str, cnonce: str) -> str:
        """The value of the Authorization header for the request target ``uri``; ``cnonce`` is a new random word."""
        self.count += 1
        given, nc = self.parameters, f"{self.count:08x}"
        fields = [
            _user_field(given, auth.user),
            f"realm={_quoted(given.get('realm', ''))}",
            f"nonce={_quoted(given['nonce'])}",
            f"uri={_quoted(uri)}",
            f'response="{_proof(given, auth, method, uri, nc, cnonce)}"',
        ]
        if "algorithm" in given:
            fields.append(f"algorithm={given['algorithm']}")
        if "opaque" in given:
            fields.append(f"opaque={_quoted(given['opaque'])}")
        if "qop" in given:
            fields += ["qop=auth", f"nc={nc}"]
        if "qop" in given or _algorithm(given).endswith(_SESSION):
            fields.append(f'cnonce="{cnonce}"')
        if _hides_user(given):
            fields.append("userhash=true")
        return f"Digest {', '.join(fields)}"


class Digests:
    """The challenges that servers gave, so that the next request to one of them is answered before it is asked."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[str, str, int], Digest], Challenge] = {}

    def header_for(self, auth: Digest, method: str, target: Target) -> str | None:
        """The value of the Authorization header; None where no challenge of the server is known."""
        challenge = self._known.get((origin(target), auth))
        if challenge is None or not challenge.covers(target):
            return None
        return challenge.answer(auth, method, target.path, secrets.token_hex(16))

    def learn(self, auth: Digest, target: Target, response_headers: Headers) -> Parameters | None:
        """Keep the challenge of a 401 and hand back its parameters; None if it has none that can be answered."""
        usable = next((one for one in challenges(response_headers) if _can_answer(one)), None)
        if usable is not None:
            self._known[origin(target), auth] = Challenge(usable)
        return usable

    def note(self, auth: Digest, target: Target, response_headers: Headers) -> None:
        """Take over the nonce that the server wants to see next (RFC 7616, section 3.5)."""
        known = self._known.get((origin(target), auth))
        if known is None:
            return
        for name, value in response_headers:
            if name.lower() == "authentication-info" and (nonce := _parameters(value).get("nextnonce")):
                self._known[origin(target), auth] = Challenge({**known.parameters, "nonce": nonce})

    def forget(self, auth: Digest, target: Target) -> None:
        """Answer this server no more before it asks."""
        self._known.pop((origin(target), auth), None)


def challenges(response_headers: Headers) -> list[Parameters]:
    """The Digest challenges of all WWW-Authenticate fields, in the server's order (RFC 9110, section 11.6.1)."""
    found: list[Parameters] = []
    for name, value in response_headers:
        if name.lower() == "www-authenticate":
            found += [parameters for scheme, parameters in _schemes(value) if scheme == "digest"]
    return found


def _schemes(value: str) -> list[tuple[str, Parameters]]:
    """Each challenge of a field: its scheme in lower case and its parameters."""
    found: list[tuple[str, Parameters]] = []
    for match in _WORD.finditer(value):
        if match[2] is None and match[3] is None:
            found.append((match[1].lower(), {}))
        elif found:
            found[-1][1].setdefault(match[1].lower(), _text(match))
    return found


def _parameters(value: str) -> Parameters:
    """The parameters of a field that names no scheme."""
    return {match[1].lower(): _text(match) for match in _WORD.finditer(value)}


def _text(match: re.Match[str]) -> str:
    return match[3] or "" if match[2] is None else _ESCAPED.sub(r"\1", match[2])


def _can_answer(given: Parameters) -> bool:
    """Whether everything it asks for is known here; qop may also be missing, as in RFC 2069."""
    name = _ALGORITHMS.get(_algorithm(given).removesuffix(_SESSION))
    return (
        name in hashlib.algorithms_available
        and bool(given.get("nonce"))
        and not any(_UNSENDABLE.search(text) for text in given.values())
        and ("qop" not in given or "auth" in re.split(r"[\s,]+", given["qop"].lower()))
    )


def _algorithm(given: Parameters) -> str:
    return given.get("algorithm", "MD5").upper()


def _digest(given: Parameters, *parts: str) -> str:
    name = _ALGORITHMS[_algorithm(given).removesuffix(_SESSION)]
    data = ":".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.new(name, data, usedforsecurity=False).hexdigest()


def _proof(given: Parameters, auth: Digest, method: str, uri: str, nc: str, cnonce: str) -> str:
    """The response (RFC 7616, section 3.4.1)."""
    nonce = given["nonce"]
    secret = _digest(given, auth.user, given.get("realm", ""), auth.password)
    if _algorithm(given).endswith(_SESSION):
        secret = _digest(given, secret, nonce, cnonce)
    middle = (nonce, nc, cnonce, "auth") if "qop" in given else (nonce,)
    return _digest(given, secret, *middle, _digest(given, method, uri))


def _hides_user(given: Parameters) -> bool:
    return given.get("userhash", "").lower() == "true"


def _user_field(given: Parameters, user: str) -> str:
    """The user's name, hashed or encoded where the server takes that (RFC 7616, sections 3.4.4 and 4)."""
    if _hides_user(given):
        return f'username="{_digest(given, user, given.get("realm", ""))}"'
    if not user.isascii() and given.get("charset", "").lower() == "utf-8":
        return f"username*=UTF-8''{quote(user, safe='', errors='replace')}"
    return f"username={_quoted(user)}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
