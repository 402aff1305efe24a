"""The URLs that chat windows were connected to, to be offered again."""

import logging
import threading
from pathlib import Path

from desktop.chat.connecting.address import without_credentials
from desktop.json_file import read_object, write_object

log = logging.getLogger("portside.chat")

FILE_NAME = "recent.json"
MOST = 20
"""How many URLs are kept."""


class RecentUrls:
    """``urls``, the newest first, in a file in ``folder`` that its owner alone can read.

    ``save`` may be called from any thread.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._lock = threading.Lock()
        stored = read_object(self._path, "The recent URLs of the chat", log).get("urls")
        known = stored if isinstance(stored, list) else []
        self.urls = tuple(url for url in known if isinstance(url, str) and url)[:MOST]

    def note(self, url: str) -> bool:
        """A connection to this URL is there; returns whether that is news. User names and passwords are left out."""
        clean = without_credentials(url.strip())
        if not clean or self.urls[:1] == (clean,):
            return False
        self.urls = (clean, *(one for one in self.urls if one != clean))[:MOST]
        return True

    def save(self) -> None:
        """Write the file. Raises OSError; the old file is whole then."""
        with self._lock:
            write_object(self._path, {"urls": list(self.urls)}, mode=0o600)
