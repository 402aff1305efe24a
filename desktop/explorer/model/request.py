"""The request as its author typed it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from desktop.explorer.model.auth import ApiKey, Auth, Digest, Inherit, NoAuth, OAuth2, texts, with_texts
from desktop.explorer.model.auth import Place as KeyPlace
from desktop.explorer.model.body import BodyKind, size_of
from desktop.explorer.model.options import Options
from desktop.explorer.model.params import filled_path
from desktop.explorer.model.payload import encode
from desktop.explorer.model.prepared import (
    InvalidRequest,
    PreparedRequest,
    added_headers,
    check_framing,
    checked_header,
    checked_method,
    complete,
)
from desktop.explorer.model.url import Target, parse_url
from desktop.widgets.variables import fill, variables_in
from servers.exchange import Headers

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
"""The methods that are offered; any other token can be typed."""


Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Header:
    """One header row; it is sent while it is enabled."""

    name: str
    value: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Request:
    """A request as typed; text bodies are sent in UTF-8.

    ``url`` has the query as typed, without the rows that are ticked off: those are in ``ticked_off``, each with the
    number of its row among all rows (from 0) and its text such as ``a=b``. ``path_values`` stand for ``:name`` and
    ``{name}`` in the path. What ``body`` may be is told by ``kind`` (see BodyKind); bytes are sent as they are.
    """

    method: str = "GET"
    url: str = ""
    headers: tuple[Header, ...] = ()
    body: str | bytes = b""
    kind: BodyKind = BodyKind.TEXT
    auth: Auth = Inherit()
    options: Options = Options()
    ticked_off: tuple[tuple[int, str], ...] = ()
    path_values: tuple[Pair, ...] = ()

    def resolve(self, variables: Mapping[str, str]) -> "Request":
        """The request with each ``{{name}}`` replaced; names without a value stay as written (see ``unresolved``)."""

        def filled(text: str) -> str:
            return fill(text, variables)

        return replace(
            self,
            method=filled(self.method),
            url=filled(self.url),
            headers=tuple(_filled_row(row, variables) for row in self.headers),
            body=filled(self.body) if isinstance(self.body, str) else self.body,
            auth=with_texts(self.auth, filled),
            options=_with_option_texts(self.options, variables),
            path_values=tuple((name, filled(value)) for name, value in self.path_values),
        )

    @property
    def unresolved(self) -> tuple[str, ...]:
        """The names of the variables that are still written in what would be sent, each once, in order."""
        rows = [f"{row.name}\n{row.value}" for row in self.headers if row.enabled]
        body = self.body if isinstance(self.body, str) and self.kind is not BodyKind.NONE else ""
        values = [value for _, value in self.path_values]
        parts = [self.method, self.url, *values, *rows, *texts(self.auth), *_option_texts(self.options).values(), body]
        return variables_in("\n".join(parts))

    def prepare(self, folder: Path | None = None) -> PreparedRequest:
        """Check every part and add the headers that a request needs; ``folder`` is where file names start.

        Whatever ``auth`` inherits has been put in its place before. Raises InvalidRequest.
        """
        method = checked_method(self.method)
        target = self._target()
        rows = self._rows()
        body = encode(self.kind, self.body, rows, folder, comments=self.options.comments)
        length = size_of(body)
        check_framing(rows, length)
        added = added_headers(method, target, length, self.options, self.auth)
        if any(name.lower() == "transfer-encoding" for name, _ in rows):
            added = tuple(one for one in added if one[0] != "Content-Length")
        rows = complete(rows, added, self.options.without)
        late = self.auth if isinstance(self.auth, ApiKey | Digest | OAuth2) else NoAuth()
        return PreparedRequest(method, target, rows, body, self.options, late)

    def _rows(self) -> Headers:
        return tuple(
            checked_header(row.name, row.value) for row in self.headers if row.enabled and (row.name or row.value)
        )

    def _target(self) -> Target:
        try:
            target = parse_url(filled_path(self.url, dict(self.path_values)))
        except ValueError as error:
            raise InvalidRequest("url", str(error)) from error
        auth = self.auth
        if isinstance(auth, ApiKey) and auth.place is KeyPlace.QUERY:
            joint = "&" if "?" in target.path else "?"
            key = f"{quote(auth.name, safe='')}={quote(auth.value, safe='')}"
            target = replace(target, path=f"{target.path}{joint}{key}")
        return target


def guess_content_type(body: str) -> str:
    """The Content-Type that a typed body most likely has, by its first character; empty for an empty body."""
    start = body[:1000].lstrip()[:1]
    if not body:
        return ""
    if start and start in '{["':
        return "application/json"
    return "application/xml" if start == "<" else "text/plain; charset=utf-8"


_OPTION_TEXTS = tuple(one.name for one in fields(Options) if isinstance(getattr(Options(), one.name), str))


def _option_texts(options: Options) -> dict[str, str]:
    return {name: getattr(options, name) for name in _OPTION_TEXTS}


def _with_option_texts(options: Options, variables: Mapping[str, str]) -> Options:
    texts = _option_texts(options)
    filled: dict[str, Any] = {name: fill(text, variables) for name, text in texts.items()}
    return options if filled == texts else replace(options, **filled)


def _filled_row(row: Header, variables: Mapping[str, str]) -> Header:
    if "{{" not in row.name and "{{" not in row.value:
        return row
    return replace(row, name=fill(row.name, variables), value=fill(row.value, variables))
