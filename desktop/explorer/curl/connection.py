"""How a command sends its request: what of its options are options here."""

from typing import Any
from urllib.parse import quote

from desktop.explorer.curl.arguments import Operation
from desktop.explorer.curl.files import Files
from desktop.explorer.model.options import Options
from desktop.explorer.model.url import parse_url
from desktop.widgets.proxy_choice import NO_PROXY

_KEEPS_METHOD = ("post301", "post302", "post303")
_FOLLOWS = ("location", "location-trusted", "follow")
_PEM = "PEM"
_PROXIES = ("http://", "https://")


def options_of(operation: Operation, url: str, without: frozenset[str], files: Files) -> Options:
    """Timeouts in seconds, redirects, certificates, the proxy; ``without`` are headers that are not added."""
    texts, warnings = operation.texts, files.warnings
    if operation.on("location-trusted"):
        warnings.append("Credentials are never handed on to another server, as --location-trusted would.")
    told: dict[str, Any] = {
        "follow": any(map(operation.on, _FOLLOWS)),
        "keep_method": any(map(operation.on, _KEEPS_METHOD)),
        "verify": not operation.on("insecure"),
        "ca_file": files.place(texts.get("cacert", "")),
        "client_cert": files.place(_certificate(operation, warnings)),
        "client_key": files.place(texts.get("key", "")),
        "without": without,
    }
    told |= _seconds(texts, "max-time", "timeout", warnings) | _seconds(
        texts, "connect-timeout", "connect_timeout", warnings
    )
    return Options(**told | _redirects(texts, warnings) | _proxy(texts, url, warnings))


def _seconds(texts: dict[str, str], name: str, member: str, warnings: list[str]) -> dict[str, float]:
    text = texts.get(name, "0")
    try:
        seconds = float(text)
    except ValueError:
        warnings.append(f"“{text}” of --{name} is not a number of seconds; it is left out.")
        return {}
    return {member: seconds} if 0 < seconds < float("inf") else {}


def _redirects(texts: dict[str, str], warnings: list[str]) -> dict[str, int]:
    text = texts.get("max-redirs", "")
    if text.isdigit():
        return {"max_redirects": int(text)}
    if text:
        warnings.append(f"“{text}” redirects cannot be carried over; the usual limit stays.")
    return {}


def _certificate(operation: Operation, warnings: list[str]) -> str:
    """The file of --cert; a password behind a colon is for a key that is locked, which is not supported."""
    text = operation.texts.get("cert", "")
    types = {name: operation.texts.get(name, _PEM) for name in ("cert-type", "key-type")}
    warnings += (
        f"--{name} {value} cannot be carried over: certificates and keys are PEM."
        for name, value in types.items()
        if value.upper() != _PEM
    )
    colon = text.find(":", 2)  # behind the letter of a drive
    if colon < 0 or "{{" in text:
        return text
    warnings.append("The password of the certificate cannot be carried over; it is left out.")
    return text[:colon]


def _proxy(texts: dict[str, str], url: str, warnings: list[str]) -> dict[str, str]:
    proxy = texts.get("proxy")
    if proxy == "" or _is_exempt(texts.get("noproxy", ""), url):
        return {"proxy": NO_PROXY}
    if proxy is None:
        return {}
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    if not proxy.startswith((*_PROXIES, "{{")):
        warnings.append(f"“{proxy}” is a proxy of a kind that is not spoken here; it is left out.")
        return {}
    return {"proxy": _with_user(proxy, texts.get("proxy-user", ""))}


def _with_user(proxy: str, user: str) -> str:
    scheme, mark, place = proxy.partition("://")
    if not user or not mark:
        return proxy
    name, colon, password = user.partition(":")
    return f"{scheme}://{quote(name, safe='')}{colon}{quote(password, safe='')}@{place.rpartition('@')[2]}"


def _is_exempt(names: str, url: str) -> bool:
    try:
        host = parse_url(url).host.lower()
    except ValueError:
        return names == "*"
    listed = [name.strip().lower().removeprefix(".") for name in names.replace(",", " ").split()]
    return any(name in ("*", host) or host.endswith(f".{name}") for name in listed)
