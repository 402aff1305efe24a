"""Keeps how the tree looks across scans, filters and restarts: what is open, chosen and at the top of the view."""

from collections.abc import Mapping
from typing import Any

_MOST = 5_000


class Looks:
    """Keys of rows (see Node). ``as_json`` and ``from_json`` are for the file that outlives the program."""

    def __init__(self) -> None:
        self.expanded: set[str] = set()
        self.chosen: tuple[str, ...] = ()
        self.current = ""
        self.scroll = 0

    def as_json(self) -> dict[str, Any]:
        """A value that JSON can hold."""
        return {
            "expanded": sorted(self.expanded)[:_MOST],
            "chosen": list(self.chosen[:_MOST]),
            "current": self.current,
            "scroll": self.scroll,
        }

    def from_json(self, value: Mapping[str, Any]) -> None:
        """Take what ``as_json`` gave; what is of another type counts as not there."""
        self.expanded = set(_texts(value.get("expanded")))
        self.chosen = tuple(_texts(value.get("chosen")))
        current, scroll = value.get("current"), value.get("scroll")
        self.current = current if isinstance(current, str) else ""
        self.scroll = scroll if isinstance(scroll, int) else 0


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
