"""Errors as problem details (RFC 9457), with the meaning that each status has for a REST service."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from urllib.parse import quote

from servers.guard import Refusal
from servers.status import MEANINGS, official_reason

MAX_FAULTS = 100
"""A problem document names at most so many."""

_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a document: where, as a JSON pointer (RFC 6901), and what, as a sentence."""

    pointer: str
    detail: str


class Problem(Refusal):
    """A refusal that knows the faults of the document that was sent, and the path that was asked for."""

    def __init__(self, refusal: Refusal, *, faults: Sequence[Fault] = (), path: str = "") -> None:
        super().__init__(refusal.status, refusal.detail, refusal.headers)
        self.faults = tuple(faults)
        self.path = path


def invalid(faults: Sequence[Fault]) -> Problem:
    """The refusal (400) of a well-formed document with these faults."""
    most = "at least " if len(faults) >= MAX_FAULTS else ""
    count = f"{most}{len(faults)} faults" if len(faults) > 1 else "a fault"
    return Problem(Refusal(400, f"The document has {count}, named in errors."), faults=faults[:MAX_FAULTS])


def at(refusal: Refusal, path: str) -> Problem:
    """The same refusal for a request to ``path``."""
    return Problem(refusal, faults=refusal.faults if isinstance(refusal, Problem) else (), path=path)


def pointer(name: str) -> str:
    """The JSON pointer to a member of the document (RFC 6901, section 3)."""
    return "/" + name.replace("~", "~0").replace("/", "~1")


def body(refusal: Refusal) -> bytes:
    """The problem document in JSON."""
    return json.dumps(members(refusal), ensure_ascii=False, indent=2).encode() + b"\n"


def member_of(fault: Fault) -> str:
    """The member that a fault is in: the first token of its pointer; empty for the whole document."""
    return fault.pointer[1:].partition("/")[0].replace("~1", "/").replace("~0", "~")


def members(refusal: Refusal) -> dict[str, object]:
    """The members of the problem document; ``meaning`` and ``errors`` are extensions (RFC 9457, section 3.2)."""
    found: dict[str, object] = {
        "type": "about:blank",
        "title": official_reason(refusal.status) or "Unassigned status",
        "status": refusal.status,
        "detail": refusal.detail,
    }
    if isinstance(refusal, Problem) and refusal.path:
        found["instance"] = _reference(refusal.path)
    if refusal.status in MEANINGS:
        found["meaning"] = MEANINGS[refusal.status]
    if isinstance(refusal, Problem) and refusal.faults:
        found["errors"] = [asdict(fault) for fault in refusal.faults]
    return found


def _reference(path: str) -> str:
    """The path as a URI reference (RFC 3986): escapes stay, whatever else may not stand in one is escaped."""
    return quote(_STRAY_PERCENT.sub("%25", path), safe="/%:@!$&'()*+,;=~", errors="surrogateescape")
