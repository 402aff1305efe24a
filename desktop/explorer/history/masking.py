"""Takes the secrets out of requests and their records."""

import base64
import binascii
import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import fields, replace
from typing import Any

from desktop.explorer.history.concealed import Concealer
from desktop.explorer.history.names import (
    COOKIE,
    FORM_MEMBER,
    JSON_MEMBER,
    PART,
    QUERY_MEMBER,
    USERINFO,
    XML_MEMBER,
    is_secret_header,
    is_secret_member,
)
from desktop.explorer.model.auth import SECRET_FIELDS, ApiKey, Auth
from desktop.widgets.variables import variables_in
from servers.exchange import Headers

SIGN = "•••"
"""Stands where a secret was, in what was sent."""

_COOKIE_HEADERS = frozenset({"cookie", "set-cookie", "set-cookie2"})
_LONG_COOKIE = 12  # shorter values of cookies say "dark" or "en", and prove nothing
_PIECE = 64 * 1024
_BORDER = re.compile(r"[,&\n]")


class Masker:
    """Takes out known ``values`` wherever they stand, and whatever else is secret by its place.

    ``found`` are the names of the latter, in order, and ``literals`` their values. A variable stays as it is written.
    ``key`` is the name of the header or the query member that an API key goes to.
    """

    def __init__(self, values: Collection[str], sign: str, key: str = "") -> None:
        self.found: dict[str, None] = {}
        self.literals: set[str] = set()
        self._sign = sign
        self._known = Concealer(values, sign)
        self._key = key.lower()
        self._key_member = re.compile(rf"(?<=[?&])({re.escape(key)})(=)([^&#]*)", re.IGNORECASE) if key else None

    def text(self, text: str) -> str:
        """A text in which nothing is secret by its place."""
        return self._known.text(text)

    def url(self, url: str) -> str:
        """A URL, or the path and query of one."""
        url = USERINFO.sub(self._member, QUERY_MEMBER.sub(self._member, url))
        if self._key_member is not None:
            url = self._key_member.sub(self._member, url)
        return self._known.text(url)

    def header(self, name: str, value: str) -> str:
        """The value of a header."""
        plain = name.strip().lower()
        if plain in _COOKIE_HEADERS:
            return COOKIE.sub(self._cookie, value, count=1 if plain != "cookie" else 0)
        if plain == self._key or is_secret_header(plain):
            return self._credentials(name, value)
        return self.url(value)

    def headers(self, headers: Headers) -> Headers:
        """All of them."""
        return tuple((name, self.header(name, value)) for name, value in headers)

    def auth(self, auth: Auth) -> Auth:
        """Without what is secret by its field: that is empty then."""
        secret = SECRET_FIELDS | {"value"} if isinstance(auth, ApiKey) else SECRET_FIELDS
        changed: Any = auth
        for field in fields(auth):
            text = getattr(auth, field.name)
            if isinstance(text, str):
                hidden = field.name in secret and text and not variables_in(text)
                if hidden:
                    self._note(f"the {field.name.replace('_', ' ')} in Auth", text)
                changed = replace(changed, **{field.name: "" if hidden else self.text(text)})
        return changed  # type: ignore[no-any-return] # it is of the type that came in

    def body(self, text: str, *, form: bool) -> str:
        """The body of a request; ``form`` where it is one. Long ones in pieces: other threads wait for each."""
        return "".join(self._piece(piece, form=form) for piece in _pieces(text))

    def _piece(self, text: str, *, form: bool) -> str:
        text = PART.sub(self._member, JSON_MEMBER.sub(self._json_member, text))
        text = XML_MEMBER.sub(self._member, text)
        if form:
            text = FORM_MEMBER.sub(self._member, text)
        return self._known.text(text)

    def _json_member(self, found: "re.Match[str]") -> str:
        return self._member(found) if is_secret_member(found[1]) else found[0]

    def _member(self, found: "re.Match[str]") -> str:
        return f"{found[0][: found.start(3) - found.start()]}{self._put(f'“{found[1]}”', found[3])}"

    def _cookie(self, found: "re.Match[str]") -> str:
        value = found[3].strip()
        if not value or variables_in(value):
            return found[0]
        self.found["cookies"] = None
        if len(value) >= _LONG_COOKIE:
            self.literals.add(value)
        return f"{found[0][: found.start(3) - found.start()]}{self._sign}"

    def _credentials(self, name: str, value: str) -> str:
        """A header that is a secret; the scheme of credentials stays (RFC 9110, section 11.4)."""
        scheme, space, rest = value.partition(" ")
        if not space:
            return self._put(f"the header “{name}”", value)
        with suppress(binascii.Error, UnicodeDecodeError):
            if scheme.lower() == "basic":
                self.literals.add(base64.b64decode(rest, validate=True).decode().partition(":")[2])
        return f"{scheme} {self._put(f'the header “{name}”', rest)}"

    def _put(self, where: str, literal: str) -> str:
        """What stands in the place of a value that is secret by its place."""
        if not literal or variables_in(literal) or literal == self._sign:
            return self._known.text(literal)
        self._note(where, literal)
        return self._sign

    def _note(self, where: str, literal: str) -> None:
        self.found[where] = None
        self.literals.add(literal)


def _pieces(text: str) -> list[str]:
    """The text cut where members of JSON objects, of forms or lines end."""
    pieces, start = [], 0
    while len(text) - start > _PIECE:
        border = _BORDER.search(text, start + _PIECE, start + 2 * _PIECE)
        end = border.start() if border is not None else start + 2 * _PIECE
        pieces.append(text[start:end])
        start = end
    return [*pieces, text[start:]]
