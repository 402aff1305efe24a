"""Which entries of a transcript are shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.chat.entry import Entry, EntryKind
from desktop.chat.reading.groups import ALL, AT_FIRST, Group, group_of
from desktop.chat.reading.looking import finder
from desktop.widgets.searching import Wanted
from servers.exchange import Direction

_OF_NO_DIRECTION = frozenset({EntryKind.OPEN, EntryKind.CLOSE, EntryKind.ERROR})


@dataclass(frozen=True, slots=True)
class Filter:
    """Accepts entries of a ``direction`` (None: both) and of some ``kinds`` that have ``words`` or match them.

    What concerns the connection as a whole has no direction, and is accepted by each. Words are looked for in the text,
    in the names and in bytes as hex, as far as ``looking`` says.
    """

    direction: Direction | None = None
    kinds: frozenset[Group] = AT_FIRST
    words: str = ""
    is_regex: bool = False
    with_case: bool = False

    @property
    def wanted(self) -> Wanted:
        """The words as what can be looked for."""
        return Wanted(self.words, self.is_regex, self.with_case)

    @property
    def accepts_all(self) -> bool:
        """Whether there is nothing to look at."""
        return self.direction is None and self.kinds == ALL and not self.words

    def accepts(self, entry: Entry) -> bool:
        """Whether an entry is shown. Raises TooCostly where the expression takes too long on it."""
        if group_of(entry) not in self.kinds:
            return False
        if self.direction not in (None, entry.direction) and entry.kind not in _OF_NO_DIRECTION:
            return False
        return not self.words or finder(self.words, self.is_regex, self.with_case).finds_in(entry)

    def kept(self) -> dict[str, object]:
        """The filter as what JSON can hold; the kinds that are hidden, so that those of later versions are shown."""
        return {
            "direction": self.direction.value if self.direction else None,
            "hidden": sorted(group.name for group in ALL - self.kinds),
            "words": self.words,
            "regex": self.is_regex,
            "case": self.with_case,
        }


def restored(kept: Mapping[str, object]) -> Filter:
    """The filter that was kept; what cannot be read is as it was at first."""
    direction, hidden, words = kept.get("direction"), kept.get("hidden"), kept.get("words")
    return Filter(
        direction=next((one for one in Direction if one.value == direction), None),
        kinds=frozenset(one for one in Group if one.name not in hidden) if isinstance(hidden, list) else AT_FIRST,
        words=words if isinstance(words, str) else "",
        is_regex=kept.get("regex") is True,
        with_case=kept.get("case") is True,
    )
