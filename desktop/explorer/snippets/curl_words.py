"""A request as the arguments of curl, whichever shell they are quoted for."""

import re
from collections.abc import Iterator

from desktop.explorer.model.auth import Basic, Digest
from desktop.explorer.model.options import Options
from desktop.explorer.snippets.form_parts import FormPart
from desktop.explorer.snippets.plan import Plan
from desktop.widgets.proxy_choice import NO_PROXY, SYSTEM_PROXY

Words = tuple[str, ...]

_GLOB = re.compile(r"[][{}]")
_DOTS = re.compile(r"/\.\.?(?=[/?]|\Z)")
_SIMPLE = re.compile(r"[^@<(\"\s;,][^;\"]*(?<!\s)|")
_DEFAULTS = Options()


def first_words(plan: Plan, *, sends_data: bool) -> Words:
    """The program, the method unless the data says it, and the URL."""
    words = ["curl"]
    if plan.method == "HEAD" and not sends_data:
        words.append("-I")
    elif plan.method != ("POST" if sends_data else "GET"):
        words += ("-X", plan.method)
    if _GLOB.search(plan.url):
        words.append("-g")
    if _DOTS.search(plan.url):
        words.append("--path-as-is")
    return (*words, plan.url)


def header_words(plan: Plan, *, is_form: bool) -> Iterator[Words]:
    """What makes curl send the headers, and not others of its own."""
    names = {name.lower() for name, _ in plan.headers}
    for name, value in plan.headers:
        if not (is_form and name.lower() == "content-type"):
            yield ("-H", f"{name}: {value}" if value.strip() else f"{name};")
    removed = [name for name in ("User-Agent", "Accept", "Host") if name.lower() in plan.options.without - names]
    if plan.body and not is_form and not plan.has("Content-Type"):
        removed.append("Content-Type")
    for name in removed:
        yield ("-H", f"{name}:")
    if not plan.options.keep_alive and not plan.has("Connection"):
        yield ("-H", "Connection: close")
    if "accept-encoding" not in plan.options.without | names:
        yield ("--compressed",)


def auth_words(auth: Basic | Digest | None) -> Iterator[Words]:
    """The credentials; a user name has no colon (RFC 7617, section 2)."""
    if auth is not None:
        yield ("-u", f"{auth.user}:{auth.password}")
    if isinstance(auth, Digest):
        yield ("--digest",)


def option_words(options: Options) -> Iterator[Words]:
    """What differs from curl's own way; times in seconds."""
    if options.follow:
        yield ("-L",)
    if options.max_redirects != _DEFAULTS.max_redirects:
        yield ("--max-redirs", str(options.max_redirects))
    if options.keep_method:
        yield ("--post301", "--post302", "--post303")
    yield from _time_words(options)
    if not options.verify:
        yield ("-k",)
    yield from _file_words(options)
    if options.proxy == NO_PROXY:
        yield ("--noproxy", "*")
    elif options.proxy not in (SYSTEM_PROXY, ""):
        yield ("-x", options.proxy)


def form_words(part: FormPart) -> Words:
    """One part of a form."""
    kind = f";type={part.type}" if part.type else ""
    if not part.is_file:
        if not kind and not _SIMPLE.fullmatch(part.value):
            return ("--form-string", f"{part.name}={part.value}")
        return ("-F", f"{part.name}={_form_value(part.value) if kind else part.value}{kind}")
    if part.filename is None:
        return ("-F", f"{part.name}=<{_form_value(part.value)}{kind}")
    own = re.split(r"[/\\]", part.value)[-1]
    name = "" if part.filename == own else f";filename={_form_value(part.filename)}"
    return ("-F", f"{part.name}=@{_form_value(part.value)}{kind}{name}")


def _form_value(text: str) -> str:
    if _SIMPLE.fullmatch(text) and text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _time_words(options: Options) -> Iterator[Words]:
    if options.timeout is not None:
        yield ("-m", f"{options.timeout:.10g}")
    if options.connect_timeout not in (None, _DEFAULTS.connect_timeout):
        yield ("--connect-timeout", f"{options.connect_timeout:.10g}")


def _file_words(options: Options) -> Iterator[Words]:
    for option, path in (
        ("--cacert", options.ca_file),
        ("--cert", options.client_cert),
        ("--key", options.client_key),
    ):
        if path:
            yield (option, path)
