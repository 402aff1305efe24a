"""A request in Python with aiohttp."""

from textwrap import indent

from desktop.explorer.model.auth import Basic, Digest
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Request
from desktop.explorer.snippets import python_text
from desktop.explorer.snippets.plan import Plan, plan_of
from desktop.widgets.proxy_choice import NO_PROXY, SYSTEM_PROXY

_LEFT_TO_IT = ("transfer-encoding", "content-length")


def python_aiohttp(request: Request) -> str:
    """A program that sends the request and prints the response."""
    plan = plan_of(request)
    context = python_text.context(plan.options)
    session = ", ".join(_session(plan))
    sending = python_text.call("session.request", _arguments(plan, has_context=bool(context)))
    inner = f"async with session.request{sending.removeprefix('session.request')} as response:\n"
    inner += "    print(response.status)\n    print(await response.text())\n"
    main = f"{context}async with aiohttp.ClientSession({session}) as session:\n{indent(inner, ' ' * 4)}"
    return (
        f"{python_text.comments(_notes(plan))}{_imports(plan, context)}\n\n"
        f"async def main() -> None:\n{indent(main, ' ' * 4)}\n\nasyncio.run(main())\n"
    )


def _notes(plan: Plan) -> tuple[str, ...]:
    notes = [*plan.notes, *python_text.method_notes(plan, "aiohttp")]
    if plan.options.keep_method and plan.options.follow:
        notes.append("After a redirect with status 301, 302 or 303, POST becomes GET here.")
    return tuple(notes)


def _imports(plan: Plan, context: str) -> str:
    standard = ["import asyncio", *(["import base64"] if isinstance(plan.auth, Basic) else [])]
    standard += ["import ssl"] if context else []
    standard += ["from pathlib import Path"] if plan.files else []
    return "\n".join((*standard, "", "import aiohttp", "from yarl import URL", ""))


def _session(plan: Plan) -> list[str]:
    options, made = plan.options, []
    if (options.timeout, options.connect_timeout) != (None, None):
        times = [f"total={python_text.seconds(options.timeout)}"]
        times += [] if options.connect_timeout is None else [f"connect={python_text.seconds(options.connect_timeout)}"]
        made.append(f"timeout=aiohttp.ClientTimeout({', '.join(times)})")
    if options.proxy == SYSTEM_PROXY:
        made.append("trust_env=True")
    if isinstance(plan.auth, Digest):
        made.append(
            f"middlewares=[aiohttp.DigestAuthMiddleware(login={plan.auth.user!r}, password={plan.auth.password!r})]"
        )
    return made


def _arguments(plan: Plan, *, has_context: bool) -> list[str]:
    made = [repr(plan.method), f"URL({plan.url!r}, encoded=True)"]
    if plan.headers or isinstance(plan.auth, Basic):
        made.append(f"headers={python_text.headers(plan, _credentials(plan), left_out=_LEFT_TO_IT)}")
    skipped = plan.options.without & {"user-agent", "accept", "accept-encoding"}
    skipped |= frozenset() if plan.has("Content-Type") else {"content-type"}
    if skipped:
        made.append(f"skip_auto_headers={sorted(skipped)!r}")
    if plan.body:
        made.append(f"data={python_text.body(plan.body)}")
    if plan.body and plan.has("Transfer-Encoding"):
        made.append("chunked=True")
    return [*made, *_connection(plan.options, has_context=has_context)]


def _credentials(plan: Plan) -> str:
    """The header of Basic as a line of code: how the library takes credentials differs between its versions."""
    if not isinstance(plan.auth, Basic):
        return ""
    pair = f"{plan.auth.user}:{plan.auth.password}"
    return f"('Authorization', 'Basic ' + base64.b64encode({pair!r}.encode()).decode()),\n"


def _connection(options: Options, *, has_context: bool) -> list[str]:
    made = [f"allow_redirects={options.follow}"]
    if options.follow:
        made.append(f"max_redirects={options.max_redirects}")
    if has_context:
        made.append("ssl=context")
    elif not options.verify:
        made.append("ssl=False")
    if options.proxy not in (SYSTEM_PROXY, NO_PROXY, ""):
        made.append(f"proxy={options.proxy!r}")
    return made
