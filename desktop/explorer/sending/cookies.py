"""Keeps the cookies of a workspace, in a file that only its owner can read."""

import asyncio
import contextlib
import json
import logging
import time
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from desktop.explorer.model.url import Target
from desktop.explorer.sending.cookie import Cookie, fault_of, parse_set_cookie
from desktop.explorer.sending.origins import is_private
from servers.disk import write_atomically
from servers.exchange import Headers

__all__ = ["Cookie", "CookieJar", "fault_of"]

log = logging.getLogger("portside.cookies")

MOST = 3000
"""The jar holds at most so many cookies, and 180 of one domain; the oldest go first (RFC 6265, section 6.1)."""

_MOST_OF_A_DOMAIN = 180
_KINDS: dict[str, Any] = {one.name: one.type for one in fields(Cookie)}


class CookieJar:
    """The cookies of one workspace. ``changed`` tells its owner that ``save`` has something to write.

    Cookies without an expiry stay, too, until they are removed: a session lasts as long as its user wants. With
    ``path`` None nothing is written. A file that cannot be read is kept aside, with a warning in the log.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.changed = False
        self._saving = asyncio.Lock()
        self._cookies: dict[tuple[str, str, str], Cookie] = {}
        for cookie in _read(path) if path is not None else ():
            self._cookies[cookie.key] = cookie

    def cookies(self) -> tuple[Cookie, ...]:
        """All that have not expired, in the order in which they were first set."""
        self._drop_expired()
        return tuple(self._cookies.values())

    def put(self, cookie: Cookie) -> None:
        """Add a cookie, or replace the one with the same domain, path and name."""
        if self._cookies.get(cookie.key) != cookie:
            self._cookies[cookie.key] = cookie
            self.changed = True
            self._make_room(cookie.domain)

    def remove(self, cookie: Cookie) -> None:
        """Remove the cookie with this domain, path and name, if it is there."""
        if self._cookies.pop(cookie.key, None) is not None:
            self.changed = True

    def clear(self) -> None:
        """Remove all."""
        self.changed = self.changed or bool(self._cookies)
        self._cookies.clear()

    def header_for(self, target: Target) -> str:
        """The value of the Cookie header (RFC 6265, section 5.4): longer paths first, then older ones; or empty."""
        if not self._cookies:
            return ""
        self._drop_expired()
        taken = [cookie for cookie in self._cookies.values() if cookie.goes_to(target)]
        taken.sort(key=_longest_path_first)
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in taken)

    def store(self, target: Target, response_headers: Headers) -> None:
        """Take over what an answer of ``target`` sets and unsets."""
        for name, value in response_headers:
            if name.lower() == "set-cookie" and (cookie := parse_set_cookie(value, target)) is not None:
                self._take(cookie, target)

    async def save(self) -> None:
        """Write the file, if there is one, in another thread. Raises OSError; the old file is whole then."""
        async with self._saving:
            if self.path is None or not self.changed:
                return
            self.changed = False
            try:
                await asyncio.to_thread(_write, self.path, self.cookies())
            except BaseException:
                self.changed = True
                raise

    def _take(self, cookie: Cookie, target: Target) -> None:
        old = self._cookies.get(cookie.key)
        if old is not None and old.secure and not is_private(target):
            return
        if cookie.expired(time.time()):
            self.remove(cookie)
        else:
            self.put(cookie)

    def _drop_expired(self) -> None:
        now = time.time()
        for cookie in [one for one in self._cookies.values() if one.expired(now)]:
            self.remove(cookie)

    def _make_room(self, domain: str) -> None:
        if len(self._cookies) > _MOST_OF_A_DOMAIN:
            of_domain = [one for one in self._cookies.values() if one.domain == domain]
            for cookie in of_domain[:-_MOST_OF_A_DOMAIN]:
                self.remove(cookie)
        if len(self._cookies) > MOST:
            self.remove(next(iter(self._cookies.values())))


def _longest_path_first(cookie: Cookie) -> int:
    return -len(cookie.path)


def _read(path: Path) -> list[Cookie]:
    try:
        cookies = [Cookie(**_checked(row)) for row in json.loads(path.read_bytes())["cookies"]]
        return [cookie for cookie in cookies if not fault_of(cookie)]
    except FileNotFoundError:
        return []
    except OSError as error:
        log.warning("The cookies in %s cannot be read (%s).", path, error)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        aside = path.with_suffix(".damaged.json")
        log.warning("The cookies in %s are damaged (%s); the file is kept as %s.", path, error, aside.name)
        with contextlib.suppress(OSError):
            path.replace(aside)
    return []


def _checked(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the file, if every value has the type of its field. Raises ValueError, TypeError."""
    row = {name: value for name, value in row.items() if name in _KINDS}
    for name, value in row.items():
        if not isinstance(value, _KINDS[name]) and not (_KINDS[name] == float | None and isinstance(value, int)):
            raise ValueError(f"{name} cannot be {value!r}")
    return row


def _write(path: Path, cookies: tuple[Cookie, ...]) -> None:
    content = json.dumps({"version": 1, "cookies": [asdict(cookie) for cookie in cookies]}, indent=1)
    write_atomically(path, content.encode(), 0o600)
