"""The file with the chat windows that were open: read at the start, written while they change and at the end."""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.chat.arranging import Rect
from desktop.chat.keeping.values import target_from
from desktop.chat.target import Target
from desktop.json_file import read_object, write_object

log = logging.getLogger("portside.chat")

FILE_NAME = "windows.json"
_FARTHEST = 1_000_000  # pixels, beyond which nothing is


@dataclass(frozen=True, slots=True)
class KeptWindow:
    """A window: what is in it, where it is on the desktop, its colour, and whether it was connected or trying to."""

    content: Mapping[str, object] = field(default_factory=dict)
    place: Rect | None = None
    color: int = 0
    is_maximized: bool = False
    is_open: bool = False

    @property
    def target(self) -> Target:
        """Where it connects."""
        return target_from(self.content.get("target"))


class WindowsFile:
    """One JSON file in ``folder``, which its owner alone can read: what is typed may be secret.

    Values that are bad or missing have their defaults; what a later version keeps beside the windows stays. ``save``
    and ``end`` may be called from any thread; after ``end`` nothing is written any more.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._lock = threading.Lock()
        self._content: dict[str, object] = {}
        self._has_ended = False

    def load(self) -> list[KeptWindow]:
        """The windows that were open, in the order in which they were opened."""
        self._content = read_object(self.path, "The chat windows", log)
        stored = self._content.get("windows")
        return [_window(one) for one in stored if isinstance(one, dict)] if isinstance(stored, list) else []

    def save(self, windows: Sequence[KeptWindow]) -> None:
        """Write the file. Raises OSError; the old file is whole then."""
        with self._lock:
            if not self._has_ended:
                write_object(self.path, self._content | {"windows": [_stored(one) for one in windows]}, mode=0o600)

    def end(self) -> None:
        """The program ends: a thread that comes late must not write over what is newer."""
        with self._lock:
            self._has_ended = True


def _stored(window: KeptWindow) -> dict[str, object]:
    return {
        "place": None if window.place is None else list(window.place),
        "color": window.color,
        "maximized": window.is_maximized,
        "open": window.is_open,
        "content": dict(window.content),
    }


def _window(stored: dict[str, object]) -> KeptWindow:
    content, color = stored.get("content"), stored.get("color")
    return KeptWindow(
        content if isinstance(content, dict) else {},
        _place(stored.get("place")),
        color if type(color) is int and color >= 0 else 0,
        stored.get("maximized") is True,
        stored.get("open") is True,
    )


def _place(stored: object) -> Rect | None:
    if not isinstance(stored, list) or len(stored) != len(Rect._fields):
        return None
    fits = all(type(one) is int and abs(one) < _FARTHEST for one in stored)
    return Rect(*stored) if fits and min(stored[2:]) > 0 else None
