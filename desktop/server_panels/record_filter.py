"""Which records of a server are shown: those with a text in their row, of some kinds, of one client."""

from dataclasses import dataclass

from desktop.server_panels.traffic import handshake_of
from desktop.widgets.ring_table import Column
from servers.exchange import Exchange, Kind, Record

Kinds = tuple[Kind | None, ...]
"""Kinds of records; None stands for handshakes."""

KINDS: dict[str, Kinds] = {
    "All kinds": (None, *Kind),
    "Without ping and pong": (None, Kind.TEXT, Kind.BINARY, Kind.CLOSE),
    "Text and binary": (Kind.TEXT, Kind.BINARY),
    "Handshakes": (None,),
    "Text": (Kind.TEXT,),
    "Binary": (Kind.BINARY,),
    "Ping and pong": (Kind.PING, Kind.PONG),
    "Close": (Kind.CLOSE,),
}
"""What can be chosen to be shown, by the words for it; the first is everything."""

ALL: Kinds = next(iter(KINDS.values()))


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """Accepts a record with ``text``, in any case, in its row; of these kinds; of the connection of ``client``."""

    columns: tuple[Column[Record], ...]
    text: str = ""
    kinds: Kinds = ALL
    client: Exchange | None = None

    @property
    def accepts_all(self) -> bool:
        """Whether there is nothing to look at."""
        return not self.text and self.kinds == ALL and self.client is None

    def __call__(self, record: Record) -> bool:
        if self.client is not None and handshake_of(record) is not self.client:
            return False
        if (None if isinstance(record, Exchange) else record.kind) not in self.kinds:
            return False
        wanted = self.text.casefold()
        return not wanted or any(wanted in column.text(record).casefold() for column in self.columns)
