"""One cookie as a server sets it (RFC 6265), and the requests that it goes with."""

import calendar
import re
import time
from dataclasses import dataclass
from email.utils import parsedate_tz
from ipaddress import ip_address

from desktop.explorer.model.url import Target
from desktop.explorer.sending.origins import is_private

LONGEST = 4096
"""So many characters name and value may have together, and 1024 an attribute (RFC 6265bis, section 5.6)."""

_LONGEST_ATTRIBUTE = 1024
_UNSENDABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_SECONDS = re.compile(r"-?[0-9]+")
_SPACE = " \t"
_DOMAIN = re.compile(r"[a-z0-9._:~-]+")


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie. ``expires`` is in seconds since 1970; None is the end of a session, which the jar outlives.

    ``domain`` is a host in lower case; unless ``host_only``, the hosts below it get the cookie, too. ``same_site`` is
    the word that the server gave, kept to be seen: what a person sends is never a cross-site request.
    """

    name: str
    value: str
    domain: str
    path: str = "/"
    expires: float | None = None
    secure: bool = False
    http_only: bool = False
    same_site: str = ""
    host_only: bool = True

    @property
    def key(self) -> tuple[str, str, str]:
        """What a later cookie must share to replace this one (RFC 6265, section 5.3)."""
        return self.domain, self.path, self.name

    def expired(self, now: float) -> bool:
        """Whether its time is over."""
        return self.expires is not None and self.expires <= now

    def goes_to(self, target: Target) -> bool:
        """Whether a request to ``target`` takes it along (RFC 6265, section 5.4)."""
        host = target.host.lower()
        return (
            (host == self.domain or (not self.host_only and _is_below(host, self.domain)))
            and _path_matches(target.path, self.path)
            and (not self.secure or is_private(target))
        )


def fault_of(cookie: Cookie) -> str:
    """Why a cookie that a person made cannot be sent, as a sentence; empty if it can (RFC 6265, section 4.1.1)."""
    if not cookie.name or re.search(r"[=;\s]", cookie.name) or _UNSENDABLE.search(cookie.name):
        return "A cookie needs a name, without spaces, “=” and “;”."
    if ";" in cookie.value or _UNSENDABLE.search(cookie.value):
        return "The value of a cookie cannot have “;” or a line break in it."
    if not _DOMAIN.fullmatch(cookie.domain):
        return "The domain is a host such as localhost or example.com, in lower case and without a port."
    if not cookie.path.startswith("/") or ";" in cookie.path or _UNSENDABLE.search(cookie.path):
        return "The path starts with “/”."
    return ""


def parse_set_cookie(text: str, target: Target) -> Cookie | None:
    """The cookie of a Set-Cookie field in an answer of ``target``; None for one to be ignored (RFC 6265, 5.2 and 5.3).

    What would make a request fail is ignored, too: control characters, and bytes that are not UTF-8.
    """
    pair, _, rest = text.partition(";")
    name, equals, value = pair.partition("=")
    name, value = name.strip(_SPACE), value.strip(_SPACE)
    if not equals or not name or len(name) + len(value) > LONGEST or _UNSENDABLE.search(pair):
        return None
    said = _attributes(rest)
    domain = said.get("domain", "").removeprefix(".").lower()
    host = target.host.lower()
    if domain and not _may_set(host, domain):
        return None
    cookie = Cookie(
        name=name,
        value=value,
        domain=domain or host,
        path=path if (path := said.get("path", "")).startswith("/") else _default_path(target),
        expires=_expiry(said),
        secure="secure" in said,
        http_only="httponly" in said,
        same_site=said.get("samesite", ""),
        host_only=not domain or (domain == host and _is_one_host(host)),
    )
    return cookie if _keeps_its_promise(cookie, target, said) else None


def _attributes(text: str) -> dict[str, str]:
    """The attributes by their names in lower case; of a repeated one the last counts."""
    pairs = (part.partition("=") for part in text.split(";"))
    stripped = ((name.strip(_SPACE).lower(), value.strip(_SPACE)) for name, _, value in pairs)
    return {
        name: value for name, value in stripped if len(value) <= _LONGEST_ATTRIBUTE and not _UNSENDABLE.search(value)
    }


def _expiry(said: dict[str, str]) -> float | None:
    """When it ends; Max-Age counts before Expires (RFC 6265, section 5.3)."""
    if _SECONDS.fullmatch(said.get("max-age", "")):
        seconds = int(said["max-age"][:12])
        return time.time() + seconds if seconds > 0 else 0.0
    return cookie_date(said.get("expires", ""))


def cookie_date(text: str) -> float | None:
    """Seconds since 1970 of a date in any of the forms that servers use; None for none."""
    try:
        parsed = parsedate_tz(text)
        return None if parsed is None else float(calendar.timegm((*parsed[:6], 0, 0, 0)) - (parsed[9] or 0))
    except (ValueError, OverflowError, IndexError):
        return None


def _may_set(host: str, domain: str) -> bool:
    """Whether a host may name this domain: itself or one above, but not a whole top-level domain."""
    return host == domain or ("." in domain and _is_below(host, domain))


def _is_below(host: str, domain: str) -> bool:
    return host.endswith(f".{domain}") and not _is_address(host)


def _is_one_host(host: str) -> bool:
    return "." not in host or _is_address(host)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _default_path(target: Target) -> str:
    return target.path.partition("?")[0].rpartition("/")[0] or "/"


def _path_matches(requested: str, path: str) -> bool:
    requested = requested.partition("?")[0]
    return requested == path or (requested.startswith(path) and (path.endswith("/") or requested[len(path)] == "/"))


def _keeps_its_promise(cookie: Cookie, target: Target, said: dict[str, str]) -> bool:
    """Whether what Secure and the prefixes of names promise is so (RFC 6265bis, sections 4.1.3 and 5.7)."""
    name = cookie.name.lower()
    if name.startswith("__host-"):
        return cookie.secure and is_private(target) and "domain" not in said and cookie.path == "/"
    if name.startswith("__secure-") or cookie.secure:
        return cookie.secure and is_private(target)
    return True
