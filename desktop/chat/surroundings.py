"""What chat windows get from the rest of the program."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from desktop.tasks import Report
from desktop.widgets.variables import Provider
from servers.exchange import Headers
from servers.recorder import Recorder


class Cookies(Protocol):
    """A cookie jar (RFC 6265)."""

    def header_for(self, url: str) -> str:
        """The value of the Cookie header for a ws or wss URL; empty where there is none."""

    def store(self, url: str, response_headers: Headers) -> None:
        """Keep what the answer to a handshake sets and unsets."""


class NoCookies:
    """The jar of those who have none."""

    def header_for(self, url: str) -> str:
        """No cookie."""
        return ""

    def store(self, url: str, response_headers: Headers) -> None:
        """Keep nothing."""


@dataclass(slots=True)
class Surroundings:
    """``folder`` is where chat windows keep their files, ``authority`` a certificate that is trusted if it is there.

    ``variables`` and ``cookies`` are the explorer's, from when it has been loaded.
    """

    recorder: Recorder
    report: Report
    folder: Path
    authority: Path | None = None
    variables: Provider | None = None
    cookies: Cookies = field(default_factory=NoCookies)
