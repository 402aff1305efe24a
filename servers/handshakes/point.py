"""What is said of one part of a handshake."""

import enum
from dataclasses import dataclass

VALUE = "  "
"""What lines of a text begin with that are values, to be shown in a font of fixed width."""


class Verdict(enum.Enum):
    """What to think of a part."""

    FINE = "fine"
    FAULT = "fault"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Point:
    """One part of a handshake in words; what came over the wire stands in them as ``visible`` writes it."""

    title: str
    text: str
    verdict: Verdict


def judged(fine: bool) -> Verdict:
    """The verdict on something that is right or wrong."""
    return Verdict.FINE if fine else Verdict.FAULT
