"""Fetches bearer tokens (OAuth 2, RFC 6749), keeps them until they expire, and renews them."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from dataclasses import replace
from urllib.parse import quote_plus

from oauthlib.common import add_params_to_uri, generate_token
from oauthlib.oauth2 import WebApplicationClient
from oauthlib.oauth2.rfc6749.parameters import prepare_token_request

from desktop.explorer.model.auth import Grant, OAuth2
from desktop.explorer.model.body import BodyKind
from desktop.explorer.model.options import Options
from desktop.explorer.model.prepared import InvalidRequest, PreparedRequest
from desktop.explorer.model.request import Header, Request
from desktop.explorer.model.url import parse_url
from desktop.explorer.sending.loopback import landing
from desktop.explorer.sending.origins import is_private
from desktop.explorer.sending.reply import Reply
from desktop.explorer.sending.tokens import NoToken, Token, read_token
from servers.logs import visible

Ask = Callable[[PreparedRequest], Awaitable[Reply]]
"""Sends one request on the way to another."""

Note = Callable[[str], None]
"""Takes a sentence about what was done on the way."""

_VERIFIER_LENGTH = 64
_MASK = "•••"


class Tokens:
    """The tokens that were fetched, each under everything that names it. ``open_url`` shows a page to the user."""

    def __init__(self, open_url: Callable[[str], None] | None) -> None:
        self._open_url = open_url
        self._held: dict[OAuth2, Token] = {}
        self._locks: dict[OAuth2, asyncio.Lock] = {}

    async def get(self, auth: OAuth2, options: Options, ask: Ask, note: Note) -> tuple[Token, bool]:
        """A token that has not expired, and whether it was fetched just now. Raises NoToken.

        Of several that want the same one, the first fetches it. ``options`` say how the token endpoint is reached.
        """
        async with self._locks.setdefault(auth, asyncio.Lock()):
            held = self._held.get(auth)
            if held is not None and not held.expired:
                return held, False
            try:
                token = await self._renewed(auth, options, ask, note) or await self._fetched(auth, options, ask, note)
            except NoToken as fault:
                raise NoToken(_masked(str(fault), auth)) from None
            except UnicodeEncodeError as error:
                raise NoToken("A value of OAuth 2 has half of a pair of characters, which cannot be sent.") from error
            self._held[auth] = token
            return token, True

    def expire(self, auth: OAuth2, token: Token) -> None:
        """A service did not take the token: send it no more. What renews it stays."""
        if self._held.get(auth) is token:
            self._held[auth] = replace(token, expires=0.0)

    async def _renewed(self, auth: OAuth2, options: Options, ask: Ask, note: Note) -> Token | None:
        """A new token for the refresh token (RFC 6749, section 6); None where there is none, or it is not taken."""
        held = self._held.get(auth)
        if held is None or not held.refresh:
            return None
        request = _token_request(auth, options, "refresh_token", refresh_token=held.refresh, scope=auth.scope)
        try:
            token = read_token(await ask(request))
        except NoToken:
            self._held.pop(auth, None)
            note(f"{request.target.authority} did not renew the token, so a new one was asked for.")
            return None
        note(f"The token was renewed by {request.target.authority}.")
        return replace(token, refresh=token.refresh or held.refresh)

    async def _fetched(self, auth: OAuth2, options: Options, ask: Ask, note: Note) -> Token:
        grant = auth.grant.value
        if auth.grant is Grant.AUTHORIZATION_CODE:
            request = await self._with_code(auth, options)
        elif auth.grant is Grant.PASSWORD:
            request = _token_request(auth, options, grant, username=auth.user, password=auth.password, scope=auth.scope)
        else:
            request = _token_request(auth, options, grant, scope=auth.scope)
        token = read_token(await ask(request))
        note(f"A token was fetched from {request.target.authority}.")
        if not is_private(request.target):
            note(f"{request.target.authority} was asked without TLS: secrets and token could be read on the way.")
        return token

    async def _with_code(self, auth: OAuth2, options: Options) -> PreparedRequest:
        """Let the user sign in, and make the request that turns the code into a token (RFC 6749, section 4.1)."""
        if self._open_url is None:
            raise NoToken("An authorization code needs a browser to sign in with, and there is none here.")
        page = _checked(auth.authorize_url, "authorization URL")
        client, state = WebApplicationClient(auth.client_id), generate_token()
        verifier = client.create_code_verifier(_VERIFIER_LENGTH)
        proof = [("code_challenge", client.create_code_challenge(verifier, "S256")), ("code_challenge_method", "S256")]
        try:
            async with landing(state) as browser:
                self._open_url(add_params_to_uri(page, [*_question(auth, browser.url, state), *proof]))
                given = await browser.answer()
        except OSError as error:
            raise NoToken(f"There is no port for the browser to come back to: {error.strerror}.") from error
        if "error" in given:
            said = ", ".join(f"“{visible(given[key])}”" for key in ("error", "error_description") if given.get(key))
            raise NoToken(f"{page.partition('?')[0]} gave no authorization code: {said}.")
        return _token_request(
            auth, options, auth.grant.value, code=given["code"], redirect_uri=browser.url, code_verifier=verifier
        )


def _question(auth: OAuth2, back: str, state: str) -> list[tuple[str, str]]:
    """What the page for signing in is asked (RFC 6749, section 4.1.1); it leads ``back`` to a URL of this computer."""
    asked = [
        ("response_type", "code"),
        ("client_id", auth.client_id),
        ("redirect_uri", back),
        ("scope", auth.scope),
        ("state", state),
    ]
    return [(name, value) for name, value in asked if value]


def _token_request(auth: OAuth2, options: Options, grant: str, **fields: str) -> PreparedRequest:
    """A request to the token endpoint, in which the client says who it is (RFC 6749, section 2.3.1). Raises NoToken."""
    in_form = auth.in_body or not auth.client_secret
    if auth.in_body and auth.client_secret:
        fields["client_secret"] = auth.client_secret
    body = prepare_token_request(grant, include_client_id=in_form, client_id=auth.client_id, **fields)
    headers = [
        Header("Content-Type", "application/x-www-form-urlencoded"),
        Header("Accept", "application/json"),
    ]
    if not in_form:
        pair = f"{quote_plus(auth.client_id)}:{quote_plus(auth.client_secret)}"
        headers.append(Header("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}"))
    url = _checked(auth.token_url, "token URL")
    options = replace(options, without=frozenset(), follow=False)
    try:
        return Request("POST", url, tuple(headers), body.encode(), BodyKind.TEXT, options=options).prepare()
    except InvalidRequest as error:
        raise NoToken(f"The token cannot be asked for. {error.sentence}") from error


def _checked(url: str, name: str) -> str:
    """An http or https URL, without fragment and credentials. Raises NoToken."""
    try:
        return str(parse_url(url))
    except ValueError as error:
        raise NoToken(f"The {name} of OAuth 2 cannot be used. {error}") from error


def _masked(sentence: str, auth: OAuth2) -> str:
    """The sentence without the secrets that a server may have repeated in its own."""
    for secret in (auth.client_secret, auth.password):
        sentence = sentence.replace(secret, _MASK) if secret else sentence
    return sentence
