"""A request in JavaScript with fetch, as browsers and Node have it."""

import json
import re
from textwrap import indent

from desktop.explorer.model.auth import Basic, Digest
from desktop.explorer.model.request import Request
from desktop.explorer.snippets.pieces import Piece
from desktop.explorer.snippets.plan import Plan, plan_of
from desktop.widgets.proxy_choice import SYSTEM_PROXY
from servers.exchange import Headers

_OWN = frozenset(
    ("host", "content-length", "connection", "transfer-encoding", "expect", "keep-alive", "te", "trailer", "upgrade")
)
"""Headers that fetch does not let a program set (Fetch Standard, section 2.2.2), or that Node refuses."""

_REWRITTEN = re.compile(r"[\"'<>\\^`{}|]|/\.\.?(?:[/?]|\Z)")
_INDENT = " " * 2
_MILLISECONDS = 1000


def javascript_fetch(request: Request) -> str:
    """A module that sends the request and prints the response."""
    plan = plan_of(request)
    rows = (*(row for row in plan.headers if row[0].lower() not in _OWN), *_authorization(plan))
    members = [f"method: {_text(plan.method)}", *_headers(plan, rows)]
    if plan.body and plan.method not in ("GET", "HEAD"):
        members.append(f"body: {_body(plan)}")
    members.append(f'redirect: "{"follow" if plan.options.follow else "manual"}"')
    if plan.options.timeout is not None:
        members.append(f"signal: AbortSignal.timeout({plan.options.timeout * _MILLISECONDS:.10g})")
    imports = 'import { readFile } from "node:fs/promises";\n\n' if plan.files else ""
    notes = "".join(f"// {' '.join(note.split())}\n" for note in _notes(plan))
    call = indent("".join(f"{one},\n" for one in members), _INDENT)
    sending = f"const response = await fetch({_text(plan.url)}, {{\n{call}}});\n"
    return f"{notes}{imports}{sending}console.log(response.status);\nconsole.log(await response.text());\n"


def _authorization(plan: Plan) -> Headers:
    return (("Authorization", plan.basic),) if isinstance(plan.auth, Basic) else ()


def _headers(plan: Plan, rows: Headers) -> list[str]:
    if not rows:
        return []
    made = "".join(f"[{_text(name)}, {_text(value)}],\n" for name, value in rows)
    return [f"headers: [\n{indent(made, _INDENT)}]"]


def _body(plan: Plan) -> str:
    if len(plan.body) == 1:
        return _piece(plan.body[0], is_alone=plan.has("Content-Type"))
    parts = indent("".join(f"{_piece(piece)},\n" for piece in plan.body), _INDENT)
    return f"new Blob([\n{parts}])"


def _piece(piece: Piece, *, is_alone: bool = True) -> str:
    if piece.path:
        return f"await readFile({_text(piece.path)})"
    try:
        made = _text(piece.data.decode())
    except UnicodeDecodeError:
        return f"Uint8Array.from([{', '.join(map(str, piece.data))}])"
    # A text alone would get a Content-Type of its own.
    return made if is_alone else f"new TextEncoder().encode({made})"


def _notes(plan: Plan) -> list[str]:
    notes = list(plan.notes)
    names = [name.lower() for name, _ in plan.headers]
    if _REWRITTEN.search(plan.url):
        notes.append("fetch encodes more characters of the URL, and resolves the dots in its path.")
    told = [name for name in names if name in _OWN]
    if told:
        notes.append(f"fetch sets these headers by itself: {', '.join(dict.fromkeys(told))}.")
    if len(set(names)) < len(names):
        notes.append("Headers of the same name are sent as one, their values joined.")
    if plan.body and plan.method in ("GET", "HEAD"):
        notes.append(f"fetch sends no body with {plan.method}; it is left out.")
    return notes + _option_notes(plan)


def _option_notes(plan: Plan) -> list[str]:
    options = plan.options
    notes: list[str] = []
    if isinstance(plan.auth, Digest):
        notes.append("fetch does not know Digest; the credentials are left out.")
    if not options.verify or options.ca_file or options.client_cert:
        notes.append("fetch has no options for certificates; they are left out.")
    if options.proxy != SYSTEM_PROXY:
        notes.append("fetch has no option for a proxy; it is left out.")
    if options.keep_method and options.follow:
        notes.append("After a redirect with status 301, 302 or 303, POST becomes GET here.")
    return notes


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
