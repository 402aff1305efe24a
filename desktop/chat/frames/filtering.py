"""Which frames are shown: those of a direction, of some opcodes, that have a text in their words."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.chat.frames.columns import COLUMNS
from desktop.chat.frames.wire import WireFrame
from desktop.chat.frames.words import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT
from servers.exchange import Direction

_SEARCHED = [column.text for column in COLUMNS if column.title in {"Opcode", "Content", "RSV", "Mask"}]


def _any(_: WireFrame) -> bool:
    return True


def _faulty(frame: WireFrame) -> bool:
    return bool(frame.fault)


def _of(*opcodes: int) -> Callable[[WireFrame], bool]:
    return lambda frame: frame.opcode in opcodes


DIRECTIONS = {"Both ways": None, "Sent": Direction.SENT, "Received": Direction.RECEIVED}
KINDS: dict[str, Callable[[WireFrame], bool]] = {
    "All opcodes": _any,
    "Text": _of(TEXT),
    "Binary": _of(BINARY),
    "Continuation": _of(CONTINUATION),
    "Ping and pong": _of(PING, PONG),
    "Close": _of(CLOSE),
    "Without ping and pong": lambda frame: frame.opcode not in (PING, PONG),
    "With a fault": _faulty,
}
"""What can be chosen to be shown, by the words for it; the first is everything."""


@dataclass(frozen=True, slots=True)
class FrameFilter:
    """Accepts a frame that went this way, is of a kind of KINDS, and has ``text``, in any case, in its content.

    Its opcode, reserved bits, mask and fault are searched as well, as they are in its row.
    """

    direction: Direction | None = None
    kind: str = next(iter(KINDS))
    text: str = ""

    @property
    def accepts_all(self) -> bool:
        """Whether there is nothing to look at."""
        return self == FrameFilter()

    def __call__(self, frame: WireFrame) -> bool:
        if self.direction is not None and frame.direction is not self.direction:
            return False
        if not KINDS[self.kind](frame):
            return False
        wanted = self.text.casefold()
        return not wanted or any(wanted in text(frame).casefold() for text in _SEARCHED)
