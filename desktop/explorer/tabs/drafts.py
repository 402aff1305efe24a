"""Keeps what is open on the disk, so that nothing typed is lost by a crash."""

import json
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from desktop.explorer.tabs.document import Document, from_json, to_json
from servers.disk import write_atomically

log = logging.getLogger("portside.explorer")

_LIST = "open.json"


@dataclass(frozen=True, slots=True)
class Open:
    """One tab: its ``key`` is the name of its file."""

    key: str
    document: Document


def new_key() -> str:
    """A key that no other tab has."""
    return uuid4().hex


class Drafts:
    """One JSON file a tab in a folder of its own, and their order; its owner alone can read them.

    All methods may be called from any thread. After ``end`` nothing is written any more.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._has_ended = False

    def keep(self, one: Open) -> None:
        """Write a tab. Raises OSError; what was kept before is whole then."""
        self._write(self._file(one.key), to_json(one.document))

    def drop(self, key: str) -> None:
        """Forget a tab. Raises OSError."""
        with self._lock:
            if not self._has_ended:
                self._file(key).unlink(missing_ok=True)

    def keep_order(self, keys: Sequence[str], current: int) -> None:
        """Remember which tabs there are, from left to right. Raises OSError."""
        self._write(self._folder / _LIST, {"tabs": list(keys), "current": current})

    def end(self) -> None:
        """The program ends: a thread that comes late must not write over what is newer."""
        with self._lock:
            self._has_ended = True

    def load(self) -> tuple[tuple[Open, ...], int]:
        """What was open, and the number of the tab in front; a damaged draft is logged, and stays on the disk."""
        order, current = self._order()
        found = {path.stem for path in self._folder.glob("*.json")} - {Path(_LIST).stem}
        keys = [key for key in order if key in found] + sorted(found - set(order))
        tabs = [one for one in map(self._read, keys) if one is not None]
        return tuple(tabs), min(max(current, 0), max(len(tabs) - 1, 0))

    def _order(self) -> tuple[list[str], int]:
        try:
            stored = json.loads((self._folder / _LIST).read_bytes())
            return [str(key) for key in stored["tabs"]], int(stored["current"])
        except FileNotFoundError:
            return [], 0
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("The order of the open requests is damaged (%s).", error)
            return [], 0

    def _read(self, key: str) -> Open | None:
        path = self._file(key)
        try:
            return Open(key, from_json(json.loads(path.read_bytes())))
        except (OSError, ValueError, RecursionError) as error:
            log.warning("The draft %s cannot be read (%s); it stays where it is.", path, error)
            return None

    def _write(self, path: Path, value: dict[str, Any]) -> None:
        content = _encoded(value)
        with self._lock:
            if not self._has_ended:
                write_atomically(path, content, mode=0o600)

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.json"


def _encoded(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
