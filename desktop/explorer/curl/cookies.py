"""Cookies of -b: as text, or from the file of a browser or of curl (the format of Netscape)."""

import time
from collections.abc import Iterator

from desktop.explorer.curl.arguments import Operation
from desktop.explorer.curl.files import Files
from desktop.explorer.model.url import Target, parse_url

_HTTP_ONLY = "#HttpOnly_"
_SET_COOKIE = "set-cookie:"
_FIELDS = 7


def cookie_header(operation: Operation, url: str, files: Files) -> str:
    """The value of the Cookie header; empty without cookies."""
    texts = [value for _, value in operation.cookies if "=" in value]
    stored = [one for _, value in operation.cookies if value and "=" not in value for one in _stored(value, url, files)]
    return "; ".join([*stored, *([";".join(texts)] if texts else [])])


def _stored(path: str, url: str, files: Files) -> list[str]:
    try:
        target = parse_url(url)
    except ValueError:
        files.warnings.append(f"Which cookies of “{path}” belong to “{url}” cannot be told; they are left out.")
        return []
    lines = (files.text(path) or "").splitlines()
    return [cookie for line in lines for cookie in _cookie(line, target)]


def _cookie(line: str, target: Target) -> Iterator[str]:
    if line.lower().startswith(_SET_COOKIE):
        yield line[len(_SET_COOKIE) :].partition(";")[0].strip()
    line = line.removeprefix(_HTTP_ONLY)
    fields = line.split("\t")
    if line.startswith("#") or len(fields) != _FIELDS:
        return
    domain, below, path, secure, expires, name, value = fields
    if (
        _is_in(target.host.lower(), domain.lower(), below=below == "TRUE")
        and target.path.startswith(path)
        and (secure != "TRUE" or target.scheme == "https")
        and (not expires.isdigit() or int(expires) == 0 or int(expires) > time.time())
    ):
        yield f"{name}={value}"


def _is_in(host: str, domain: str, *, below: bool) -> bool:
    domain = domain.removeprefix(".")
    return host == domain or (below and host.endswith(f".{domain}"))
