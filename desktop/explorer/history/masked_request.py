"""A request without its secrets: as it was typed, and as it was sent."""

from collections.abc import Iterable
from dataclasses import replace

from desktop.explorer.history.masking import SIGN, Masker
from desktop.explorer.model.auth import ApiKey, Auth
from desktop.explorer.model.body import BodyKind, Payload, Upload
from desktop.explorer.model.prepared import PreparedRequest
from desktop.explorer.model.request import Header, Request
from servers.exchange import Headers, header

_FORM = "application/x-www-form-urlencoded"


def typed(request: Request, secrets: Iterable[str]) -> tuple[Request, Masker]:
    """The request with nothing in the places of typed secrets, and what was found; ``{{variables}}`` stay."""
    masker = Masker(frozenset(secrets), "", _key(request.auth))
    masked = replace(
        request,
        url=masker.url(request.url),
        headers=tuple(_row(masker, row) for row in request.headers),
        body=_body(masker, request.body, form=request.kind is BodyKind.FORM),
        auth=masker.auth(request.auth),
        options=replace(request.options, proxy=masker.url(request.options.proxy)),
        ticked_off=tuple((number, masker.url(f"?{text}")[1:]) for number, text in request.ticked_off),
        path_values=tuple((name, masker.text(value)) for name, value in request.path_values),
    )
    return masked, masker


def sent(request: PreparedRequest, secrets: Iterable[str]) -> tuple[PreparedRequest, Masker]:
    """What went over the wire, with a sign in the places of secrets, and what was found."""
    masker = Masker(frozenset(secrets), SIGN, _key(request.auth))
    target = request.target
    form = is_form(request.headers)
    masked = replace(
        request,
        target=replace(target, path=masker.url(target.path), credentials=_credentials(masker, target.credentials)),
        headers=masker.headers(request.headers),
        body=_payload(masker, request.body, form=form),
        options=replace(request.options, proxy=masker.url(request.options.proxy)),
        auth=masker.auth(request.auth),
    )
    return masked, masker


def is_form(headers: Headers) -> bool:
    """Whether the body is a form that is URL-encoded."""
    return (header(headers, "Content-Type") or "").lower().startswith(_FORM)


def _key(auth: Auth) -> str:
    return auth.name if isinstance(auth, ApiKey) else ""


def _row(masker: Masker, row: Header) -> Header:
    return replace(row, value=masker.header(row.name, row.value))


def _credentials(masker: Masker, credentials: str | None) -> str | None:
    if credentials is None:
        return None
    user, _, password = credentials.partition(":")
    if password:
        masker.literals.add(password)
    return f"{user}:{SIGN}"


def _body(masker: Masker, body: str | bytes, *, form: bool) -> str | bytes:
    if isinstance(body, str):
        return masker.body(body, form=form)
    return _bytes(masker, body, form=form)


def _payload(masker: Masker, payload: Payload, *, form: bool) -> Payload:
    if isinstance(payload, bytes):
        return _bytes(masker, payload, form=form)
    segments = (_bytes(masker, one, form=form) if isinstance(one, bytes) else one for one in payload.segments)
    return Upload(tuple(segments))


def _bytes(masker: Masker, data: bytes, *, form: bool) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    return masker.body(text, form=form).encode("utf-8", "surrogateescape")
