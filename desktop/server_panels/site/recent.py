"""The folders that were served, to be offered again."""

import logging
import threading
from collections.abc import Collection
from pathlib import Path

from desktop.json_file import read_object, write_object

log = logging.getLogger("portside.site")

MOST = 10
"""How many folders are kept."""


class RecentFolders:
    """``folders``, the newest first, in a file that its owner alone can read.

    ``save`` may be called from any thread.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        stored = read_object(file, "The recent folders of the HTTP server", log).get("folders")
        known = stored if isinstance(stored, list) else []
        self.folders = tuple(Path(one) for one in known if isinstance(one, str) and one)[:MOST]

    def note(self, folder: Path) -> None:
        """This folder is served now."""
        self.folders = (folder, *(one for one in self.folders if one != folder))[:MOST]

    def forget(self, folders: Collection[Path]) -> None:
        """Offer these no more."""
        self.folders = tuple(one for one in self.folders if one not in folders)

    def save(self) -> None:
        """Write the file. Raises OSError; the old file is whole then."""
        with self._lock:
            write_object(self._file, {"folders": [str(one) for one in self.folders]}, mode=0o600)
