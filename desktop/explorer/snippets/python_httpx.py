"""A request in Python with httpx."""

from textwrap import indent
from urllib.parse import urlsplit

from desktop.explorer.model.auth import Basic, Digest
from desktop.explorer.model.request import Request
from desktop.explorer.snippets import python_text
from desktop.explorer.snippets.plan import Plan, plan_of
from desktop.widgets.proxy_choice import NO_PROXY, SYSTEM_PROXY

_LEFT_TO_IT = ("transfer-encoding", "content-length")


def python_httpx(request: Request) -> str:
    """A program that sends the request and prints the response."""
    plan = plan_of(request)
    context = python_text.context(plan.options)
    client = ", ".join(_client(plan, has_context=bool(context)))
    removed = sorted(plan.options.without & {"user-agent", "accept", "accept-encoding"})
    inner = "".join(f"del client.headers[{name!r}]\n" for name in removed)
    inner += f"response = {python_text.call('client.request', _arguments(plan))}\n"
    inner += "print(response.status_code)\nprint(response.text)\n"
    return (
        f"{python_text.comments(_notes(plan))}{_imports(plan, context)}"
        f"{context}with httpx.Client({client}) as client:\n{indent(inner, ' ' * 4)}"
    )


def _imports(plan: Plan, context: str) -> str:
    standard = ["import ssl"] if context else []
    standard += ["from pathlib import Path"] if plan.files else []
    return "\n".join((*standard, *([""] if standard else []), "import httpx", "", ""))


def _notes(plan: Plan) -> tuple[str, ...]:
    notes = [*plan.notes, *python_text.method_notes(plan, "httpx")]
    if plan.options.timeout is not None:
        notes.append("The timeout bounds each step here, not the whole exchange.")
    if plan.options.keep_method and plan.options.follow:
        notes.append("After a redirect with status 301, 302 or 303, POST becomes GET here.")
    return tuple(notes)


def _client(plan: Plan, *, has_context: bool) -> list[str]:
    options = plan.options
    times = [python_text.seconds(options.timeout)]
    times += [] if options.connect_timeout is None else [f"connect={python_text.seconds(options.connect_timeout)}"]
    made = [f"timeout=httpx.Timeout({', '.join(times)})", f"follow_redirects={options.follow}"]
    if options.follow:
        made.append(f"max_redirects={options.max_redirects}")
    if has_context:
        made.append("verify=context")
    elif not options.verify:
        made.append("verify=False")
    if options.proxy == NO_PROXY:
        made.append("trust_env=False")
    elif options.proxy not in (SYSTEM_PROXY, ""):
        made.append(f"proxy={options.proxy!r}")
    return made


def _arguments(plan: Plan) -> list[str]:
    made = [repr(plan.method), repr(plan.url)]
    if plan.headers:
        made.append(f"headers={python_text.headers(plan, left_out=_LEFT_TO_IT)}")
    if isinstance(plan.auth, Basic):
        made.append(f"auth=({plan.auth.user!r}, {plan.auth.password!r})")
    elif isinstance(plan.auth, Digest):
        made.append(f"auth=httpx.DigestAuth({plan.auth.user!r}, {plan.auth.password!r})")
    if plan.body:
        body = python_text.body(plan.body)
        made.append(f"content=iter([{body}])" if plan.has("Transfer-Encoding") else f"content={body}")
    if not python_text.is_kept(plan.url):
        parts = urlsplit(plan.url)
        target = f"{parts.path or '/'}{'?' if '?' in plan.url else ''}{parts.query}"
        made.append(f"extensions={{'target': {target.encode()!r}}}")
    return made
