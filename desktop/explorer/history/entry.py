"""What the history holds: a request as typed with all that came back, and the line that stands for it in a list."""

from dataclasses import dataclass
from datetime import datetime

from desktop.explorer.model.request import Request
from desktop.explorer.sending.reply import Reply


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be kept: a request as typed and its finished reply.

    ``secrets`` are the values of private variables: none of them is written to the disk.
    """

    request: Request
    reply: Reply
    secrets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """What was kept. ``note`` is a sentence about what is missing in it, such as a password; mostly empty."""

    request: Request
    reply: Reply
    note: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """An entry in a list: what was sent first, and what came in the end.

    ``status`` is 0 and ``error`` a sentence where no response came. ``size`` is that of the body as shown, in bytes.
    """

    id: int
    at: datetime
    method: str
    url: str
    status: int
    size: int
    duration_ns: int
    error: str = ""
