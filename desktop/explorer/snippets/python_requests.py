"""A request in Python with requests."""

from textwrap import indent

from desktop.explorer.model.auth import Basic, Digest
from desktop.explorer.model.options import Options
from desktop.explorer.model.request import Request
from desktop.explorer.snippets import python_text
from desktop.explorer.snippets.plan import Plan, plan_of
from desktop.widgets.proxy_choice import NO_PROXY, SYSTEM_PROXY
from servers.exchange import Headers

_LEFT_TO_IT = ("transfer-encoding", "content-length")
_ADDED = {"user-agent": "User-Agent", "accept": "Accept", "accept-encoding": "Accept-Encoding"}


def python_requests(request: Request) -> str:
    """A program that sends the request and prints the response."""
    plan = plan_of(request)
    arguments = [*_arguments(plan), *_sending(plan.options)]
    inner = f"{_session(plan.options)}response = {python_text.call('session.request', arguments)}\n"
    inner += "print(response.status_code)\nprint(response.text)\n"
    imports = _imports(plan)
    return f"{python_text.comments(_notes(plan))}{imports}with requests.Session() as session:\n{indent(inner, ' ' * 4)}"


def _imports(plan: Plan) -> str:
    standard = ["from pathlib import Path", ""] if plan.files else []
    third = [
        "import requests",
        *(["from requests.auth import HTTPDigestAuth"] if isinstance(plan.auth, Digest) else []),
    ]
    return "\n".join((*standard, *third, "", ""))


def _notes(plan: Plan) -> tuple[str, ...]:
    notes = [*plan.notes, *python_text.method_notes(plan, "requests")]
    if plan.options.timeout is not None:
        notes.append("The timeout bounds each wait for data here, not the whole exchange.")
    if plan.options.keep_method and plan.options.follow:
        notes.append("After a redirect with status 301, 302 or 303, POST becomes GET here.")
    if not python_text.is_kept(plan.url):
        notes.append("requests writes some characters of this URL another way.")
    names = [name.lower() for name, _ in plan.headers]
    if len(set(names)) < len(names):
        notes.append("Headers of the same name are sent as one, their values joined.")
    return tuple(notes)


def _session(options: Options) -> str:
    lines = ["session.trust_env = False"] if options.proxy == NO_PROXY else []
    if options.follow:
        lines.append(f"session.max_redirects = {options.max_redirects}")
    return "".join(f"{line}\n" for line in lines)


def _arguments(plan: Plan) -> list[str]:
    made = [repr(plan.method), repr(plan.url)]
    removed = sorted(plan.options.without & set(_ADDED))
    rows = [f"{name!r}: {value!r},\n" for name, value in _joined(plan.headers)]
    rows += [f"{_ADDED[name]!r}: None,\n" for name in removed]
    if rows:
        made.append("headers={\n" + indent("".join(rows), " " * 4) + "}")
    if isinstance(plan.auth, Basic):
        made.append(f"auth=({_credential(plan.auth.user)}, {_credential(plan.auth.password)})")
    elif isinstance(plan.auth, Digest):
        made.append(f"auth=HTTPDigestAuth({plan.auth.user!r}, {plan.auth.password!r})")
    if plan.body:
        body = python_text.body(plan.body)
        made.append(f"data=iter([{body}])" if plan.has("Transfer-Encoding") else f"data={body}")
    return made


def _joined(headers: Headers) -> Headers:
    """One row for each name; list values are joined by commas (RFC 9110, section 5.3)."""
    rows: dict[str, tuple[str, str]] = {}
    for name, value in headers:
        known = rows.get(name.lower())
        if name.lower() not in _LEFT_TO_IT:
            rows[name.lower()] = (name, value) if known is None else (known[0], f"{known[1]}, {value}")
    return tuple(rows.values())


def _credential(text: str) -> str:
    return repr(text) if text.isascii() else f"{text!r}.encode()"


def _sending(options: Options) -> list[str]:
    seconds = python_text.seconds
    made = [f"allow_redirects={options.follow}"]
    made.append(f"timeout=({seconds(options.connect_timeout)}, {seconds(options.timeout)})")
    if not options.verify:
        made.append("verify=False")
    elif options.ca_file:
        made.append(f"verify={options.ca_file!r}")
    if options.client_cert:
        pair = (options.client_cert, options.client_key)
        made.append(f"cert={pair!r}" if options.client_key else f"cert={options.client_cert!r}")
    if options.proxy not in (SYSTEM_PROXY, NO_PROXY, ""):
        made.append(f"proxies={{'http': {options.proxy!r}, 'https': {options.proxy!r}}}")
    return made
